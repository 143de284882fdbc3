import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { after, before, beforeEach, describe, it } from "node:test";
import { createUpstreamHttp } from "../../platform/upstream-http.ts";
import { downloadMedia, mustBeLinked, uploadMedia } from "./media.ts";

const ACCESS_TOKEN = "EAAGm0PX4ZCpsBAKtest0123456789";

describe("media of the Cloud API", () => {
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  let seen: { url: string; headers: IncomingMessage["headers"]; body: Buffer }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { url = "", headers } = request;
      seen.push({ url, headers, body: Buffer.concat(chunks) });
      answer(request, response);
    });
  });
  const http = createUpstreamHttp({ connectionsMax: 2, connectTimeoutMs: 2_000 });
  let channel = {
    baseUrl: "",
    apiVersion: "v26.0",
    officialNumber: "573009998877",
    numberId: "106540352242922",
    businessId: "104996122399160",
    accessToken: ACCESS_TOKEN,
  };
  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    channel = { ...channel, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  });
  beforeEach(() => {
    seen = [];
  });
  after(async () => {
    await http.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const json = (status: number, body: unknown) => (_: IncomingMessage, response: ServerResponse) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));

  it("an upload is a whole form whose file part names its type", async () => {
    answer = json(200, { id: "1037543291543636" });
    const file = Buffer.from("%PDF-1.4 \r\n--x\0");
    const outcome = await uploadMedia({
      http,
      channel,
      open: () => Readable.from([file.subarray(0, 4), file.subarray(4)]),
      bytes: file.length,
      mime: "application/pdf",
      name: 'fac"tura\r\n.pdf',
    });
    assert.equal(outcome.kind === "uploaded" && outcome.providerMediaId, "1037543291543636");
    assert.equal(seen[0]?.url, "/v26.0/106540352242922/media");
    assert.equal(seen[0]?.headers.authorization, `Bearer ${ACCESS_TOKEN}`);
    assert.equal(seen[0]?.headers["content-length"], String(seen[0]?.body.length));
    // Read back by the platform's own parser, which is strict about the form.
    const type = String(seen[0]?.headers["content-type"]);
    const body = new Uint8Array(seen[0]?.body ?? []);
    const form = await new Response(body, { headers: { "content-type": type } }).formData();
    assert.equal(form.get("messaging_product"), "whatsapp");
    assert.equal(form.get("type"), "application/pdf");
    const part = form.get("file");
    assert.ok(part instanceof File);
    assert.equal(part.type, "application/pdf");
    assert.deepEqual(Buffer.from(await part.arrayBuffer()), file);
  });

  it("a refused upload has Meta's reason", async () => {
    const message = "(#100) Param file must be a file with one of the following types: audio/aac";
    answer = json(400, { error: { code: 100, message } });
    const outcome = await upload(Readable.from(["x"]), 1);
    assert.ok(outcome.kind === "refused");
    assert.equal(outcome.failure.code, "100");
    assert.equal(outcome.failure.retry.kind, "never");
  });

  it("an upload that was cut may be repeated", async () => {
    answer = (request) => request.socket.destroy();
    const outcome = await upload(Readable.from(["x"]), 1);
    assert.ok(outcome.kind === "refused");
    assert.equal(outcome.failure.retry.kind, "soon");
  });

  it("a file shorter than announced is a failure, not a hang", async () => {
    answer = json(200, { id: "1" });
    const outcome = await upload(Readable.from(["x"]), 5);
    assert.equal(outcome.kind, "refused");
  });

  it("a file that cannot be read is a failure, not a throw", async () => {
    const broken = new Readable({ read: () => broken.destroy(new Error("disk")) });
    const outcome = await upload(broken, 5);
    assert.equal(outcome.kind, "refused");
  });

  it("a download asks for the address, then for the file, with the same token", async () => {
    answer = (request, response) => {
      if (request.url?.startsWith("/files/")) response.writeHead(200).end("picture");
      else
        json(200, { url: `${channel.baseUrl}/files/1`, mime_type: "image/jpeg" })(
          request,
          response,
        );
    };
    const outcome = await downloadMedia({ http, channel, providerMediaId: "10/3" });
    assert.ok(outcome.kind === "opened");
    assert.equal(outcome.mime, "image/jpeg");
    assert.equal(await text(Readable.from(outcome.body)), "picture");
    assert.deepEqual(
      seen.map(({ url }) => url),
      ["/v26.0/10%2F3?phone_number_id=106540352242922", "/files/1"],
    );
    assert.equal(seen[1]?.headers.authorization, `Bearer ${ACCESS_TOKEN}`);
    assert.ok(seen[1]?.headers["user-agent"]);
  });

  it("the token is not carried to another host without encryption", async () => {
    for (const url of ["http://127.0.0.1:1/x", "file:///etc/passwd", "//x", "nonsense"]) {
      answer = json(200, { url, mime_type: "image/jpeg" });
      const outcome = await downloadMedia({ http, channel, providerMediaId: "1" });
      assert.ok(outcome.kind === "refused");
      assert.equal(outcome.failure.retry.kind, "never");
    }
    assert.equal(seen.length, 4);
  });

  it("an address that has expired is looked up again later", async () => {
    answer = (request, response) => {
      if (request.url?.startsWith("/files/")) response.writeHead(404).end();
      else json(200, { url: `${channel.baseUrl}/files/1` })(request, response);
    };
    const outcome = await downloadMedia({ http, channel, providerMediaId: "1" });
    assert.equal(outcome.kind === "refused" && outcome.failure.retry.kind, "soon");
  });

  it("a redirect of the file is not followed", async () => {
    answer = (request, response) => {
      if (request.url === "/files/1") response.writeHead(302, { location: "/files/2" }).end();
      else json(200, { url: `${channel.baseUrl}/files/1` })(request, response);
    };
    const outcome = await downloadMedia({ http, channel, providerMediaId: "1" });
    assert.equal(outcome.kind, "refused");
    assert.equal(seen.length, 2);
  });

  function upload(stream: Readable, bytes: number) {
    const file = { open: () => stream, bytes, mime: "image/png", name: "a.png" };
    return uploadMedia({ http, channel, ...file });
  }
});

it("zip and csv can only be linked", () => {
  for (const mime of ["application/zip", "text/csv", "", "image/gif", "image/png"]) {
    assert.equal(mustBeLinked(mime, "document"), true, mime);
  }
  assert.equal(mustBeLinked("image/gif", "image"), true);
  assert.equal(mustBeLinked("image/JPEG", "image"), false);
  assert.equal(mustBeLinked("audio/mpeg", "audio"), false);
  for (const mime of ["application/pdf", "text/plain; charset=utf-8"]) {
    assert.equal(mustBeLinked(mime, "document"), false, mime);
  }
});
