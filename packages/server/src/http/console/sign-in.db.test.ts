import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { Secret, TOTP } from "otpauth";
import { updateAccount } from "../../accounts/accounts.ts";
import { type BuiltAccount, buildAccount } from "../../testkit/build-account.ts";
import {
  type ConsoleServer,
  startConsoleServer,
  type Visitor,
} from "../../testkit/console-server.ts";

const HOUR_MS = 3_600_000;

let server: ConsoleServer;
let account: BuiltAccount;
let ana: Visitor;

before(async () => {
  server = await startConsoleServer();
  // How long a wrong guess waits, and which code an app shows, must not hang on how fast passwords are hashed here.
  server.standStill();
  account = await buildAccount(server.database.pool);
});
beforeEach(async () => {
  await server.database.pool.query("delete from sign_in_tries");
  ana = await server.enter({ accountId: account.accountId, role: "agent" });
});
after(() => server.close());

describe("signing in", () => {
  test("gives a cookie that no script reads and no other site sends, and says who it is", async () => {
    const answer = await server.visit().signIn(ana.login.toUpperCase(), ana.password);
    assert.equal(answer.status, 200, answer.text);
    const cookie = answer.headers.get("set-cookie") ?? "";
    assert.match(
      cookie,
      /^recado_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=2592000$/u,
    );
    assert.equal(answer.headers.get("cache-control"), "no-store");
    assert.equal(answer.json.person.login, ana.login);
    const permissions = ["inbox.read", "inbox.reply", "inbox.assign", "contacts.write"];
    assert.deepEqual(answer.json.person.permissions, [...permissions, "messages.send"]);
    assert.equal((await ana.call("GET", "/session")).json.account.id, account.accountId);
  });

  test("takes the e-mail address as well, whatever its case, and of who had it first", async () => {
    const { accountId } = account;
    const eva = await server.enter({ accountId, role: "agent", email: "Eva@example.com" });
    const other = await buildAccount(server.database.pool);
    for (let twin = 0; twin < 6; twin += 1) {
      await server.enter({ accountId: other.accountId, email: "eva@example.com" });
    }
    const answer = await server.visit().signIn(" eVa@EXAMPLE.com ", eva.password);
    assert.equal(answer.json.person?.id, eva.userId, answer.text);
  });

  test("answers an unknown login, a wrong password, a disabled person and a disabled account alike", async () => {
    const unknown = await server.visit().signIn("nobody-at-all", "x");
    assert.equal(unknown.status, 401);
    assert.equal(unknown.json.code, "sign_in_failed");
    assert.equal((await server.visit().signIn(ana.login, "x")).text, unknown.text);
    const other = await buildAccount(server.database.pool);
    const leo = await server.enter({ accountId: other.accountId });
    await updateAccount(server.deps, other.accountId, { state: "disabled" });
    assert.equal((await leo.call("GET", "/me/sessions")).status, 401);
    assert.equal((await server.visit().signIn(leo.login, leo.password)).text, unknown.text);
    const set = "update users set state = 'disabled' where id = $1";
    await server.database.pool.query(set, [ana.userId]);
    assert.equal((await server.visit().signIn(ana.login, ana.password)).text, unknown.text);
  });

  test("an account's people have an account's login in common with the manual's API, which has no password: it opens nothing", async () => {
    assert.equal((await server.visit().signIn(account.login, "")).status, 400);
    assert.equal((await server.visit().signIn(account.login, account.token)).status, 401);
  });

  test("of many guesses at once a few are tried, through whatever process they come, and the owner gets in soon after", async () => {
    const guesses = Array.from({ length: 20 }, (_, index) =>
      server.visit().signIn(ana.login, `guess-${index}`),
    );
    const statuses = (await Promise.all(guesses)).map(({ status }) => status);
    assert.equal(statuses.filter((status) => status === 401).length, 5);
    assert.equal(statuses.filter((status) => status === 429).length, 15);
    const slowed = await server.visit().signIn(ana.login, ana.password);
    assert.equal(slowed.status, 429);
    assert.ok(Number(slowed.headers.get("retry-after")) >= 1);
    server.pass(61_000);
    assert.equal((await server.visit().signIn(ana.login, ana.password)).status, 200);
  });

  test("an address that tries many logins waits, whatever it knows of one of them", async () => {
    const { rowCount } = await server.database.pool.query("delete from sign_in_tries");
    assert.notEqual(rowCount, null);
    for (let guess = 0; guess < 30; guess += 1) {
      assert.equal((await server.visit().signIn(`nobody-${guess}`, "x")).status, 401);
    }
    assert.equal((await server.visit().signIn(ana.login, ana.password)).status, 429);
    server.pass(2_000);
    assert.equal((await server.visit().signIn(ana.login, ana.password)).status, 200);
    assert.equal((await server.visit().signIn("nobody-31", "x")).status, 401);
    assert.equal((await server.visit().signIn(ana.login, ana.password)).status, 429);
    server.pass(2 * HOUR_MS);
  });

  test("passwords that are typed where logins go are kept nowhere", async () => {
    await server.visit().signIn("mi-contraseña-secreta", "x");
    const { rows } = await server.database.pool.query("select * from sign_in_tries");
    assert.ok(rows.length > 0);
    assert.ok(!JSON.stringify(rows).includes("secreta"));
  });
});

describe("a second factor", () => {
  /** Turns it on; `code` makes codes of the app, by the server's clock and so many steps later. */
  async function turnOn(visitor: Visitor) {
    const begun = await visitor.call("POST", "/me/second-factor", {
      body: { current_password: visitor.password },
    });
    assert.equal(begun.status, 201, begun.text);
    assert.match(begun.json.otp_uri, /^otpauth:\/\/totp\/Recado/u);
    const totp = new TOTP({ secret: Secret.fromBase32(begun.json.otp_secret) });
    const code = (steps = 0) =>
      totp.generate({ timestamp: server.deps.clock.now() + steps * 30_000 });
    const confirmed = await give(visitor, "/me/second-factor/confirm", code());
    assert.equal(confirmed.status, 200, confirmed.text);
    const recovery: string[] = confirmed.json.recovery_codes;
    server.pass(60_000);
    return { code, recovery };
  }

  function give(visitor: Visitor, path: string, code: string) {
    return visitor.call("POST", path, { body: { one_time_code: code } });
  }

  test("is not asked for until a code of it was shown", async () => {
    const body = { current_password: ana.password };
    assert.equal((await ana.call("POST", "/me/second-factor", { body })).status, 201);
    const answer = await server.visit().signIn(ana.login, ana.password);
    assert.equal(answer.json.state, "signed_in");
    assert.equal((await give(ana, "/me/second-factor/confirm", "000000")).status, 401);
  });

  test("stands between the password and everything else, and its code works once", async () => {
    const { code } = await turnOn(ana);
    const visitor = server.visit();
    assert.deepEqual((await visitor.signIn(ana.login, ana.password)).json, {
      state: "second_factor",
      sends_mail: true,
    });
    assert.equal((await visitor.call("GET", "/me/sessions")).status, 401);
    assert.equal((await visitor.callAny("GET", "/v1/messages")).status, 401);
    const half = visitor.cookie;
    const used = code();
    const [one, other] = await Promise.all([
      give(visitor, "/sign-in/code", used),
      give(server.visit(half), "/sign-in/code", used),
    ]);
    assert.deepEqual([one.status, other.status].sort(), [200, 401]);
    const later = server.visit();
    await later.signIn(ana.login, ana.password);
    assert.equal((await give(later, "/sign-in/code", used)).json.code, "sign_in_failed");
    assert.equal((await give(server.visit(half), "/sign-in/code", code(1))).status, 401);
    server.pass(30_000);
    assert.equal((await give(later, "/sign-in/code", code())).json.state, "signed_in");
  });

  test("a code of a moment ago is taken, an older one is not", async () => {
    const { code } = await turnOn(ana);
    server.pass(300_000);
    const visitor = server.visit();
    await visitor.signIn(ana.login, ana.password);
    assert.equal((await give(visitor, "/sign-in/code", code(-3))).status, 401);
    assert.equal((await give(visitor, "/sign-in/code", code(-1))).status, 200);
  });

  test("a recovery code stands in for it, once, however it is written", async () => {
    const { recovery } = await turnOn(ana);
    assert.equal(new Set(recovery).size, 10);
    const [first = ""] = recovery;
    const visitor = server.visit();
    await visitor.signIn(ana.login, ana.password);
    const answer = await give(visitor, "/sign-in/code", first.toLowerCase().replaceAll("-", " "));
    assert.equal(answer.json.state, "signed_in", answer.text);
    const again = server.visit();
    await again.signIn(ana.login, ana.password);
    assert.equal((await give(again, "/sign-in/code", first)).status, 401);
    const eva = await server.enter({ accountId: account.accountId });
    await turnOn(eva);
    const half = server.visit();
    await half.signIn(eva.login, eva.password);
    assert.equal((await give(half, "/sign-in/code", recovery[1] ?? "")).status, 401);
  });

  test("guessing codes is slowed for all sessions of the person together, and knowing the password does not start it anew", async () => {
    const { code } = await turnOn(ana);
    const statuses: number[] = [];
    for (let guess = 0; guess < 8; guess += 1) {
      const visitor = server.visit();
      await visitor.signIn(ana.login, ana.password);
      statuses.push((await give(visitor, "/sign-in/code", "000000")).status);
    }
    assert.deepEqual(statuses, [401, 401, 401, 401, 401, 429, 429, 429]);
    const signedIn = { current_password: ana.password, one_time_code: "000000" };
    const end = await ana.call("POST", "/me/second-factor/end", { body: signedIn });
    assert.equal(end.status, 429);
    server.pass(20 * 60_000);
    const visitor = server.visit();
    await visitor.signIn(ana.login, ana.password);
    assert.equal((await give(visitor, "/sign-in/code", code())).status, 200);
  });

  test("is ended, and its recovery codes renewed, by the password and a code together", async () => {
    const { code, recovery } = await turnOn(ana);
    const wrong = { current_password: "x", one_time_code: code() };
    assert.equal((await ana.call("POST", "/me/second-factor/end", { body: wrong })).status, 401);
    const right = { current_password: ana.password, one_time_code: code() };
    const renewed = await ana.call("POST", "/me/recovery-codes", { body: right });
    assert.equal(renewed.json.recovery_codes.length, 10, renewed.text);
    const old = { current_password: ana.password, one_time_code: recovery[0] };
    assert.equal((await ana.call("POST", "/me/second-factor/end", { body: old })).status, 401);
    const fresh = { ...old, one_time_code: renewed.json.recovery_codes[0] };
    assert.equal((await ana.call("POST", "/me/second-factor/end", { body: fresh })).status, 204);
    const answer = await server.visit().signIn(ana.login, ana.password);
    assert.equal(answer.json.state, "signed_in");
  });

  test("its secret lies sealed in the database, and codes and cookies lie there hashed", async () => {
    const { recovery } = await turnOn(ana);
    const { rows } = await server.database.pool.query(
      `select encode(f.secret, 'escape') as secret, encode(r.hash, 'hex') as hash,
         encode(s.hash, 'hex') as cookie from second_factors f
       join recovery_codes r using (account_id, user_id) join sessions s using (account_id, user_id)`,
    );
    assert.ok(rows.length > 0);
    const kept = JSON.stringify(rows);
    for (const secret of [...recovery, ana.cookie]) assert.ok(!kept.includes(secret));
  });
});

describe("my own", () => {
  test("a new password needs the old one, and ends every session but this one", async () => {
    const other = server.visit();
    await other.signIn(ana.login, ana.password);
    const wrong = { current_password: "x", new_password: "otra-contraseña" };
    assert.equal((await ana.call("POST", "/me/password", { body: wrong })).status, 401);
    const short = { current_password: ana.password, new_password: "corta" };
    assert.equal((await ana.call("POST", "/me/password", { body: short })).status, 400);
    assert.equal((await other.call("GET", "/me/sessions")).status, 200);
    const right = { ...short, new_password: "otra-contraseña" };
    assert.equal((await ana.call("POST", "/me/password", { body: right })).status, 204);
    assert.equal((await other.call("GET", "/me/sessions")).status, 401);
    assert.equal((await ana.call("GET", "/me/sessions")).status, 200);
    assert.equal((await server.visit().signIn(ana.login, ana.password)).status, 401);
    assert.equal((await server.visit().signIn(ana.login, "otra-contraseña")).status, 200);
  });

  test("an open browser is not enough to guess the password", async () => {
    const body = { current_password: "x", new_password: "otra-contraseña" };
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => ana.call("POST", "/me/password", { body })),
    );
    assert.equal(answers.filter(({ status }) => status === 401).length, 5);
  });

  test("sessions are listed and ended, one or all others; a session of somebody else is none of mine", async () => {
    const other = server.visit();
    await other.signIn(ana.login, ana.password);
    const { json } = await ana.call("GET", "/me/sessions");
    assert.equal(json.items.length, 2);
    const theirs = json.items.find((item: { current: boolean }) => !item.current);
    const eva = await server.enter({ accountId: account.accountId });
    const path = `/me/sessions/${theirs.id}/end`;
    assert.equal((await eva.call("POST", path)).status, 404);
    assert.equal((await ana.call("POST", path)).status, 204);
    assert.equal((await other.call("GET", "/me/sessions")).status, 401);
    await other.signIn(ana.login, ana.password);
    assert.deepEqual((await ana.call("POST", "/me/sessions/end-others")).json, { ended: 1 });
    assert.equal((await eva.call("GET", "/me/sessions")).status, 200);
  });

  test("language and colours stay with the person, in every browser", async () => {
    const body = { locale: "en", theme: "dark" };
    assert.equal((await ana.call("PATCH", "/me/preferences", { body })).json.person.theme, "dark");
    const clear = await ana.call("PATCH", "/me/preferences", { body: { theme: null } });
    assert.deepEqual([clear.json.person.locale, clear.json.person.theme], ["en", null]);
    const answer = await server.visit().signIn(ana.login, ana.password);
    assert.equal(answer.json.person.locale, "en");
    const renamed = await ana.call("PATCH", "/me", { body: { name: " Ana María " } });
    assert.equal(renamed.json.person.name, "Ana María");
  });

  test("signing out takes the cookie away and ends the session for whoever copied it", async () => {
    const copy = server.visit(ana.cookie);
    const answer = await ana.call("POST", "/sign-out");
    assert.equal(answer.status, 204);
    assert.match(answer.headers.get("set-cookie") ?? "", /^recado_session=; .*Max-Age=0/u);
    assert.equal((await copy.call("GET", "/session")).json.state, "signed_out");
  });
});
