import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type BuiltAccount, buildAccount } from "../../testkit/build-account.ts";
import {
  type ConsoleServer,
  startConsoleServer,
  type Visitor,
} from "../../testkit/console-server.ts";

let server: ConsoleServer;
let account: BuiltAccount;
let ana: Visitor;

before(async () => {
  server = await startConsoleServer();
  account = await buildAccount(server.database.pool);
  const { accountId } = account;
  ana = await server.enter({ accountId, role: "agent", email: "Ana@example.com" });
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
    assert.deepEqual(answer.json.person.permissions, [
      "inbox.read",
      "inbox.reply",
      "inbox.assign",
      "contacts.write",
      "messages.send",
    ]);
    assert.equal((await ana.call("GET", "/session")).json.account.id, account.accountId);
  });

  test("takes the e-mail address as well, whatever its case", async () => {
    assert.equal((await server.visit().signIn("aNa@EXAMPLE.com", ana.password)).status, 200);
  });

  test("answers an unknown login and a wrong password alike", async () => {
    const unknown = await server.visit().signIn("nobody-at-all", "x");
    const wrong = await server.visit().signIn(ana.login, "x");
    assert.equal(unknown.status, 401);
    assert.equal(unknown.json.code, "sign_in_failed");
    assert.equal(wrong.text, unknown.text);
  });

  test("whoever has no cookie is signed out", async () => {
    assert.deepEqual((await server.visit().call("GET", "/session")).json, { state: "signed_out" });
  });
});
