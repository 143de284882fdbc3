import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { pino } from "pino";
import { createResetLane } from "../../accounts/forgotten-passwords.ts";
import { sweepSessions } from "../../accounts/sessions.ts";
import { updateUser } from "../../accounts/users.ts";
import type { Mail, MailOutcome } from "../../platform/mailer.ts";
import { type BuiltAccount, buildAccount } from "../../testkit/build-account.ts";
import {
  type ConsoleServer,
  startConsoleServer,
  type Visitor,
} from "../../testkit/console-server.ts";

const MINUTE_MS = 60_000;

let server: ConsoleServer;
let account: BuiltAccount;
let ana: Visitor;
/** Mails that were handed to the mail server, each with its secret. */
let mails: (Mail & { secret: string })[] = [];
let outcome: MailOutcome = { kind: "sent" };
const lines: string[] = [];

before(async () => {
  server = await startConsoleServer();
  server.standStill();
  account = await buildAccount(server.database.pool);
});
beforeEach(async () => {
  mails = [];
  outcome = { kind: "sent" };
  await server.database.pool.query("delete from sign_in_tries");
  await server.database.pool.query("delete from password_resets");
  await server.database.pool.query("update users set email = null");
  ana = await server.enter({
    ...{ accountId: account.accountId, role: "agent", email: "Ana@example.com" },
  });
});
after(() => server.close());

const ask = (login: string) => server.visit().call("POST", "/password-resets", { body: { login } });
const take = (secret: string, password = "una frase que recuerdo") =>
  server.visit().call("POST", "/links/take", { body: { one_time_link: secret, password } });

/** One look of a worker. */
async function look(): Promise<void> {
  const secrets = new Map<string, string>();
  const lane = createResetLane({
    ...server.deps,
    logger: pino({}, { write: (line: string) => void lines.push(line) }),
    intervalMs: 2_000_000_000,
    mailer: {
      async send(mail) {
        if (outcome.kind === "sent") {
          mails.push({ ...mail, secret: secrets.get(mail.text) ?? "" });
        }
        return outcome;
      },
      close: () => {},
    },
    formatMail(person, { secret }) {
      const text = `${person.login} of ${person.accountName}: ${secret}`;
      secrets.set(text, secret);
      return { subject: "s", text };
    },
  });
  lane.start();
  await lane.stop();
}

const waiting = async () =>
  (await server.database.pool.query("select login, answered, attempts from password_resets")).rows;

describe("a forgotten password", () => {
  test("is chosen anew by the link in a mail, once; every session ends and the second factor stays", async () => {
    assert.equal((await ask(" ANA@EXAMPLE.com ")).status, 202);
    assert.equal(mails.length, 0, "nothing is mailed before the answer");
    await look();
    const [mail] = mails;
    assert.equal(mail?.to, "Ana@example.com");
    assert.match(mail?.secret ?? "", /^[\w-]{43}$/u);
    assert.deepEqual(await waiting(), []);
    await server.database.pool.query(
      `insert into second_factors (account_id, user_id, secret, last_step, created_at, confirmed_at)
       values ($1, $2, '\\x00', 0, now(), now())`,
      [ana.accountId, ana.userId],
    );
    const body = { one_time_link: mail?.secret };
    const seen = await server.visit().call("POST", "/links/look", { body });
    assert.deepEqual([seen.json.kind, seen.json.login], ["reset", ana.login], seen.text);
    const several = await Promise.all(
      Array.from({ length: 5 }, (_, index) => take(mail?.secret ?? "", `frase número ${index}!`)),
    );
    assert.deepEqual(several.map(({ status }) => status).toSorted(), [200, 410, 410, 410, 410]);
    assert.equal((await ana.call("GET", "/session")).json.state, "signed_out");
    assert.equal((await server.visit().signIn(ana.login, ana.password)).status, 401);
    const chosen = several.findIndex(({ status }) => status === 200);
    const entered = await server.visit().signIn(ana.login, `frase número ${chosen}!`);
    assert.equal(entered.json.state, "second_factor", entered.text);
    const { rows } = await server.database.pool.query(
      "select action, status from audit where target_id = $1 order by id",
      [ana.userId],
    );
    const actions = rows.map(({ action, status }) => `${action} ${status}`);
    assert.ok(actions.includes("POST /console/api/password-resets 202"), actions.join());
    assert.ok(actions.includes("POST /console/api/links/take 200"));
  });

  test("is worth half an hour", async () => {
    await ask(ana.login);
    await look();
    server.pass(31 * MINUTE_MS);
    assert.equal((await take(mails[0]?.secret ?? "")).json.code, "link_gone");
  });

  test("is answered alike and stored alike for nobody, for who has no address, and for who is shut out", async () => {
    const eva = await server.enter({ accountId: account.accountId, role: "agent" });
    const off = await server.enter({ accountId: account.accountId, email: "off@example.com" });
    const key = { accountId: off.accountId, id: off.userId };
    await updateUser(server.deps, key as never, { state: "disabled" });
    const answers = [];
    for (const login of [ana.login, eva.login, off.login, "off@example.com", "nobody", "'; --"]) {
      const { status, text, headers } = await ask(login);
      const fixed = [...headers].filter(([name]) => name !== "date");
      answers.push(JSON.stringify([status, text, fixed]));
    }
    assert.equal(new Set(answers).size, 1, answers.join("\n"));
    assert.equal((await waiting()).length, 6);
    await look();
    assert.deepEqual(
      mails.map(({ to }) => to),
      ["Ana@example.com"],
    );
  });

  test("leaves neither what was typed nor a secret in the database or in a log", async () => {
    await ask("mi-contraseña-secreta");
    await ask(ana.login);
    assert.ok(!JSON.stringify(await waiting()).includes("secreta"));
    const sealed = (await waiting()).map(({ login }) => login.toString("latin1")).join();
    assert.ok(!sealed.includes("secreta") && !sealed.includes(ana.login));
    await look();
    const secret = mails[0]?.secret ?? "";
    const { rows } = await server.database.pool.query("select hash::text from one_time_links");
    assert.ok(secret !== "" && !JSON.stringify(rows).includes(secret));
    assert.ok(lines.length > 0 && !lines.join("\n").includes(secret));
    const { rows: audit } = await server.database.pool.query("select * from audit");
    assert.ok(!JSON.stringify(audit, (_key, value) => String(value)).includes(secret));
  });

  test("may be asked for a few times only, for a login, for a person and from an address", async () => {
    const statuses: number[] = [];
    for (let time = 0; time < 5; time += 1) statuses.push((await ask("nobody")).status);
    assert.deepEqual(statuses, [202, 202, 202, 429, 429]);
    for (const login of [ana.login, "ana@example.com", ana.login, "ana@example.com"]) {
      assert.equal((await ask(login)).status, 202);
    }
    await look();
    assert.equal(mails.length, 3, "one mailbox, by whatever name");
    await server.database.pool.query("delete from sign_in_tries");
    let refused = 0;
    for (let other = 0; other < 25; other += 1) {
      if ((await ask(`other-${other}`)).status === 429) refused += 1;
    }
    assert.ok(refused >= 5);
    assert.equal((await server.visit().signIn(ana.login, ana.password)).status, 200);
  });

  test("puts out an earlier one of its kind, and no link of an administrator", async () => {
    const owner = await server.enter({ accountId: account.accountId, role: "owner" });
    const made = await owner.call("POST", `/people/${ana.userId}/link`);
    await ask(ana.login);
    await look();
    await ask("ana@example.com");
    await look();
    assert.equal(mails.length, 2);
    const body = { one_time_link: made.json.one_time_link };
    assert.equal((await server.visit().call("POST", "/links/look", { body })).status, 200);
    assert.equal((await take(mails[0]?.secret ?? "")).status, 410);
    assert.equal((await take(mails[1]?.secret ?? "")).status, 200);
    assert.equal((await server.visit().call("POST", "/links/look", { body })).status, 410);
  });

  test("is mailed when the mail server is back, to each person once, and given up when nobody waits any more", async () => {
    const other = await buildAccount(server.database.pool);
    const twin = { accountId: other.accountId, email: "ANA@example.com" };
    await server.enter(twin);
    await ask("ana@example.com");
    outcome = { kind: "failed", why: "greylisted" };
    await look();
    assert.equal((await waiting())[0].attempts, 1);
    await look();
    assert.equal((await waiting())[0].attempts, 1, "not before its time");
    outcome = { kind: "sent" };
    server.pass(MINUTE_MS);
    await look();
    assert.equal(mails.length, 2);
    assert.deepEqual(await waiting(), []);
    await ask("ana@example.com");
    outcome = { kind: "failed", why: "away" };
    await look();
    server.pass(31 * MINUTE_MS);
    outcome = { kind: "sent" };
    await look();
    assert.equal(mails.length, 2);
    assert.deepEqual(await waiting(), []);
  });

  test("asked for by what no login can be is nobody's, and keeps no other from an answer", async () => {
    for (const login of ["\0", "a\0b", "\ud800", "%", "\\"]) {
      assert.equal((await ask(login)).status, 202);
    }
    await ask(ana.login);
    await look();
    assert.equal(mails.length, 1);
    assert.deepEqual(await waiting(), []);
  });

  test("is forgotten when no worker can answer it", async () => {
    await ask("nobody");
    server.pass(25 * 60 * MINUTE_MS);
    assert.equal((await sweepSessions(server.deps)).resets, 1);
  });
});

test("a server that sends no mail says so before anybody waits for one", async () => {
  const state = (await server.visit().call("GET", "/session")).json;
  assert.deepEqual(state, { state: "signed_out", sends_mail: true });
  server.deps.sendsMail = false;
  try {
    assert.equal((await server.visit().call("GET", "/session")).json.sends_mail, false);
    const refused = await ask(ana.login);
    assert.deepEqual([refused.status, refused.json.code], [409, "conflict"]);
    assert.deepEqual(await waiting(), []);
  } finally {
    server.deps.sendsMail = true;
  }
});
