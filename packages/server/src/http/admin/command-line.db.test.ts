import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { type AdminServer, startAdminServer } from "../../testkit/admin-server.ts";
import { buildAccount } from "../../testkit/build-account.ts";
import { programEnv } from "../../testkit/program-env.ts";

/*
 * The command line as its users run it, a process of its own, against a real server. It stands here and
 * not beside the commands because the command line knows nothing of the server but its address.
 */

const RECADO = fileURLToPath(new URL("../../../../cli/bin/recado.mjs", import.meta.url));

let server: AdminServer;
let receiver: Server;
let folder: string;
const received: string[] = [];

before(async () => {
  server = await startAdminServer();
  folder = await mkdtemp(join(tmpdir(), "recado-cli-"));
  receiver = createServer((request, response) => {
    request.on("data", (chunk) => received.push(String(chunk)));
    request.on("end", () => response.writeHead(200).end("gracias"));
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
});
after(async () => {
  await server.close();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
  await rm(folder, { recursive: true });
});

interface Run {
  env?: Record<string, string>;
  stdin?: string;
}

function recado(args: string[], run: Run = {}) {
  const own = { RECADO_URL: server.url, RECADO_TOKEN: server.token };
  const env = { ...programEnv(), ...own, ...run.env };
  const child = spawn(process.execPath, [RECADO, ...args], { env, cwd: folder });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => {
    output.stdout += String(chunk);
  });
  child.stderr.on("data", (chunk) => {
    output.stderr += String(chunk);
  });
  child.stdin.end(run.stdin ?? "");
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) =>
    child.on("close", (code) => resolve({ code, ...output })),
  );
}

/** Runs a command that must work, and reads what it printed. */
async function json(args: string[], run: Run = {}) {
  const { code, stdout, stderr } = await recado([...args, "--json"], run);
  assert.equal(code, 0, `${args.join(" ")}: ${stderr}${stdout}`);
  return JSON.parse(stdout);
}

describe("recado", () => {
  test("secrets come by standard input, file or variable, and each to its place", async () => {
    const account = await json(["account", "create", "Con secretos"]);
    const file = join(folder, "secret.txt");
    await writeFile(file, "from-a-file\nand not this\n");
    const add = ["channel", "add", account.id, "--number-id"];
    const rest = ["--business-id", "2077", "--access-token", "-"];
    const made = await json(
      [
        ...add,
        "551",
        "--number",
        "573005202051",
        ...rest,
        "--app-secret",
        "-",
        "--verify-token",
        "-",
      ],
      { stdin: "first-line\r\nsecond-line\nthird-line" },
    );
    const fromFile = ["--app-secret", `@${file}`];
    const other = await json([...add, "552", "--number", "573005202052", ...rest, ...fromFile], {
      stdin: "only-line\n",
    });
    const { pool, secretBox } = server.deps;
    for (const [{ channel }, token, secret] of [
      [made, "first-line", "second-line"],
      [other, "only-line", "from-a-file"],
    ]) {
      const { rows } = await pool.query(
        `select c.credentials, a.secrets, a.id from channels c join provider_apps a on a.id = c.app_id
         where c.id = $1`,
        [channel.id],
      );
      const opened = secretBox.open(rows[0].credentials, `channel:${channel.id}`);
      assert.deepEqual(opened, { accessToken: token });
      const app = secretBox.open(rows[0].secrets, `app:${rows[0].id}`) as { appSecret: string };
      assert.equal(app.appSecret, secret);
    }
    for (const [place, why] of [
      ["env:NO_SUCH_VARIABLE", /NO_SUCH_VARIABLE is not set/u],
      ["@/no/such/file", /cannot be read/u],
    ] as const) {
      const args = [...add, "553", "--number", "573005202053", ...rest, "--app-secret", place];
      const { code, stderr } = await recado(args, { stdin: "line\n" });
      assert.equal(code, 1);
      assert.match(stderr, why);
    }
  });

  test("takes a customer from nothing to all that a message needs", async () => {
    const book = await json(["price-book", "create", "Lista 2026"]);
    const prices = ["--country", "CO", "--category", "utility", "--amount", "125.5"];
    assert.equal((await json(["price", "set", book.id, ...prices])).amount, "125.50");
    const account = await json(["account", "create", "El Tornillo", "--price-book", book.id]);
    assert.equal(account.priceBookId, book.id);
    const user = await json(["user", "create", account.id, "tornillo"]);
    const channel = await json(
      [
        ...["channel", "add", account.id, "--number", "573005202020", "--number-id", "1042"],
        ...["--business-id", "2077", "--access-token", "-", "--app-secret", "shhh"],
      ],
      { stdin: "EAAB-from-stdin\n" },
    );
    assert.match(channel.hookUrl, /\/hooks\/meta-cloud\//);
    const { rows } = await server.deps.pool.query(
      "select credentials from channels where id = $1",
      [channel.channel.id],
    );
    const place = `channel:${channel.channel.id}`;
    const sealed = server.deps.secretBox.open(rows[0]?.credentials, place);
    assert.deepEqual(sealed, { accessToken: "EAAB-from-stdin" });
    const settings = ["--channel", channel.channel.id, "--deadline", "marketing=3600"];
    const project = await json(["project", "create", account.id, "Cobranza", ...settings]);
    assert.deepEqual(project.deadlineS, { marketing: 3600 });

    const file = join(folder, "templates.json");
    const body = "Hola {{1}}";
    const definition = {
      header: null,
      body,
      footer: null,
      buttons: [],
      parameterFormat: "positional",
    };
    const template = { name: "aviso", language: "es_CO", category: "utility", definition };
    await writeFile(file, JSON.stringify({ templates: [template] }));
    const report = await json(["template", "import-file", project.id, file]);
    assert.deepEqual(report.inserted, ["aviso"]);
    const listed = await json(["template", "list", project.id]);
    assert.equal(listed.items[0].variables, 1);

    const topup = ["topup", account.id, "500000", "--reference", "banco-1"];
    assert.equal((await json(topup)).balance, "500000.00");
    assert.equal((await json(topup)).repeated, true);
    const token = await json(["token", "create", "ws", "--login", "tornillo"]);
    assert.match(token.token, /^rcd_ws_/);
    assert.equal(token.row.userId, user.id);
    assert.equal((await json(["account", "show", account.id])).balance, "500000.00");
    assert.equal((await json(["ledger", account.id])).items.length, 1);
    assert.equal((await json(["message", "list", account.id])).items.length, 0);
    assert.equal((await json(["wallet", "verify"])).ok, true);
  });

  test("makes, tries, turns over, disables and enables an endpoint", async () => {
    const account = await json(["account", "create", "Webhooks"]);
    const project = await json(["project", "create", account.id, "x"]);
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/recado`;
    const events = ["--event", "failed", "reply", "--header", "X-Shop: 17"];
    const made = await json(["webhook", "add", project.id, url, ...events]);
    assert.match(made.secret, /^whsec_/);
    assert.deepEqual(made.endpoint.events, ["failed", "reply"]);
    const filters = ["--event", "all", "--rate", "5"];
    const updated = await json(["webhook", "update", made.endpoint.id, ...filters]);
    assert.deepEqual([updated.events, updated.ratePerSecond, updated.url], [null, 5, url]);
    const freed = await json(["webhook", "update", made.endpoint.id, "--rate", "none"]);
    assert.equal(freed.ratePerSecond, null);
    const typo = await recado(["webhook", "update", made.endpoint.id, "--template", "sald"]);
    assert.deepEqual([typo.code, /no template sald/u.test(typo.stderr)], [1, true]);
    const tried = await json(["webhook", "test", made.endpoint.id]);
    assert.deepEqual([tried.ok, tried.response], [true, "gracias"]);
    assert.match(received.join(), /"type":"test"/);
    assert.notEqual((await json(["webhook", "rotate", made.endpoint.id])).secret, made.secret);
    assert.equal((await json(["webhook", "disable", made.endpoint.id])).state, "disabled");
    assert.equal((await json(["webhook", "enable", made.endpoint.id])).state, "enabled");
    assert.deepEqual((await json(["webhook", "deliveries", made.endpoint.id])).items, []);
    const span = ["--endpoint", made.endpoint.id, "--since", "2026-01-01"];
    assert.deepEqual(await json(["webhook", "replay", ...span]), { replayed: 0, more: false });
    const inside = await recado(["webhook", "add", project.id, "http://10.0.0.1/"]);
    assert.equal(inside.code, 1);
    assert.match(inside.stderr, /url: /);
  });

  test("caps an account, is told of a low balance, and keeps an opt-out list", async () => {
    const { accountId, projectId } = await buildAccount(server.deps.pool);
    const capped = ["cap", "set", accountId, "--messages", "5", "--amount", "1000.5"];
    const [cap] = await json(capped);
    assert.deepEqual([cap.messagesMax, cap.amountMax, cap.messagesUsed], [5, "1000.50", 0]);
    assert.equal((await json([...capped, "--project", projectId])).length, 2);
    assert.deepEqual((await json(["cap", "set", accountId])).length, 1);
    assert.equal((await json(["cap", "list", accountId]))[0].projectId, projectId);
    assert.deepEqual((await json(["campaign", "list", accountId])).items, []);
    const foreign = await buildAccount(server.deps.pool);
    const wrong = await recado([...capped, "--project", foreign.projectId]);
    assert.match(wrong.stderr, /projectId: is no project of this account/u);

    const add = ["alert", "add", accountId, "--below", "50000", "--email", "ana@example.com"];
    const alert = await json([...add, "--no-webhook"]);
    assert.deepEqual([alert.rearmAt, alert.webhook], ["55000.00", false]);
    assert.equal((await json(["alert", "list", accountId])).length, 1);
    assert.equal((await recado(["alert", "remove", foreign.accountId, alert.id])).code, 1);
    assert.equal((await recado(["alert", "remove", accountId, alert.id])).code, 0);

    const file = join(folder, "bajas.csv");
    await writeFile(file, "celular,nota\n573001234567,pidió\nnadie,\n");
    const report = await json(["opt-out", "import", projectId, file]);
    assert.deepEqual([report.added, report.refused, report.problems[0].line], [1, 1, 3]);
    assert.equal((await json(["opt-out", "add", projectId, "573001234568"])).added, 1);
    const one = ["opt-out", "list", projectId, "--mobile", "573001234567"];
    assert.equal((await json(one)).items[0].note, "pidió");
    assert.equal((await recado(["opt-out", "remove", projectId, "573001234567"])).code, 0);
    assert.deepEqual((await json(one)).items, []);
    const rules = await json([
      "opt-out",
      "rules",
      projectId,
      "--out",
      "BASTA",
      "--out-reply",
      "Ok",
    ]);
    assert.deepEqual([rules.outWords, rules.outReply], [["BASTA"], "Ok"]);
    assert.deepEqual((await json(["opt-out", "rules", projectId])).outWords, ["BASTA"]);
    assert.equal((await json(["opt-out", "rules", projectId, "--reset"])).outReply, null);
  });

  test("prints tables for people, secrets with a warning, and no terminal commands of strangers", async () => {
    const account = await json(["account", "create", "Tablas"]);
    const made = await json(["project", "create", account.id, "x"]);
    await server.deps.pool.query("update projects set name = $2 where id = $1", [
      made.id,
      "malo\u001b[2J\u202e",
    ]);
    const table = await recado(["project", "list", "--account", account.id]);
    assert.match(table.stdout, /^ID +NAME +KIND/);
    assert.equal(table.stdout.includes("\u001b") || table.stdout.includes("\u202e"), false);
    const admin = await recado(["token", "create", "admin"]);
    assert.match(admin.stdout, /rcd_adm_\S{43}\n/);
    assert.match(admin.stdout, /cannot be shown again/);
    assert.equal(admin.stderr, "");
  });

  test("shows a message's life in the order of its events, though WhatsApp's clock has whole seconds", async () => {
    const { pool, ids } = server.deps;
    const built = await buildAccount(pool);
    const id = ids.next(Date.now());
    const home = [built.accountId, id];
    await pool.query(
      `insert into messages (account_id, id, direction, project_id, channel_id, mobile, category, kind,
         source, status, accepted_at)
       values ($1, $2, 'out', $3, $4, '573001110001', 'utility', 'text', 'ws', 'failed', now())`,
      [...home, built.projectId, built.channelId],
    );
    await pool.query(
      `insert into events (account_id, id, seq, kind, message_id, at)
       values ($1, gen_random_uuid(), 2001, 'accepted', $2, '2026-11-22 15:00:00.500Z'),
         ($1, gen_random_uuid(), 2002, 'failed', $2, '2026-11-22 15:00:00Z')`,
      home,
    );
    const shown = await recado(["message", "show", id]);
    assert.match(shown.stdout, /573001110001[\s\S]*event: accepted[\s\S]*event: failed/);
  });

  test("gives out one person's data into a file of its owner's, and asks for its erasure only when sure", async () => {
    const account = await json(["account", "create", "Personas"]);
    const who = ["--mobile", "573001110009"];
    const out = join(folder, "person.json");
    const exported = await json(["person", "export", account.id, ...who, "--out", out]);
    assert.equal(exported.messages, 0);
    assert.equal((await stat(out)).mode & 0o777, 0o600);
    assert.deepEqual(JSON.parse(await readFile(out, "utf8")).addresses, ["573001110009"]);
    const again = await recado(["person", "export", account.id, ...who, "--out", out]);
    assert.deepEqual([again.code, /EEXIST/.test(again.stderr)], [1, true]);
    assert.equal((await json(["person", "export", account.id, ...who])).contacts.length, 0);
    for (const args of [
      ["delete", account.id, ...who],
      ["delete", account.id, "--yes"],
      ["export", account.id, ...who],
    ]) {
      assert.equal((await recado(["person", ...args])).code, 1, args.join(" "));
    }
    const erasure = await json(["person", "delete", account.id, ...who, "--yes", "--no-wait"]);
    assert.equal(erasure.state, "running");
  });

  test("names the next page, and follows it", async () => {
    const account = await json(["account", "create", "Páginas"]);
    for (const name of ["uno", "dos"]) await json(["project", "create", account.id, name]);
    const list = ["project", "list", "--account", account.id, "--limit", "1"];
    const first = await recado(list);
    const [, cursor = ""] = /--cursor (\S+)/.exec(first.stderr) ?? [];
    assert.match(first.stdout, /dos/);
    const second = await recado([...list, "--cursor", cursor]);
    assert.match(second.stdout, /uno/);
    assert.equal(second.stderr, "");
  });

  test("says what the server refused, field by field, with exit code 1", async () => {
    const refused = await recado(["account", "create", "x", "--countries", "XX"]);
    assert.equal(refused.code, 1);
    assert.equal(refused.stdout, "");
    assert.match(refused.stderr, /^recado: .*\n {2}countries\.0: /);
    const missing = await recado(["account", "show", "019abcde-0000-7000-8000-000000000000"]);
    assert.deepEqual([missing.code, missing.stdout], [1, ""]);
    const sick = await recado(["doctor", "--json"]);
    assert.equal(sick.code, JSON.parse(sick.stdout).state === "fail" ? 1 : 0);
  });

  test("exits with 2 and how it is used, when it is not used so", async () => {
    for (const args of [
      ["nonsense"],
      ["account"],
      ["account", "show"],
      ["account", "list", "--limit", "many"],
      ["message", "list", "x", "--since", "yesterday"],
      ["topup", "x", "1"],
      ["account", "list", "--surprise"],
    ]) {
      const wrong = await recado(args);
      assert.equal(wrong.code, 2, args.join(" "));
      assert.equal(wrong.stdout, "", args.join(" "));
      assert.notEqual(wrong.stderr, "", args.join(" "));
    }
    const help = await recado(["--help"], { env: { RECADO_TOKEN: "" } });
    assert.equal(help.code, 0);
    assert.match(help.stdout, /recado topup <account>/);
  });

  test("finds the token that the server left in its folder, and says when there is none", async () => {
    const none = { env: { RECADO_TOKEN: "", DATA_DIR: folder } };
    const lost = await recado(["account", "list"], none);
    assert.equal(lost.code, 1);
    assert.match(lost.stderr, /RECADO_TOKEN/);
    await writeFile(join(folder, "admin-token"), `${server.token}\n`, { mode: 0o600 });
    assert.equal((await recado(["account", "list"], none)).code, 0);
  });

  test("hands what works on the machine itself to the server's own program", async () => {
    const env = { DATABASE_URL: server.database.url, DATA_DIR: join(folder, "own") };
    const migrated = await recado(["migrate"], { env });
    assert.equal(migrated.code, 0, migrated.stdout);
    assert.match(migrated.stdout, /"migrations":\[\]/);
    const made = await recado(["admin-token"], { env: { ...env, LOG_LEVEL: "silent" } });
    const [, token = ""] = /^(rcd_adm_\S+)\n/.exec(made.stdout) ?? [];
    const used = await recado(["account", "list"], { env: { RECADO_TOKEN: token } });
    assert.equal(used.code, 0, made.stdout + used.stderr);
  });

  test("says where it looked when nobody answers, and does not follow a redirection with its token", async () => {
    const dead = await recado(["account", "list"], { env: { RECADO_URL: "http://127.0.0.1:1" } });
    assert.equal(dead.code, 1);
    assert.match(dead.stderr, /127\.0\.0\.1:1 cannot be reached/);
    let asked = 0;
    const elsewhere = createServer((_request, response) => {
      asked += 1;
      response.writeHead(302, { location: `${server.url}/admin/accounts` }).end();
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
    const { port } = elsewhere.address() as AddressInfo;
    const env = { RECADO_URL: `http://127.0.0.1:${port}` };
    assert.equal((await recado(["account", "list"], { env })).code, 1);
    assert.equal(asked, 1);
    await new Promise((resolve) => elsewhere.close(resolve));
  });
});
