import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createMobiles, findTemplate } from "../../product/demo-templates.ts";
import { type MailCatcher, startMailCatcher } from "../../product/mail-catcher.ts";
import { waitUntil } from "../../product/wait-until.ts";
import { type Answer, readAnswer } from "../../product/ws-client.ts";
import { type Product, startProduct } from "../../start-product.ts";

/* Opt-outs, caps, alerts and sends that wait for money, in the whole product against the simulator. */

let product: Product;
let mail: MailCatcher;
const nextMobile = createMobiles();

before(async () => {
  mail = await startMailCatcher();
  const env = { SMTP_URL: mail.url, MAIL_FROM: "Recado <avisos@recado.example>" };
  product = await startProduct({ env });
});
after(async () => {
  await product?.stop();
  await mail?.close();
});

async function call(
  method: string,
  path: string,
  { body, token = product.demo.apiToken }: { body?: object; token?: string } = {},
): Promise<Answer> {
  const headers: Record<string, string> = { authorization: `Bearer ${token}` };
  if (body) headers["content-type"] = "application/json";
  const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
  return readAnswer(await fetch(`${product.demo.baseUrl}/v1${path}`, init));
}

const offer = () =>
  findTemplate(product.demo, { category: "marketing", status: "approved", header: null });
const reminder = () =>
  findTemplate(product.demo, { category: "utility", status: "approved", header: null });

function sendTemplate(
  mobile: string,
  template: ReturnType<typeof offer>,
  more: { campaign?: string } = {},
) {
  const values = Array.from({ length: template.variables }, () => `[${Math.random()}]`).join(" ");
  return product.ws.send({
    ...more,
    mobile,
    id_template: template.id_template,
    ...(template.variables > 0 && { template_variables: values }),
  });
}

async function isListed(mobile: string): Promise<boolean> {
  return (await call("GET", `/opt-outs/${mobile}`)).body?.opted_out === true;
}

test("who writes BAJA gets no marketing and everything else, and marketing again after ALTA", async () => {
  const mobile = nextMobile();
  const to = product.demo.officialNumber;
  const { demo, simulator } = product;
  const url = `${simulator.url}/sim/receiver/bajas`;
  const events = ["contact.*"];
  const made = await call("POST", "/webhook-endpoints", { body: { url, events } });
  assert.equal(made.status, 201, made.text);
  assert.equal((await sendTemplate(mobile, offer())).code, 1);
  await simulator.inbound({ from: mobile, to, text: "¡Baja!" });
  await waitUntil("the person to be on the list", () => isListed(mobile));
  const refused = await sendTemplate(mobile, offer());
  assert.deepEqual(refused, {
    code: 11,
    concept: "the recipient has opted out of marketing messages",
    description: "El destinatario pidió no recibir mensajes de marketing.",
  });
  const problem = await call("POST", "/messages", {
    body: {
      mobile,
      project_id: demo.projectId,
      template: { id: offer().id_template },
      variables: Array.from({ length: offer().variables }, () => "x"),
    },
  });
  assert.deepEqual([problem.status, problem.body?.code], [409, "opted_out"]);
  assert.equal((await sendTemplate(mobile, reminder())).code, 1);
  await simulator.inbound({ from: mobile, to, text: "alta" });
  await waitUntil("the person to be off the list", async () => !(await isListed(mobile)));
  assert.equal((await sendTemplate(mobile, offer())).code, 1);
  await waitUntil("three messages to arrive", async () => {
    return (await simulator.messages(mobile)).length === 3;
  });
  const told = await waitUntil("both webhooks", async () => {
    const all = await simulator.receiver("bajas");
    return all.length >= 2 && all.map(({ body }) => body as Record<string, unknown>);
  });
  assert.deepEqual(
    told.map(({ type, mobile: whose, source }) => [type, whose, source]),
    [
      ["contact.opted_out", mobile, "word"],
      ["contact.opted_in", mobile, "word"],
    ],
  );
});

test("a campaign's limit and a cap by day answer 12, and taking them away lets sends pass", async () => {
  const name = encodeURIComponent("Día sin IVA");
  assert.equal(
    (await call("PUT", `/campaigns/${name}`, { body: { messages_max: 2 } })).status,
    200,
  );
  // Templates: a text outside the window fails a moment later, and what failed does not count.
  const codes = [];
  for (let index = 0; index < 3; index += 1) {
    const sent = await sendTemplate(nextMobile(), reminder(), { campaign: "Día sin IVA" });
    codes.push(sent.code);
  }
  assert.deepEqual(codes, [1, 1, 12]);
  const { body } = await call("GET", `/campaigns/${name}`);
  assert.deepEqual([body?.accepted, body?.messages_max], [2, 2]);

  const { items } = await product.cli.json<{ items: { id: string; accountId: string }[] }>([
    "project",
    "list",
  ]);
  const account = items.find(({ id }) => id === product.demo.projectId)?.accountId ?? "";
  await product.cli.json(["cap", "set", account, "--messages", "0"]);
  const capped = await product.ws.send({ mobile: nextMobile(), message: "hola" });
  assert.deepEqual([capped.code, capped.concept], [12, "spending cap reached"]);
  await product.cli.json(["cap", "set", account]);
  assert.equal((await product.ws.send({ mobile: nextMobile(), message: "hola" })).code, 1);
});

test("messages without money wait, go on by themselves after a top-up, and a low balance is told by e-mail once", async () => {
  const { login, id_template } = product.demo.others.noBalance;
  const template = { id: id_template };
  const scopes = ["messages:write", "messages:read", "wallet:read", "wallet:write"];
  const create = ["token", "create", "api", "--login", login, "--scopes", ...scopes];
  const made = await product.cli.json<{ token: string; row: { accountId: string } }>(create);
  const { token } = made;
  const account = made.row.accountId;
  const alert = { threshold: "1000000", emails: ["pagos@example.com"], webhook: false };
  assert.equal((await call("POST", "/balance-alerts", { body: alert, token })).status, 201);

  const mobiles = [nextMobile(), nextMobile(), nextMobile()];
  const ids: string[] = [];
  for (const mobile of mobiles) {
    const body = { mobile, template, wait_for_balance: true };
    const { status, body: message } = await call("POST", "/messages", { body, token });
    assert.deepEqual([status, message?.status], [202, "held"]);
    ids.push(String(message?.id));
  }
  const plain = { mobile: nextMobile(), template };
  assert.equal((await call("POST", "/messages", { body: plain, token })).status, 402);
  assert.deepEqual(await product.simulator.messages(mobiles[0]), []);
  await product.cli.json(["topup", account, "500000", "--reference", "espera-1"]);
  for (const mobile of mobiles) {
    await waitUntil("a held message to arrive", async () => {
      return (await product.simulator.messages(mobile)).length === 1;
    });
  }
  const ledger = await call("GET", "/ledger", { token });
  const items = (ledger.body?.items ?? []) as { kind: string; cause_id: string }[];
  const charged = items.filter(({ kind }) => kind === "charge").map(({ cause_id }) => cause_id);
  assert.deepEqual(charged.toSorted(), ids.toSorted());
  await waitUntil("the e-mail", () => mail.mails.length > 0);
  assert.equal(mail.mails.length, 1);
  assert.match(mail.mails[0] ?? "", /^To: pagos@example\.com/mu);
  assert.match(mail.mails[0] ?? "", /^Subject: =\?UTF-8\?Q\?Saldo_bajo/mu);
  assert.equal((await product.cli.json<{ ok: boolean }>(["wallet", "verify"])).ok, true);
});
