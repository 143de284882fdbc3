import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, test } from "node:test";
import { type BuiltAccount, buildAccount, buildTemplate } from "../../testkit/build-account.ts";
import { startV1Server, type V1Server } from "../../testkit/v1-server.ts";

let server: V1Server;
let sender: BuiltAccount & { api: string };
const MOBILE = "573001234567";
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** What a place of the files' server does with a request. */
const places: Record<string, (request: IncomingMessage, response: ServerResponse) => void> = {
  "/a.png": (_request, response) => response.end(PNG),
  "/part.png": (request, response) => {
    const last = Number(/-(\d+)$/u.exec(request.headers.range ?? "")?.[1] ?? 0);
    response.writeHead(206, { "content-range": `bytes 0-${last}/3000` });
    response.end(Buffer.concat([PNG, Buffer.alloc(3_000)]).subarray(0, last + 1));
  },
  "/huge.png": (_request, response) => {
    response.writeHead(200, { "content-length": String(6 * 1024 * 1024) });
    response.write(PNG);
    response.write(Buffer.alloc(100_000));
  },
  "/endless.png": (_request, response) => {
    response.write(PNG);
    const more = () => response.destroyed || response.write(Buffer.alloc(65_536), more);
    more();
  },
  "/beyond.mp4": (_request, response) => {
    response.writeHead(200, { "content-length": String(200 * 1024 * 1024) });
    response.write("x");
  },
  "/page.pdf": (_request, response) => response.end("<!doctype html><html><body>no</body></html>"),
  "/word.docx": (_request, response) => response.end("PK\u0003\u0004 and so on"),
  "/missing.pdf": (_request, response) => response.writeHead(404).end(),
  "/empty.pdf": (_request, response) => response.end(),
  "/inward.pdf": (_request, response) =>
    response.writeHead(302, { location: "http://10.0.0.1/secret.pdf" }).end(),
};
const asked: IncomingMessage[] = [];
const files = createServer((request, response) => {
  asked.push(request);
  const serve = places[request.url ?? ""];
  if (serve) serve(request, response);
  else response.destroy();
});
let base = "";

before(async () => {
  server = await startV1Server();
  const account = await buildAccount(server.database.pool);
  sender = { ...account, api: await server.token({ accountId: account.accountId }) };
  await new Promise<void>((resolve) => files.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(files.address() as AddressInfo).port}`;
});
after(async () => {
  files.closeAllConnections();
  await new Promise((resolve) => files.close(resolve));
  await server.close();
});

async function run(body: object) {
  const answer = await server.call("POST", "/messages/dry-run", {
    token: sender.api,
    body: { mobile: MOBILE, ...body },
  });
  assert.equal(answer.status, 200, answer.text);
  return answer.json;
}

function codesOf(json: { warnings: { code: string }[] }): string[] {
  return json.warnings.map(({ code }) => code).filter((code) => code !== "outside_window");
}

describe("a dry run looks at the file behind an address", () => {
  test("by its first bytes, and tells its type and size", async () => {
    const image = { template: { id: sender.templates.image } };
    const whole = await run({ ...image, media: { url: `${base}/a.png` } });
    assert.deepEqual(whole.media, { reachable: true, type: "png", bytes: PNG.length });
    assert.deepEqual(codesOf(whole), []);
    const part = await run({ ...image, media: { url: `${base}/part.png` } });
    assert.deepEqual(part.media, { reachable: true, type: "png", bytes: 3_000 });
    const endless = await run({ ...image, media: { url: `${base}/endless.png` } });
    assert.deepEqual(endless.media, { reachable: true, type: "png", bytes: null });
    const word = await run({ text: "x", media: { url: `${base}/word.docx` } });
    assert.deepEqual([word.media.type, codesOf(word)], ["zip", []]);
  });

  test("and warns of what would fail when it leaves", async () => {
    const image = { id: sender.templates.image };
    const cases: [path: string, body: object, code: string][] = [
      ["/missing.pdf", { text: "x" }, "media_unreachable"],
      ["/nowhere.pdf", { text: "x" }, "media_unreachable"],
      ["/inward.pdf", { text: "x" }, "media_unreachable"],
      ["/page.pdf", { text: "x" }, "media_wrong_type"],
      ["/empty.pdf", { text: "x" }, "media_wrong_type"],
      ["/word.docx", { template: image }, "media_wrong_type"],
      ["/huge.png", { template: image }, "media_too_large"],
      ["/beyond.mp4", { text: "x" }, "media_too_large"],
    ];
    for (const [path, body, code] of cases) {
      const json = await run({ ...body, media: { url: base + path } });
      assert.deepEqual([json.acceptable, codesOf(json)], [true, [code]], path);
    }
  });

  test("without anything of the caller's or of ours going along", () => {
    assert.ok(asked.length > 5);
    for (const { headers, method } of asked) {
      assert.equal(method, "GET");
      const own = ["accept", "accept-encoding", "connection", "host", "range", "user-agent"];
      assert.deepEqual(Object.keys(headers).sort(), own);
    }
  });

  test("and never one inside the platform's own network", async () => {
    for (const url of ["http://10.0.0.1/a.png", "http://[::1]/a.png", "http://169.254.169.254/"]) {
      const json = await run({ text: "x", media: { url } });
      assert.deepEqual([json.problem.code, json.media], ["media_invalid", null]);
    }
  });

  test("and at one that is here already by what is known of it", async () => {
    const media = { base64: PNG.toString("base64") };
    const json = await run({ template: { id: sender.templates.image }, media });
    assert.deepEqual(json.media, { reachable: true, type: "png", bytes: PNG.length });
  });
});

describe("a dry run", () => {
  test("knows the person's window by the last message on that number", async () => {
    const { accountId, projectId, channelId } = sender;
    const now = server.deps.clock.now();
    const insert = (mobile: string, channel: string, at: number) =>
      server.database.pool.query(
        `insert into messages (account_id, id, direction, project_id, channel_id, mobile, category, kind,
           source, status, accepted_at)
         values ($1, $2, 'in', $3, $4, $5, 'service', 'text', 'whatsapp', 'received', $6)`,
        [accountId, server.deps.ids.next(at), projectId, channel, mobile, new Date(at)],
      );
    const hour = 3_600_000;
    await insert("573001110001", channelId, now - hour);
    await insert("573001110002", channelId, now - 25 * hour);
    await insert("573001110003", "019abcde-0000-7000-8000-000000000000", now - hour);
    const open = await run({ mobile: "573001110001", text: "hola" });
    assert.deepEqual(open.window, {
      open: true,
      last_message_at: new Date(now - hour).toISOString(),
      closes_at: new Date(now + 23 * hour).toISOString(),
    });
    assert.deepEqual(open.warnings, []);
    for (const mobile of ["573001110002", "573001110003", "573001110004"]) {
      const shut = await run({ mobile, interactive: { type: "location_request", body: "¿?" } });
      assert.equal(shut.window.open, false);
      assert.deepEqual(
        shut.warnings.map(({ code }: { code: string }) => code),
        ["outside_window"],
      );
    }
    const later = new Date(now + 23.5 * hour).toISOString();
    const scheduled = await run({ mobile: "573001110001", text: "hola", send_at: later });
    assert.equal(scheduled.window.open, false);
  });

  test("names the missing variable, the paused template, the repeat and the cap, and leaves no trace", async () => {
    const account = await buildAccount(server.database.pool, { marketingMax: 1 });
    const api = await server.token({ accountId: account.accountId });
    const own = async (body: object, path = "/messages/dry-run") => {
      const whole = { mobile: MOBILE, ...body };
      return (await server.call("POST", path, { token: api, body: whole })).json;
    };
    await buildTemplate(server.database.pool, account, {
      name: "named",
      definition: { body: "Hola {{nombre}}, {{dia}}", parameterFormat: "named" },
    });
    const named = { template: { id: account.templates.named }, variables: { nombre: "Ana" } };
    assert.deepEqual((await own(named)).problem.errors, [
      { path: "variables.dia", message: "is missing" },
    ]);
    const paused = await own({ template: { id: account.templates.paused } });
    assert.equal(paused.problem.code, "template_not_approved");
    assert.match(paused.problem.detail, /paused is paused/u);
    const plain = { template: { id: account.templates.plain } };
    assert.equal((await own(plain)).acceptable, true);
    assert.equal((await own(plain)).acceptable, true, "a dry run was remembered");
    await own(plain, "/messages");
    assert.equal((await own(plain)).problem.code, "repeated_message");
    const promo = (name: string) => ({
      template: { id: account.templates.promo },
      variables: [name],
    });
    assert.deepEqual(codesOf(await own(promo("a"))), ["marketing_last"]);
    await own(promo("a"), "/messages");
    assert.equal((await own(promo("b"))).problem.code, "marketing_limit");
    const { rows } = await server.database.pool.query(
      "select count(*)::int as n from messages where account_id = $1",
      [account.accountId],
    );
    assert.equal(rows[0].n, 2);
  });
});
