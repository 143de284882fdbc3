import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { waitUntil } from "../../product/wait-until.ts";
import { verifies } from "../../product/webhook-receiver.ts";
import type { WsClient } from "../../product/ws-client.ts";
import { type Product, startProduct } from "../../start-product.ts";

/* A day of an operator: a new customer, from nothing to the first message, and what comes after. Each test goes on
 * from the one before. */

const NUMBER = {
  id: "1042000000001",
  wabaId: "2077000000001",
  displayNumber: "573115550042",
  verifiedName: "Ferretería El Tornillo",
  accessToken: "acceso-del-tornillo",
  appSecret: "secreto-del-tornillo",
  verifyToken: "palabra-del-tornillo",
};
const MOBILE = "573001234599";

let product: Product;
let ws: WsClient;
const ids = {
  book: "",
  account: "",
  project: "",
  channel: "",
  endpoint: "",
  token: "",
  message: "",
};
let secret = "";

before(async () => {
  product = await startProduct();
});
after(() => product?.stop());

interface WithId {
  id: string;
}

const json = <T>(...args: string[]) => product.cli.json<T>(args);
const list = async <T>(...args: string[]) => (await json<{ items: T[] }>(...args)).items;
const receivedBy = (name: string) => product.simulator.receiver(name);

test("a price book is made, with a price for each category", async () => {
  ids.book = (await json<WithId>("price-book", "create", "Lista de prueba")).id;
  const price = ["price", "set", ids.book, "--country", "CO", "--category"];
  await json(...price, "utility", "--amount", "125.50", "--cost", "60");
  await json(...price, "service", "--amount", "10");
  const shown = await json<{ category: string; amount: string }[]>("price", "list", ids.book);
  const utility = shown.find(({ category }) => category === "utility");
  assert.equal(Number(utility?.amount), 125.5);
  assert.ok((await list<WithId>("price-book", "list")).some(({ id }) => id === ids.book));
});

test("an account and its user are made and listed", async () => {
  const name = "Ferretería El Tornillo";
  ids.account = (await json<WithId>("account", "create", name, "--price-book", ids.book)).id;
  await json("user", "create", ids.account, "tornillo", "--role", "developer");
  const shown = await json<{ name: string }>("account", "show", ids.account);
  assert.equal(shown.name, name);
  const users = await list<{ login: string }>("user", "list", ids.account);
  assert.deepEqual(
    users.map(({ login }) => login),
    ["tornillo"],
  );
});

test("its number is added, and WhatsApp's verification of our address succeeds", async () => {
  const args = ["channel", "add", ids.account, "--number", NUMBER.displayNumber];
  args.push("--number-id", NUMBER.id, "--business-id", NUMBER.wabaId, "--access-token", "-");
  args.push("--app-secret", NUMBER.appSecret, "--verify-token", NUMBER.verifyToken);
  args.push("--base-url", `${product.simulator.url}/meta`, "--rate", "100");
  const stdin = `${NUMBER.accessToken}\n`;
  const made = await product.cli.json<{ channel: WithId; hookUrl: string }>(args, stdin);
  ids.channel = made.channel.id;
  assert.equal(JSON.stringify(made).includes(NUMBER.accessToken), false, "the secret is shown");
  const registered = await product.simulator.registerNumber({
    ...NUMBER,
    callbackUrl: made.hookUrl,
  });
  assert.equal((registered as { verification: { ok: boolean } }).verification.ok, true);
  assert.ok(
    (await list<WithId>("channel", "list", "--account", ids.account)).some(
      ({ id }) => id === ids.channel,
    ),
  );
});

test("a project is made, and its templates come from the provider", async () => {
  const args = ["project", "create", ids.account, "Cobranza", "--channel", ids.channel];
  ids.project = (await json<WithId>(...args)).id;
  await proposeTemplate("aviso_pago", "Hola {{1}}, su pago vence el {{2}}.", ["Ana", "lunes"]);
  // The worker reads a new number's templates by itself, too: whoever is first finds it new.
  const report = await json<Record<"inserted" | "updated", string[]>>(
    ...["template", "import", ids.project],
  );
  assert.deepEqual([...report.inserted, ...report.updated], ["aviso_pago"]);
  const templates = await list<{ number: number; status: string }>("template", "list", ids.project);
  assert.deepEqual(
    templates.map(({ status }) => status),
    ["approved"],
  );
  const again = await json<{ inserted: string[] }>("template", "import", ids.project);
  assert.deepEqual(again.inserted, []);
});

test("a top-up counts once for each reference", async () => {
  const args = ["topup", ids.account, "5000", "--reference", "banco-1", "--note", "primera"];
  assert.equal((await json<{ repeated: boolean }>(...args)).repeated, false);
  assert.equal((await json<{ repeated: boolean }>(...args)).repeated, true);
  assert.equal(Number((await json<{ balance: string }>("balance", ids.account)).balance), 5000);
});

test("a webhook address is added, shown once with its secret, and tried", async () => {
  const url = `${product.simulator.url}/sim/receiver/tornillo`;
  const made = await json<{ endpoint: WithId; secret: string }>("webhook", "add", ids.project, url);
  ids.endpoint = made.endpoint.id;
  secret = made.secret;
  assert.match(secret, /^whsec_/u);
  await product.simulator.receiverSecret("tornillo", secret);
  assert.equal((await json<{ ok: boolean }>("webhook", "test", ids.endpoint)).ok, true);
  const [trial] = await receivedBy("tornillo");
  assert.equal(trial?.signature, "valid");
  assert.match(trial.raw, /"type":"test"/u);
  const listed = await product.cli.run(["webhook", "list", ids.account, "--json"]);
  assert.equal(listed.stdout.includes(secret), false, "the secret is shown twice");
});

test("with its new token the customer sends, and the telephone gets it", async () => {
  const made = await json<{ token: string; row: WithId }>(
    "token",
    "create",
    "ws",
    "--login",
    "tornillo",
  );
  ids.token = made.row.id;
  ws = product.ws.as({ login: "tornillo", token: made.token });
  const [template] = await list<{ number: number }>("template", "list", ids.project);
  const fields = { mobile: MOBILE, id_template: template?.number, custom_field: "factura 881" };
  const answer = await ws.send({ ...fields, template_variables: "[Ana] [el lunes]" });
  assert.equal(answer.code, 1, JSON.stringify(answer));
  ids.message = `${answer.messageId}`;
  await waitUntil("its webhooks", async () => (await receivedBy("tornillo")).length === 4);
  const [arrived] = await product.simulator.messages(MOBILE);
  assert.deepEqual(
    [arrived?.text, arrived?.from],
    ["Hola Ana, su pago vence el el lunes.", NUMBER.displayNumber],
  );
  assert.equal(await ws.balance(), (5000n * 100n - 12_550n) * 100n);
});

test("the message is shown with its whole life: calls, events, money, webhooks", async () => {
  interface Timeline {
    message: { status: string; customField: string; price: string };
    attempts: { outcome: string }[];
    events: { kind: string }[];
    transfers: { kind: string }[];
    deliveries: { kind: string; state: string }[];
  }
  const timeline = await waitUntil("all deliveries", async () => {
    const shown = await json<Timeline>("message", "show", ids.message);
    return shown.deliveries.every(({ state }) => state === "delivered") ? shown : null;
  });
  assert.deepEqual(
    [timeline.message.status, timeline.message.customField],
    ["read", "factura 881"],
  );
  assert.equal(Number(timeline.message.price), 125.5);
  assert.deepEqual(
    timeline.attempts.map(({ outcome }) => outcome),
    ["accepted"],
  );
  const life = ["accepted", "submitted", "sent", "delivered", "read"];
  assert.deepEqual(
    timeline.events.map(({ kind }) => kind).filter((kind) => life.includes(kind)),
    life,
  );
  assert.deepEqual(
    timeline.transfers.map(({ kind }) => kind),
    ["charge"],
  );
  assert.deepEqual(
    timeline.deliveries.map(({ kind }) => kind),
    ["sent", "delivered", "read"],
  );
  const { stdout, code } = await product.cli.run(["message", "show", ids.message]);
  assert.equal(code, 0);
  for (const word of ["factura 881", "money: charge", "webhook: read"])
    assert.ok(stdout.includes(word), word);
  const found = await list<WithId>(
    "message",
    "list",
    ids.account,
    "--mobile",
    MOBILE,
    "--status",
    "read",
  );
  assert.deepEqual(
    found.map(({ id }) => id),
    [ids.message],
  );
});

test("a delivery is looked at and posted again under its old id", async () => {
  const deliveries = await list<WithId & { kind: string }>("webhook", "deliveries", ids.endpoint);
  assert.deepEqual(
    deliveries.map(({ kind }) => kind),
    ["read", "delivered", "sent"],
  );
  const [last] = deliveries;
  const attempts = await json<{ calls: { httpStatus: number }[] }>(
    "webhook",
    "attempts",
    `${last?.id}`,
  );
  assert.deepEqual(
    attempts.calls.map(({ httpStatus }) => httpStatus),
    [200],
  );
  const before = (await receivedBy("tornillo")).length;
  await json("webhook", "replay", `${last?.id}`);
  const again = await waitUntil("the replay", async () => (await receivedBy("tornillo"))[before]);
  assert.equal(again.headers["webhook-id"], last?.id);
  assert.equal(again.signature, "valid");
  const span = ["--endpoint", ids.endpoint, "--since", "2020-01-01", "--states", "delivered"];
  assert.equal((await json<{ replayed: number }>("webhook", "replay", ...span)).replayed, 3);
  await waitUntil("the span", async () => (await receivedBy("tornillo")).length === before + 4);
});

test("a rotated secret and the old one both verify for a day", async () => {
  const rotated = await json<{ secret: string }>("webhook", "rotate", ids.endpoint);
  assert.notEqual(rotated.secret, secret);
  const before = (await receivedBy("tornillo")).length;
  await json("webhook", "test", ids.endpoint);
  const call = await waitUntil("the trial", async () => (await receivedBy("tornillo"))[before]);
  for (const each of [secret, rotated.secret])
    assert.equal(verifies(each, call.raw, call.headers), true);
});

test("an answer that cannot be delivered is kept, and the address can be closed and opened", async () => {
  await json("webhook", "disable", ids.endpoint);
  assert.equal(
    (await list<{ state: string }>("webhook", "list", ids.account))[0]?.state,
    "disabled",
  );
  await json("webhook", "enable", ids.endpoint);
  assert.equal(
    (await list<{ state: string }>("webhook", "list", ids.account))[0]?.state,
    "enabled",
  );
});

test("the ledger tells the same as the balance, and the books are proven", async () => {
  const movements = await list<{ kind: string; signed: string }>("ledger", ids.account);
  assert.deepEqual(
    movements.map(({ kind }) => kind),
    ["charge", "topup"],
  );
  const sum = movements.reduce((total, { signed }) => total + Number(signed), 0);
  assert.equal(sum, Number((await json<{ balance: string }>("balance", ids.account)).balance));
  assert.equal((await json<{ ok: boolean }>("wallet", "verify")).ok, true);
});

test("the doctor finds nothing broken, and says so by its exit code", async () => {
  const report = await json<{ state: string; checks: { name: string; state: string }[] }>("doctor");
  assert.deepEqual(
    report.checks.filter(({ state }) => state === "fail"),
    [],
  );
  assert.ok(report.checks.some(({ name }) => name.includes(NUMBER.displayNumber)));
});

test("an inactive project, a revoked token and a disabled account each stop the sends at once", async () => {
  const code = async () => (await ws.send({ mobile: "573001234600", message: "hola" })).code;
  await json("project", "update", ids.project, "--state", "inactive");
  assert.equal(await code(), 5);
  await json("project", "update", ids.project, "--state", "active");
  await json("account", "disable", ids.account);
  assert.equal(await code(), 2);
  await json("account", "enable", ids.account);
  assert.equal(await code(), 1);
  await json("token", "revoke", ids.token);
  assert.equal(await code(), 2);
});

test("what is refused ends with 1 and says why; what is misspelt ends with 2", async () => {
  const refused: [code: number, args: string[]][] = [
    [1, ["account", "show", "01a203f7-5adb-7dfb-b37e-2e0a59553b2a"]],
    [1, ["account", "show", "no-es-un-id"]],
    [1, ["user", "create", ids.account, "TORNILLO"]],
    [1, ["price", "set", ids.book, "--country", "CO", "--category", "utility", "--amount", "-1"]],
    [2, ["cuenta", "crear"]],
    [2, ["topup", ids.account]],
  ];
  for (const [code, args] of refused) {
    const run = await product.cli.run(args);
    assert.deepEqual([args.join(" "), run.code], [args.join(" "), code]);
    assert.equal(run.stdout, "");
    assert.match(run.stderr, /\S/u);
  }
});

/** Has a template made and approved at the simulated WhatsApp, as its owner would in Meta's own console. */
async function proposeTemplate(name: string, text: string, example: string[]): Promise<void> {
  const components = [{ type: "BODY", text, example: { body_text: [example] } }];
  const body = JSON.stringify({ name, language: "es_CO", category: "UTILITY", components });
  const headers = {
    "content-type": "application/json",
    authorization: `Bearer ${NUMBER.accessToken}`,
  };
  const url = `${product.simulator.url}/meta/v23.0/${NUMBER.wabaId}/message_templates`;
  const response = await fetch(url, { method: "POST", headers, body });
  const made = (await response.json()) as { id: string };
  assert.equal(response.status, 200, JSON.stringify(made));
  await product.simulator.decideTemplate(made.id, { status: "APPROVED" });
}
