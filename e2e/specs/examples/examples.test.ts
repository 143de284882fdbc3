import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Demo } from "@recado/contract/demo";
import type { ArrivedMessage, ReceivedWebhook } from "@recado/contract/simulator-api";
import { Webhook } from "standardwebhooks";
import { findFreePorts } from "../../product/free-ports.ts";
import { ROOT } from "../../product/processes.ts";
import { LANGUAGES, reasonToSkip } from "./example-languages.ts";
import { type OpenProduct, openProduct } from "./open-product.ts";
import { runExample, startReceiver } from "./run-example.ts";

/*
 * The programs of docs/examples, each run as an integrator would run it: against a whole product, whose
 * simulator tells what arrived.
 */

const WAIT_MS_MAX = 60_000;
const ACCEPTED = /"code":\s*1,/u;

let product: OpenProduct;
let demo: Demo;
let folder = "";
/** A webhook as the product posted and signed it, not long ago. */
let genuine: ReceivedWebhook;
let mobilesUsed = 0;

before(async () => {
  product = await openProduct();
  demo = product.demo;
  folder = mkdtempSync(join(tmpdir(), "recado-examples-"));
  writeFileSync(join(folder, "factura.pdf"), makePdf());
  const to = nextMobile();
  const messageId = await sendPlainly(to);
  genuine = await waitForWebhook((body) => body.messageId === messageId);
});

after(async () => {
  await product?.close();
  if (folder !== "") rmSync(folder, { recursive: true, force: true });
});

for (const language of LANGUAGES) {
  const fileOf = (name: string) => `docs/examples/${language.name}/${name}.${language.extension}`;
  const skip = reasonToSkip(language);

  describe(`docs/examples/${language.name}`, () => {
    test("sends a template that arrives on the telephone", { skip }, async () => {
      const to = nextMobile();
      const settings = settingsFor({ to, header: null });
      const ended = await runExample(language.run(fileOf("send")), settings);
      assert.equal(ended.status, 0, ended.stdout + ended.stderr);
      assert.match(ended.stdout, ACCEPTED);
      const message = await waitForMessage(to);
      assert.equal(message.template?.name, usableTemplate(null).name);
      assert.ok(message.text?.includes(SAMPLES[0]), String(message.text));
    });

    for (const name of ["send-pdf", "send-file"].filter((each) =>
      existsSync(join(ROOT, fileOf(each))),
    )) {
      test(`${name} brings the PDF to the telephone byte for byte`, { skip }, async () => {
        const to = nextMobile();
        const settings = settingsFor({ to, header: "document" });
        const ended = await runExample(language.run(fileOf(name)), settings);
        assert.equal(ended.status, 0, ended.stdout + ended.stderr);
        const message = await waitForMessage(to);
        const sha256 = createHash("sha256").update(makePdf()).digest("hex");
        assert.equal(message.media?.sha256, sha256);
        assert.match(message.media?.name ?? "", /^\d{3}factura-noviembre\.pdf$/u);
      });
    }

    test("says so, and ends in failure, when a message is refused", { skip }, async () => {
      const settings = settingsFor({ to: nextMobile(), header: null });
      const wrong = { ...settings, RECADO_MOBILE: "123" };
      const ended = await runExample(language.run(fileOf("send")), wrong);
      assert.notEqual(ended.status, 0);
      assert.match(ended.stdout, /"code":\s*4,/u);
    });

    test("keeps the token out of what it prints when the server cannot take the request", {
      skip,
    }, async () => {
      const settings = settingsFor({ to: nextMobile(), header: null });
      const wrong = { ...settings, RECADO_URL: `${demo.baseUrl}/absent` };
      const ended = await runExample(language.run(fileOf("send")), wrong);
      assert.notEqual(ended.status, 0);
      const printed = ended.stdout + ended.stderr;
      assert.match(printed, /not_found/u);
      assert.equal(printed.includes(demo.token), false);
    });

    const { listen } = language;
    if (listen !== null) {
      test("receives a signed webhook once and refuses forged ones", { skip }, async () => {
        const [port = 0] = await findFreePorts(1);
        const settings = {
          PORT: String(port),
          RECADO_WEBHOOK_SECRET: demo.webhookSecret,
          TMPDIR: folder,
        };
        const receiver = await startReceiver(listen(fileOf("receive"), port), settings, port);
        try {
          await tryReceiver(`http://127.0.0.1:${port}/`);
          const { messageId } = genuine.body as { messageId: string };
          const lines = receiver.output().split("\n");
          assert.equal(lines.filter((line) => line.includes(messageId)).length, 1, lines.join());
        } finally {
          await receiver.stop();
        }
      });
    }
  });
}

describe("docs/examples/curl, by hand", () => {
  const skip = skipOf("curl");
  const script = "docs/examples/curl";

  test("balance.sh tells the balance", { skip }, async () => {
    const ended = await runExample(["bash", `${script}/balance.sh`], credentials());
    assert.equal(ended.status, 0, ended.stderr);
    assert.match(JSON.parse(ended.stdout).balance, /^\d+\.\d{2,4}$/u);
  });

  test("templates.sh lists the templates", { skip }, async () => {
    const ended = await runExample(["bash", `${script}/templates.sh`], credentials());
    assert.equal(ended.status, 0, ended.stderr);
    const numbers = JSON.parse(ended.stdout).templates.map((each: { id_template: number }) => each);
    assert.ok(numbers.length >= demo.templates.length);
  });

  test("verify-webhook.sh knows a genuine signature from a forged one", { skip }, async () => {
    const verify = (headers: Record<string, string>, raw: string) =>
      runExample(
        [
          "bash",
          `${script}/verify-webhook.sh`,
          ...["id", "timestamp", "signature"].map((name) => headers[`webhook-${name}`] ?? ""),
        ],
        { RECADO_WEBHOOK_SECRET: demo.webhookSecret },
        Buffer.from(raw),
      );
    const { headers, raw } = signedNow(genuine.raw);
    assert.equal((await verify(genuine.headers, genuine.raw)).status, 0);
    assert.equal((await verify(headers, raw)).status, 0);
    assert.equal((await verify(headers, `${raw} `)).status, 1);
    assert.equal((await verify(signedAt(tenMinutesAgo()).headers, raw)).status, 1);
    const arithmetic = { ...headers, "webhook-timestamp": "a[$(echo 0)]" };
    assert.equal((await verify(arithmetic, raw)).status, 1);
  });
});

test("the guide shows webhooks with the keys that they have", async () => {
  const [failing, answering] = ["573009131048", "573008000010"];
  const failedId = await sendPlainly(failing);
  await sendPlainly(answering);
  await waitForWebhook((body) => body.type2 === "failed" && body.messageId === failedId);
  await waitForWebhook((body) => body.mobile === answering);
  const received = new Map(
    (await listWebhooks()).map(({ body }) => {
      const event = body as Record<string, string>;
      return [event.type2 ?? "reply", Object.keys(event)];
    }),
  );
  for (const language of ["es", "en"]) {
    const page = readFileSync(join(ROOT, `docs/integrators/${language}/webhooks.md`), "utf8");
    const shown = [...page.matchAll(/^```json\n(\{.*\})\n```$/gmu)].map(
      (match) => JSON.parse(match[1] ?? "") as Record<string, string>,
    );
    for (const kind of ["failed", "sent", "delivered", "read", "reply"]) {
      const body = shown.find((each) => (each.type2 ?? "reply") === kind);
      assert.deepEqual(Object.keys(body ?? {}), received.get(kind), `${language} ${kind}`);
    }
  }
});

test("a reply with a file has the keys that the guide shows, and its link leads to the file", async () => {
  const from = nextMobile();
  const media = {
    kind: "document",
    mime: "application/pdf",
    name: "recibo.pdf",
    base64: makePdf().toString("base64"),
    caption: "aquí está",
  };
  const written = await fetch(`${demo.simulatorUrl}/sim/inbound`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ from, to: demo.officialNumber, media }),
  });
  assert.ok(written.ok, await written.text());
  const { body } = await waitForWebhook((event) => event.mobile === from);
  const reply = body as Record<string, string>;
  const page = readFileSync(join(ROOT, "docs/integrators/es/webhooks.md"), "utf8");
  const shown = /^(\{.*"media_url".*\})$/mu.exec(page)?.[1] ?? "{}";
  assert.deepEqual(Object.keys(reply), Object.keys(JSON.parse(shown)));
  assert.equal(reply.message, "aquí está");
  const file = await fetch(new URL(reply.media_url ?? ""));
  assert.equal(file.status, 200);
  assert.deepEqual(Buffer.from(await file.arrayBuffer()), makePdf());
});

const SAMPLES = ["Carlos", "$100", "miércoles"] as const;

function credentials(): Record<string, string> {
  return { RECADO_URL: demo.baseUrl, RECADO_LOGIN: demo.login, RECADO_TOKEN: demo.token };
}

function settingsFor(wish: { to: string; header: "document" | null }): Record<string, string> {
  const template = usableTemplate(wish.header);
  return {
    ...credentials(),
    RECADO_MOBILE: wish.to,
    RECADO_TEMPLATE: String(template.id_template),
    RECADO_VARIABLES: SAMPLES.slice(0, template.variables)
      .map((value) => `[${value}]`)
      .join(" "),
    RECADO_FILE: join(folder, "factura.pdf"),
  };
}

function usableTemplate(header: "document" | null): Demo["templates"][number] {
  const found = demo.templates.find(
    (each) =>
      each.status === "approved" &&
      each.category === "utility" &&
      each.header === header &&
      each.variables > 0,
  );
  assert.ok(found, `the demonstration has no template with header ${header}`);
  return found;
}

/** Telephones that other runs against the same product have not used. */
function nextMobile(): string {
  mobilesUsed += 1;
  return `57311${String((Date.now() + mobilesUsed * 7) % 10_000_000).padStart(7, "0")}`;
}

async function sendPlainly(to: string): Promise<string> {
  const template = usableTemplate(null);
  // Another text each time, lest it be a repeat to a telephone that is always the same.
  const values = SAMPLES.slice(0, template.variables).map((value) => `[${value} ${Date.now()}]`);
  const response = await fetch(`${demo.baseUrl}/bot/chat_wa/ws/send/`, {
    method: "POST",
    body: new URLSearchParams({
      login: demo.login,
      token: demo.token,
      mobile: to,
      id_template: String(template.id_template),
      template_variables: values.join(" "),
    }),
  });
  const reply = (await response.json()) as { code: number; messageId: string };
  assert.equal(reply.code, 1, JSON.stringify(reply));
  return reply.messageId;
}

function waitForMessage(to: string): Promise<ArrivedMessage> {
  return waitFor(`a message to ${to}`, async () => {
    const response = await fetch(`${demo.simulatorUrl}/sim/messages?to=${to}`);
    return ((await response.json()) as ArrivedMessage[])[0];
  });
}

function waitForWebhook(
  isWanted: (body: Record<string, unknown>) => boolean,
): Promise<ReceivedWebhook> {
  return waitFor("a webhook", async () =>
    (await listWebhooks()).find(({ body }) => isWanted(body as Record<string, unknown>)),
  );
}

async function listWebhooks(): Promise<ReceivedWebhook[]> {
  const response = await fetch(`${demo.simulatorUrl}/sim/receiver/demo`);
  return (await response.json()) as ReceivedWebhook[];
}

async function waitFor<T>(what: string, find: () => Promise<T | undefined>): Promise<T> {
  const deadlineMs = Date.now() + WAIT_MS_MAX;
  for (;;) {
    const found = await find();
    if (found !== undefined) return found;
    assert.ok(Date.now() < deadlineMs, `${what} did not come`);
    await sleep(100);
  }
}

interface SignedPost {
  headers: Record<string, string>;
  raw: string;
}

async function tryReceiver(url: string): Promise<void> {
  const post = async ({ headers, raw }: SignedPost) => {
    const response = await fetch(url, { method: "POST", headers, body: raw });
    await response.arrayBuffer();
    return response.status;
  };
  const real = { headers: webhookHeaders(genuine.headers), raw: genuine.raw };
  assert.equal(await post(real), 204, "the product's own webhook");
  assert.equal(await post(real), 204, "the same again");
  const changed = { ...real, raw: genuine.raw.replace('"messageId"', '"messageid"') };
  assert.equal(await post(changed), 401, "a changed body");
  const renamed = { ...real, headers: { ...real.headers, "webhook-id": "another" } };
  assert.equal(await post(renamed), 401, "another id");
  assert.equal(await post({ headers: {}, raw: genuine.raw }), 401, "no signature");
  assert.equal(await post(signedAt(tenMinutesAgo())), 401, "an old one");
  const stranger = signedWith("whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
  assert.equal(await post(stranger), 401, "another secret");
  const rotated = signedNow(genuine.raw);
  rotated.headers["webhook-signature"] =
    `${stranger.headers["webhook-signature"]} ${rotated.headers["webhook-signature"]}`;
  assert.equal(await post(rotated), 204, "two signatures of which one is right");
}

function webhookHeaders(headers: Record<string, string>): Record<string, string> {
  const names = ["content-type", "webhook-id", "webhook-timestamp", "webhook-signature"];
  return Object.fromEntries(names.map((name) => [name, headers[name] ?? ""]));
}

function tenMinutesAgo(): Date {
  return new Date(Date.now() - 600_000);
}

function signedAt(at: Date): SignedPost {
  return sign({ secret: demo.webhookSecret, at, raw: OTHER_EVENT });
}

function signedNow(raw: string): SignedPost {
  return sign({ secret: demo.webhookSecret, at: new Date(), raw });
}

function signedWith(secret: string): SignedPost {
  return sign({ secret, at: new Date(), raw: OTHER_EVENT });
}

const OTHER_EVENT = '{"type":"message-event","type2":"failed","code":"402","messageId":"otro"}';

function sign({ secret, at, raw }: { secret: string; at: Date; raw: string }): SignedPost {
  const id = genuine.headers["webhook-id"] ?? "";
  const headers = {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": new Webhook(secret).sign(id, at, raw),
  };
  return { headers, raw };
}

function skipOf(name: string): string | false {
  const language = LANGUAGES.find((each) => each.name === name);
  return language === undefined ? "there is no such language" : reasonToSkip(language);
}

/** The smallest PDF that says something. */
function makePdf(): Buffer {
  return Buffer.from(
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
      "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
  );
}
