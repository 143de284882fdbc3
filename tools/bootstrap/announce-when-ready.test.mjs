import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { announceWhenReady, formatAnnouncement, serverAddress } from "./announce-when-ready.mjs";

const folder = mkdtempSync(join(tmpdir(), "recado-announce-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const template = (id_template, more) => ({
  id_template,
  category: "utility",
  status: "approved",
  variables: 0,
  header: null,
  ...more,
});
const demo = {
  baseUrl: "http://127.0.0.1:8080",
  simulatorUrl: "http://127.0.0.1:8090",
  consoleUrl: "http://127.0.0.1:8080/console",
  login: "demo",
  token: "it's-a-token",
  templates: [
    template(1, { header: "document", variables: 1 }),
    template(2, { status: "paused", variables: 1 }),
    template(3),
    template(4, { variables: 2 }),
  ],
};

test("the curl line, pasted into a shell, asks for an approved template that needs no file", () => {
  const block = formatAnnouncement(demo);
  const curl = block.slice(block.indexOf("curl"), block.indexOf("Ctrl-C")).trim();
  const script = `curl() { printf '%s\\n' "$@"; }\n${curl}`;
  const words = execFileSync("sh", ["-c", script], { encoding: "utf8" }).trim().split("\n");
  assert.deepEqual(
    words.filter((word) => word !== "--data-urlencode"),
    [
      "http://127.0.0.1:8080/bot/chat_wa/ws/send/",
      "login=demo",
      "token=it's-a-token",
      "mobile=573001234567",
      "id_template=4",
      "template_variables=[Carlos] [$100]",
    ],
  );
});

test("the address is one that this machine can reach", () => {
  const cases = [
    [{}, "http://127.0.0.1:8080"],
    [{ HOST: "0.0.0.0", PORT: "81" }, "http://127.0.0.1:81"],
    [{ HOST: "::" }, "http://[::1]:8080"],
    [{ HOST: "::1" }, "http://[::1]:8080"],
    [{ HOST: "10.0.0.1" }, "http://10.0.0.1:8080"],
    [{ PORT: "0" }, null],
  ];
  for (const [env, address] of cases) assert.equal(serverAddress(env), address);
});

test("nothing is printed before the server is ready", async () => {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked++;
    response.writeHead(asked < 3 ? 503 : 200).end();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  writeFileSync(join(folder, "demo.json"), JSON.stringify(demo));
  const said = [];
  const env = { PORT: String(server.address().port), DATA_DIR: folder };
  const stop = new AbortController().signal;
  await announceWhenReady(folder, { env, stop, say: (text) => said.push([asked, text]) });
  server.close();
  assert.deepEqual(said, [[3, formatAnnouncement(demo)]]);
});

test("a stop before the server is ready ends the wait", async () => {
  const stop = new AbortController();
  const waiting = announceWhenReady(folder, { env: { PORT: "1" }, stop: stop.signal });
  stop.abort();
  await waiting;
});
