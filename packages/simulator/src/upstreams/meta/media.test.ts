import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";
import {
  startTestSimulator,
  type TestSimulator,
  testNumber,
  until,
} from "../../testkit/start-test-simulator.ts";

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);
const pdf = Buffer.from("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n");

let simulator: TestSimulator;
let files: Server;
let filesUrl: string;
let fetched = 0;

before(async () => {
  simulator = await startTestSimulator({ pairBurst: 1_000 });
  await simulator.addTemplate({
    name: "invoice",
    language: "es_CO",
    category: "UTILITY",
    components: [
      { type: "HEADER", format: "DOCUMENT", example: { header_handle: ["4::aW"] } },
      { type: "BODY", text: "Tu factura." },
    ],
  });
  files = createServer((request, response) => {
    fetched++;
    if (request.url === "/forbidden.pdf") response.writeHead(403).end();
    else if (request.url === "/moved.pdf") response.writeHead(302, { location: "/a.pdf" }).end();
    else if (request.url === "/a.zip") {
      response.writeHead(200, { "content-type": "application/zip" }).end("PK\x03\x04");
    } else if (request.url === "/lies.pdf") {
      response.writeHead(200, { "content-type": "application/pdf" }).end(png);
    } else response.writeHead(200, { "content-type": "application/pdf" }).end(pdf);
  });
  await new Promise<void>((resolve) => files.listen(0, "127.0.0.1", resolve));
  filesUrl = `http://127.0.0.1:${(files.address() as AddressInfo).port}`;
});
after(async () => {
  files.close();
  await simulator.close();
});

async function upload(
  bytes: Buffer,
  type: string,
  more: { product?: string; number?: string } = {},
) {
  const form = new FormData();
  form.set("messaging_product", more.product ?? "whatsapp");
  form.set("type", type);
  form.set("file", new File([new Uint8Array(bytes)], "a.bin", { type }));
  const response = await fetch(
    `${simulator.url}/meta/v23.0/${more.number ?? testNumber.id}/media`,
    {
      method: "POST",
      headers: { authorization: "Bearer test-token" },
      body: form,
    },
  );
  return { status: response.status, body: (await response.json()) as UploadAnswer };
}

interface UploadAnswer {
  id?: string;
  error?: { code: number; message: string };
}

const invoice = (document: object) => ({
  type: "template",
  template: {
    name: "invoice",
    language: { code: "es_CO" },
    components: [{ type: "header", parameters: [{ type: "document", document }] }],
  },
});

test("an uploaded file is sent by id, arrives with its name, and is gone after DELETE", async () => {
  const { body } = await upload(pdf, "application/pdf");
  const sent = await simulator.send(
    "573001112233",
    invoice({ id: body.id, filename: "factura.pdf" }),
  );
  assert.equal(sent.status, 200);
  const list = await simulator.call("GET", "/sim/messages?to=573001112233");
  const { kind, name, mime, bytes } = list.body[0].media;
  assert.deepEqual(
    [kind, name, mime, bytes],
    ["document", "factura.pdf", "application/pdf", pdf.length],
  );
  const path = `/meta/v23.0/${body.id}`;
  assert.deepEqual((await simulator.call("DELETE", path)).body, { success: true });
  assert.equal((await simulator.call("GET", path)).status, 400);
  const again = await simulator.send("573001112233", invoice({ id: body.id }));
  assert.match(again.body.error.message, /is not a valid whatsapp business account media/);
});

for (const [what, bytes, type, more] of [
  ["of a disallowed type", pdf, "application/zip", {}],
  ["of no type", pdf, "application/octet-stream", {}],
  ["whose content is another type", pdf, "image/png", {}],
  ["without messaging_product", pdf, "application/pdf", { product: "other" }],
  ["for a foreign number", pdf, "application/pdf", { number: "999" }],
] as const) {
  test(`an upload ${what} is refused with 100`, async () => {
    const answer = await upload(bytes, type, more);
    assert.equal(answer.status, 400);
    assert.equal(answer.body.error?.code, 100);
  });
}

test("a cut multipart body is refused and leaves the simulator well", async () => {
  const response = await fetch(`${simulator.url}/meta/v23.0/${testNumber.id}/media`, {
    method: "POST",
    headers: {
      authorization: "Bearer test-token",
      "content-type": "multipart/form-data; boundary=x",
    },
    body: '--x\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\ncontent-type: application/pdf\r\n\r\n%PDF',
  });
  assert.equal(response.status, 400);
  assert.equal((await upload(pdf, "application/pdf")).status, 200);
});

test("a large upload is taken whole, and one that is cut leaves nothing behind", async () => {
  const large = Buffer.concat([pdf, Buffer.alloc(6 * 1024 * 1024, 32)]);
  const { body } = await upload(large, "application/pdf");
  const lookup = await simulator.call("GET", `/meta/v23.0/${body.id}`);
  assert.equal(lookup.body.file_size, String(large.length));
  const folder = join(simulator.dataDir, "simulator-media");
  const before = readdirSync(folder).length;
  const { port } = new URL(simulator.url);
  const socket = connect(Number(port), "127.0.0.1");
  const part =
    '--x\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\ncontent-type: application/pdf\r\n\r\n%PDF';
  socket.write(
    `POST /meta/v23.0/${testNumber.id}/media HTTP/1.1\r\nhost: x\r\nauthorization: Bearer test-token\r\n` +
      `content-type: multipart/form-data; boundary=x\r\ncontent-length: 1000000\r\n\r\n${part}${"x".repeat(70_000)}`,
  );
  await until(() => readdirSync(folder).length === before + 1);
  socket.destroy();
  await until(() => readdirSync(folder).length === before);
});

test("an image sent as a document is accepted and then fails with 131053", async () => {
  const { body } = await upload(png, "image/png");
  const sent = await simulator.send("573001112233", invoice({ id: body.id }));
  const id = sent.body.messages[0].id;
  const status = await until(() => simulator.statuses(id)[0]);
  assert.equal(status.errors?.[0]?.code, 131053);
});

test("a linked file is fetched after acceptance, redirects followed, once in ten minutes", async () => {
  for (let round = 0; round < 2; round++) {
    const link = `${filesUrl}/moved.pdf`;
    const sent = await simulator.send("573001112244", invoice({ link, filename: "f.pdf" }));
    const id = sent.body.messages[0].id;
    await until(() => simulator.statuses(id).length === 3);
  }
  assert.equal(fetched, 2);
  const list = await simulator.call("GET", "/sim/messages?to=573001112244");
  assert.equal(list.body.length, 2);
  assert.equal(list.body[0].media.bytes, pdf.length);
});

for (const [path, details] of [
  [
    "/forbidden.pdf",
    "Downloading media from weblink failed with http code 403, status message Forbidden",
  ],
  ["/lies.pdf", /does not match/],
] as const) {
  test(`the link ${path} is accepted and then fails with 131053`, async () => {
    const sent = await simulator.send("573001112255", invoice({ link: filesUrl + path }));
    const id = sent.body.messages[0].id;
    const [error] = (await until(() => simulator.statuses(id)[0])).errors ?? [];
    assert.equal(error?.code, 131053);
    if (typeof details === "string") assert.equal(error?.error_data.details, details);
    else assert.match(error?.error_data.details ?? "", details);
    assert.deepEqual((await simulator.call("GET", "/sim/messages?to=573001112255")).body, []);
  });
}
