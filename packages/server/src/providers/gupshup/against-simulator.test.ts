import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { buffer } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import type { InboundItem, StatusItem } from "../../domain/inbound.ts";
import type { OutgoingContent } from "../../domain/outgoing.ts";
import { createUpstreamHttp, type UpstreamHttp } from "../../platform/upstream-http.ts";
import { programEnv } from "../../testkit/program-env.ts";
import { sendCases } from "./conformance-sends.ts";
import { gupshup } from "./gupshup.ts";
import { SECRET_HEADER } from "./verify.ts";

/** The driver against the simulator of this repository, as a program of its own. */
const SIMULATOR = fileURLToPath(new URL("../../../../simulator/src/main.ts", import.meta.url));
const SECRETS = { appSecret: "gs-secret", verifyToken: "gs-verify" };

const FILES: Readonly<Record<string, { mime: string; hex: string }>> = {
  image: { mime: "image/png", hex: "89504e470d0a1a0a0000000d49484452" },
  video: { mime: "video/mp4", hex: "00000018667479706d703432000000006d70343269736f6d" },
  audio: { mime: "audio/mpeg", hex: "49443303000000000000fffb9000" },
  document: { mime: "application/pdf", hex: "255044462d312e340a2525454f460a" },
  sticker: {
    mime: "image/webp",
    hex: "524946461a000000574542505650384c0d0000002f00000010071011118888fe0700",
  },
};

describe("Gupshup's driver against the simulator", { timeout: 60_000 }, () => {
  const http = createUpstreamHttp({ connectionsMax: 4, connectTimeoutMs: 2_000 });
  const dataDir = mkdtempSync(join(tmpdir(), "recado-gupshup-"));
  const items: InboundItem[] = [];
  const waiting: (() => void)[] = [];
  const channel = {
    baseUrl: "",
    apiVersion: "v1.0",
    officialNumber: "573009998877",
    numberId: "TiendaDemo",
    businessId: "5b1c7a30-2f44-4d0e-9c31-7f2a6e0d91aa",
    accessToken: "gs-apikey",
  };
  const number = {
    provider: "gupshup",
    id: channel.businessId,
    appName: channel.numberId,
    wabaId: "204000000000003",
    displayNumber: channel.officialNumber,
    verifiedName: "Tienda Demo",
    accessToken: channel.accessToken,
    callbackHeaders: { [SECRET_HEADER]: SECRETS.appSecret },
  };
  let refused = 0;
  /** The callback, and the files that messages link to. */
  const server = createServer(async (request, response) => {
    if (request.method === "GET") {
      const file = FILES[request.url?.slice(1) ?? ""];
      response.writeHead(file ? 200 : 404, { "content-type": file?.mime ?? "text/plain" });
      response.end(Buffer.from(file?.hex ?? "", "hex"));
      return;
    }
    const headers = request.headers as Record<string, string | undefined>;
    const post = { headers, pathSecret: null, body: await buffer(request) };
    if (!gupshup.verify(post, SECRETS)) refused += 1;
    const result = gupshup.receive(post.body);
    if (result.kind === "items") items.push(...result.items);
    response.writeHead(200).end();
    for (const wake of waiting.splice(0)) wake();
  });
  let simulator: ChildProcess;
  let simulatorUrl = "";
  let ownUrl = "";

  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    ownUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    simulator = spawn(process.execPath, [SIMULATOR], {
      env: { ...programEnv(), SIMULATOR_PORT: "0", DATA_DIR: dataDir, HOST: "127.0.0.1" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    simulatorUrl = await readUrl(simulator);
    channel.baseUrl = `${simulatorUrl}/gupshup`;
    await post("/sim/behaviour", { statusDelayMs: 0 });
    await post("/sim/numbers", { ...number, callbackUrl: ownUrl });
  });
  after(async () => {
    if (simulator.exitCode === null) {
      simulator.kill("SIGTERM");
      await once(simulator, "exit");
    }
    await http.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function post(path: string, body: unknown): Promise<void> {
    const init = { method: "POST", body: JSON.stringify(body) };
    const response = await fetch(simulatorUrl + path, init);
    assert.ok(response.ok, `${path}: ${response.status} ${await response.text()}`);
  }

  async function send(to: string, content: OutgoingContent): Promise<string> {
    const beforeWrite = () => undefined;
    const outcome = await gupshup.send({ http, channel, to, opaque: "x", content, beforeWrite });
    assert.ok(outcome.kind === "accepted", JSON.stringify(outcome));
    return outcome.providerMessageId;
  }

  /** Waits until a callback has brought it; the suite's time-out bounds the wait. */
  async function eventually(matches: (item: InboundItem) => boolean): Promise<InboundItem> {
    for (;;) {
      const found = items.find(matches);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  }

  async function statusOf(id: string, status: StatusItem["status"]): Promise<StatusItem> {
    const found = await eventually(
      (item) => item.kind === "status" && item.providerMessageId === id && item.status === status,
    );
    return found as StatusItem;
  }

  /** The same with files that are really there. */
  function linked<T extends OutgoingContent>(content: T): T {
    const media = "media" in content ? content.media : null;
    if (media === null) return content;
    const format = content.type === "template" ? content.definition.header?.format : media.kind;
    return { ...content, media: { ...media, source: { link: `${ownUrl}/${format}` } } };
  }

  it("every template is submitted, listed, sent and read", async () => {
    let count = 0;
    for (const { content, shows } of sendCases) {
      if (content.type !== "template") continue;
      count += 1;
      // WhatsApp wants words around variables; a code's text is its own.
      const plain = content.category === "authentication" ? "" : "Hola ";
      const definition = {
        ...content.definition,
        body: plain === "" ? content.definition.body : `Hola ${content.definition.body} bien.`,
      };
      const name = `plantilla_${count}`;
      const made = { ...content, definition, name, examples: content.variables };
      const headerHandle = content.media === null ? null : "4::aW1h";
      const created = await gupshup.createTemplate({
        http,
        channel,
        template: { ...made, headerHandle },
      });
      assert.ok(created.kind === "created", `${shows.join()}: ${JSON.stringify(created)}`);
      await post(`/sim/templates/${created.providerTemplateId}`, { status: "APPROVED" });
      const listed = await gupshup.listTemplates({ http, channel });
      assert.ok(listed.kind === "listed");
      const found = listed.templates.find((one) => one.name === name);
      assert.ok(found?.status === "approved", `${shows.join()}: ${JSON.stringify(listed)}`);
      const to = `5730011100${String(count).padStart(2, "0")}`;
      const id = await send(to, linked({ ...content, ...found }));
      await statusOf(id, "read");
    }
    assert.ok(count > 5);
    await eventually((item) => item.kind === "template" && item.status === "approved");
  });

  it("inside the window text and every kind of file are delivered", async () => {
    const to = "573002220002";
    await post("/sim/inbound", { from: to, to: channel.officialNumber, text: "hola" });
    const types: string[] = [];
    let last = "";
    for (const { content, shows } of sendCases) {
      const skipped = shows.includes("out:context") || shows.includes("out:media-id");
      if (content.type === "template" || content.type === "reaction" || skipped) continue;
      last = await send(to, linked(content));
      await statusOf(last, "delivered");
      types.push(content.type === "media" ? content.media.kind : content.type);
    }
    const reaction = { type: "reaction", messageId: last, emoji: "👍" } as const;
    await statusOf(await send(to, reaction), "sent");
    types.push("reaction");
    const arrived = await fetch(`${simulatorUrl}/sim/messages?to=${to}`);
    const messages = (await arrived.json()) as { type: string }[];
    assert.deepEqual(
      messages.map(({ type }) => type),
      types,
    );
  });

  it("a file that somebody sends is opened, and a callback of either shape says the same", async () => {
    const base64 = Buffer.from(FILES.image?.hex ?? "", "hex").toString("base64");
    const media = { kind: "image", mime: "image/png", base64, caption: "el recibo" };
    const from = "573002220003";
    for (const callbackVersion of [2, 3]) {
      items.length = 0;
      await post("/sim/numbers", { ...number, callbackUrl: ownUrl, callbackVersion });
      await post("/sim/inbound", { from, to: channel.officialNumber, media });
      const picture = await eventually((item) => item.kind === "message");
      assert.ok(picture.kind === "message" && picture.media !== null);
      assert.equal(picture.text, "el recibo");
      const { providerMediaId } = picture.media;
      const opened = await gupshup.downloadMedia({ http, channel, providerMediaId });
      assert.ok(opened.kind === "opened");
      assert.equal((await buffer(opened.body)).toString("base64"), base64);
    }
  });

  it("telephones that always misbehave are read for what they do", async () => {
    const impatient: UpstreamHttp = {
      request: (call) => http.request({ ...call, timeoutMs: 300 }),
    };
    const ends: Record<string, string> = {};
    for (const part of ["05", "06", "07", "08"]) {
      const outcome = await gupshup.send({
        http: impatient,
        channel,
        to: `5730080000${part}`,
        opaque: "x",
        content: { type: "text", body: "hola", replyTo: null },
        beforeWrite: () => undefined,
      });
      ends[part] = outcome.kind === "refused" ? outcome.failure.retry.kind : outcome.kind;
    }
    // A 500 says nothing certain here: Gupshup does not promise that it accepted nothing.
    assert.deepEqual(ends, { "05": "unknown", "06": "unknown", "07": "unknown", "08": "after" });
  });

  it("every callback of the simulator proved itself and was known", () => {
    assert.equal(refused, 0);
    for (const item of items) assert.notEqual(item.kind, "unsupported", JSON.stringify(item));
  });
});

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
