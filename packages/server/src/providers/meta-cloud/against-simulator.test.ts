import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import type { InboundItem } from "../../domain/inbound.ts";
import type { OutgoingContent, OutgoingMedia } from "../../domain/outgoing.ts";
import type { SendOutcome } from "../../domain/send-outcome.ts";
import { createUpstreamHttp, type UpstreamHttp } from "../../platform/upstream-http.ts";
import { programEnv } from "../../testkit/program-env.ts";
import type { HookPost } from "../provider.ts";
import { sendCases } from "./conformance-sends.ts";
import { metaCloud } from "./meta-cloud.ts";

/** The driver against the simulator of this repository, as a program of its own. */
const SIMULATOR = fileURLToPath(new URL("../../../../simulator/src/main.ts", import.meta.url));
const SECRETS = { appSecret: "sim-app-secret", verifyToken: "sim-verify" };
const OFFICIAL = "573009998877";

/** The smallest files that are what they say. */
const FILES = {
  image: { mime: "image/png", name: "a.png", hex: "89504e470d0a1a0a0000000d49484452" },
  video: {
    mime: "video/mp4",
    name: "a.mp4",
    hex: "00000018667479706d703432000000006d70343269736f6d",
  },
  audio: { mime: "audio/mpeg", name: "a.mp3", hex: "49443303000000000000fffb9000" },
  document: { mime: "application/pdf", name: "a.pdf", hex: "255044462d312e340a2525454f460a" },
  sticker: {
    mime: "image/webp",
    name: "a.webp",
    hex: "524946461a000000574542505650384c0d0000002f00000010071011118888fe0700",
  },
} as const;

describe("the Cloud API's driver against the simulator", { timeout: 60_000 }, () => {
  const http = createUpstreamHttp({ connectionsMax: 4, connectTimeoutMs: 2_000 });
  const dataDir = mkdtempSync(join(tmpdir(), "recado-meta-"));
  const hooks: { post: HookPost; items: InboundItem[] }[] = [];
  const waiting: (() => void)[] = [];
  const channel = {
    baseUrl: "",
    apiVersion: "v26.0",
    officialNumber: "573009998877",
    numberId: "106540352242922",
    businessId: "104996122399160",
    accessToken: "EAAGsimulated0123456789",
  };
  const hookServer = createServer(async (request, response) => {
    const url = new URL(request.url ?? "", "http://hook");
    if (request.method === "GET") {
      const challenge = metaCloud.answerChallenge(Object.fromEntries(url.searchParams), SECRETS);
      response.writeHead(challenge === null ? 403 : 200).end(challenge);
      return;
    }
    const headers = request.headers as Record<string, string | undefined>;
    const post = { headers, pathSecret: null, body: await buffer(request) };
    const result = metaCloud.receive(post.body);
    hooks.push({ post, items: result.kind === "items" ? result.items : [] });
    response.writeHead(200).end();
    for (const wake of waiting.splice(0)) wake();
  });
  let simulator: ChildProcess;
  let simulatorUrl = "";

  before(async () => {
    await new Promise<void>((resolve) => hookServer.listen(0, "127.0.0.1", resolve));
    simulator = spawn(process.execPath, [SIMULATOR], {
      env: { ...programEnv(), SIMULATOR_PORT: "0", DATA_DIR: dataDir, HOST: "127.0.0.1" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    simulatorUrl = await readUrl(simulator);
    channel.baseUrl = `${simulatorUrl}/meta`;
    const { port } = hookServer.address() as AddressInfo;
    await post("/sim/behaviour", { statusDelayMs: 0 });
    await post("/sim/numbers", {
      id: channel.numberId,
      wabaId: channel.businessId,
      displayNumber: OFFICIAL,
      verifiedName: "Tienda Demo",
      accessToken: channel.accessToken,
      ...SECRETS,
      callbackUrl: `http://127.0.0.1:${port}/hook`,
    });
  });

  after(async () => {
    if (simulator.exitCode === null) {
      simulator.kill("SIGTERM");
      await once(simulator, "exit");
    }
    await http.close();
    hookServer.closeAllConnections();
    await new Promise((resolve) => hookServer.close(resolve));
    rmSync(dataDir, { recursive: true, force: true });
  });

  it("every template is submitted, listed, sent and read, with its events signed", async () => {
    let number = 0;
    for (const { content, shows } of sendCases) {
      if (content.type !== "template") continue;
      number += 1;
      const label = shows.join();
      const template = { ...content, name: `plantilla_${number}` };
      const created = await metaCloud.createTemplate({
        http,
        channel,
        template: {
          ...template,
          examples: template.variables,
          headerHandle: template.media === null ? null : "4::aW1h",
        },
      });
      assert.ok(created.kind === "created", `${label}: ${JSON.stringify(created)}`);
      await post(`/sim/templates/${created.providerTemplateId}`, { status: "APPROVED" });
      const listed = await metaCloud.listTemplates({ http, channel });
      assert.ok(listed.kind === "listed");
      const found = listed.templates.find(({ name }) => name === template.name);
      assert.ok(found?.status === "approved", label);
      const to = `5730011100${String(number).padStart(2, "0")}`;
      const { definition, category } = found;
      const media = template.media === null ? null : await uploaded(template.media.kind);
      const outcome = await send(to, { ...template, definition, category, media });
      assert.ok(outcome.kind === "accepted", `${label}: ${JSON.stringify(outcome)}`);
      await eventually((item) => isStatus(item, "read", outcome.providerMessageId));
    }
    assert.ok(number > 5);
    await eventually((item) => item.kind === "template" && item.status === "approved");
  });

  it("what is written to the number arrives, by word, button and file", async () => {
    const from = "573002220001";
    await post("/sim/inbound", { from, to: OFFICIAL, text: "¿está listo? 👍" });
    const message = await eventually((item) => item.kind === "message" && item.from === from);
    assert.ok(message.kind === "message");
    assert.equal(message.text, "¿está listo? 👍");
    assert.equal(message.numberId, channel.numberId);
    const file = { kind: "image", mime: "image/png", base64: "iVBORw0KGgoAAAANSUhEUg==" };
    await post("/sim/inbound", { from, to: OFFICIAL, media: { ...file, caption: "el recibo" } });
    const picture = await eventually((item) => item.kind === "message" && item.media !== null);
    assert.ok(picture.kind === "message" && picture.media !== null);
    assert.equal(picture.text, "el recibo");
    const { providerMediaId } = picture.media;
    const opened = await metaCloud.downloadMedia({ http, channel, providerMediaId });
    assert.ok(opened.kind === "opened");
    assert.equal((await buffer(Readable.from(opened.body))).toString("base64"), file.base64);
  });

  it("inside the window text and every kind of file are delivered", async () => {
    const to = "573002220002";
    await post("/sim/inbound", { from: to, to: OFFICIAL, text: "hola" });
    const expected: string[] = [];
    let last = "";
    for (const { content, shows } of sendCases) {
      if (content.type === "template" || content.type === "reaction") continue;
      if (shows.includes("out:context")) continue;
      const media = "media" in content ? content.media : null;
      const ready = media ? { ...content, media: await uploaded(media.kind) } : content;
      const outcome = await send(to, ready as OutgoingContent);
      assert.ok(outcome.kind === "accepted", `${shows.join()}: ${JSON.stringify(outcome)}`);
      last = outcome.providerMessageId;
      await eventually((item) => isStatus(item, "delivered", outcome.providerMessageId));
      expected.push(content.type === "media" ? content.media.kind : content.type);
    }
    const reacted = await send(to, { type: "reaction", messageId: last, emoji: "👍" });
    assert.ok(reacted.kind === "accepted", JSON.stringify(reacted));
    await eventually((item) => isStatus(item, "sent", reacted.providerMessageId));
    const arrived = await fetch(`${simulatorUrl}/sim/messages?to=${to}`);
    const types = ((await arrived.json()) as { type: string }[]).map(({ type }) => type);
    assert.deepEqual(types, [...expected, "reaction"]);
    for (const kind of ["text", "image", "sticker", "interactive", "location", "contacts"]) {
      assert.ok(types.includes(kind), kind);
    }
  });

  it("outside the window a text fails with the manual's reason and our id", async () => {
    const outcome = await sendText("573002220003");
    assert.ok(outcome.kind === "accepted");
    const status = await eventually((item) => isStatus(item, "failed", outcome.providerMessageId));
    assert.ok(status.kind === "status");
    assert.equal(status.failure?.code, "131047");
    assert.equal(
      status.failure?.reason,
      "Pasaron más de 24 horas desde el último mensaje del usuario",
    );
    assert.equal(status.opaque, "opaque-573002220003");
  });

  it("telephones that always misbehave are read for what they do", async () => {
    const retryOf = (outcome: SendOutcome) =>
      outcome.kind === "refused" ? outcome.failure.retry.kind : outcome.kind;
    assert.equal(retryOf(await sendText("573008000005")), "soon");
    assert.equal(retryOf(await sendText("573008000006", impatient)), "unknown");
    assert.equal(retryOf(await sendText("573008000007")), "unknown");
    assert.equal(retryOf(await sendText("573008000008")), "after");
    const paused = await sendText("573009132015");
    assert.ok(paused.kind === "refused");
    assert.deepEqual(paused.failure, {
      blame: "customer",
      code: "132015",
      reason: "WhatsApp pausó la plantilla",
      providerCode: "132015",
      retry: { kind: "never" },
      elsewhere: true,
    });
  });

  it("every event of the simulator was signed and known", () => {
    assert.ok(hooks.length > 0);
    for (const hook of hooks) {
      assert.equal(metaCloud.verify(hook.post, SECRETS), true);
      assert.ok(hook.items.length > 0, hook.post.body.toString());
      for (const item of hook.items) {
        assert.notEqual(item.kind, "unsupported", hook.post.body.toString());
      }
    }
  });

  const impatient: UpstreamHttp = {
    request: (call) => http.request({ ...call, timeoutMs: 300 }),
  };

  function send(to: string, content: OutgoingContent, through: UpstreamHttp = http) {
    const beforeWrite = () => undefined;
    return metaCloud.send({
      http: through,
      channel,
      to,
      opaque: `opaque-${to}`,
      content,
      beforeWrite,
    });
  }

  function sendText(to: string, through: UpstreamHttp = http) {
    return send(to, { type: "text", body: "hola", replyTo: null }, through);
  }

  async function uploaded(kind: OutgoingMedia["kind"]): Promise<OutgoingMedia> {
    const { mime, name, hex } = FILES[kind];
    const bytes = Buffer.from(hex, "hex");
    const open = () => Readable.from([bytes]);
    const file = { open, bytes: bytes.length, mime, name };
    const outcome = await metaCloud.uploadMedia({ http, channel, ...file });
    assert.ok(outcome.kind === "uploaded", JSON.stringify(outcome));
    const filename = kind === "document" ? name : null;
    return { kind, source: { id: outcome.providerMediaId }, filename };
  }

  async function post(path: string, body: unknown): Promise<void> {
    const response = await fetch(`${simulatorUrl}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const answer = await response.text();
    assert.ok(response.ok, `${path}: ${response.status} ${answer}`);
  }

  /** Waits until a webhook has brought it; the suite's time-out bounds the wait. */
  async function eventually(matches: (item: InboundItem) => boolean): Promise<InboundItem> {
    for (;;) {
      const found = hooks.flatMap(({ items }) => items).find(matches);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  }
});

function isStatus(item: InboundItem, status: string, providerMessageId: string): boolean {
  return (
    item.kind === "status" && item.status === status && item.providerMessageId === providerMessageId
  );
}

/** The simulator says in one line of its log where it listens. */
async function readUrl(simulator: ChildProcess): Promise<string> {
  assert.ok(simulator.stdout);
  for await (const line of createInterface({ input: simulator.stdout })) {
    const url = /"url":"(http:[^"]+)"/u.exec(line)?.[1];
    if (url !== undefined) {
      simulator.stdout.resume();
      return url;
    }
  }
  throw new Error("the simulator ended before it was ready");
}
