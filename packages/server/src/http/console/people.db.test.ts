import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import type { ConsoleRole } from "@recado/contract/console/permission";
import { SMTPServer } from "smtp-server";
import { createMailer } from "../../platform/mailer.ts";
import { buildAccount } from "../../testkit/build-account.ts";
import {
  type ConsoleServer,
  startConsoleServer,
  type Visitor,
} from "../../testkit/console-server.ts";
import type { V1Reply } from "../../testkit/v1-server.ts";

const DAY_MS = 86_400_000;
const PASSWORD = "una-contraseña-larga";

let server: ConsoleServer;
let accountId: string;
let owner: Visitor;
let administrator: Visitor;

before(async () => {
  server = await startConsoleServer();
});
beforeEach(async () => {
  await server.database.pool.query("delete from sign_in_tries");
  const account = await buildAccount(server.database.pool);
  accountId = account.accountId;
  // The one that the builder makes has no password; the rules are about those who can come.
  await server.database.pool.query("update users set role = 'agent' where account_id = $1", [
    accountId,
  ]);
  owner = await server.enter({ accountId, role: "owner" });
  administrator = await server.enter({ accountId, role: "administrator" });
});
after(() => server.close());

function change(by: Visitor, whom: Visitor, body: object): Promise<V1Reply> {
  return by.call("PATCH", `/people/${whom.userId}`, { body });
}

async function invite(by: Visitor, role: ConsoleRole = "agent", login = `new-${Math.random()}`) {
  const answer = await by.call("POST", "/people", { body: { login, name: "Nueva", role } });
  const secret = String(answer.json.link?.one_time_link ?? "").split("#")[1] ?? "";
  return { answer, secret, login };
}

function take(secret: string, password = PASSWORD): Promise<V1Reply> {
  return server.visit().call("POST", "/links/take", { body: { one_time_link: secret, password } });
}

describe("who may do what to whom", () => {
  test("an administrator does nothing to an owner and makes none", async () => {
    for (const body of [{ role: "agent" }, { state: "disabled" }, { email: "x@example.com" }]) {
      assert.equal((await change(administrator, owner, body)).status, 403);
    }
    const path = `/people/${owner.userId}`;
    for (const [method, rest] of [
      ["POST", "/link"],
      ["POST", "/second-factor/reset"],
      ["GET", "/sessions"],
      ["POST", "/sessions/end"],
    ] as const) {
      assert.equal((await administrator.call(method, path + rest)).status, 403, rest);
    }
    const agent = await server.enter({ accountId, role: "agent" });
    assert.equal((await change(administrator, agent, { role: "owner" })).status, 403);
    assert.equal((await invite(administrator, "owner")).answer.status, 403);
    assert.equal((await change(administrator, agent, { role: "supervisor" })).status, 200);
    assert.equal((await change(owner, agent, { role: "owner" })).status, 200);
    assert.equal((await owner.call("GET", "/session")).json.state, "signed_in");
  });

  test("nobody raises, lowers or locks out themselves, nor gets around their own password and code", async () => {
    for (const visitor of [owner, administrator]) {
      for (const body of [{ role: "developer" }, { state: "disabled" }]) {
        assert.equal((await change(visitor, visitor, body)).status, 403);
      }
      const path = `/people/${visitor.userId}`;
      assert.equal((await visitor.call("POST", `${path}/link`)).status, 403);
      assert.equal((await visitor.call("POST", `${path}/second-factor/reset`)).status, 403);
    }
    assert.equal((await change(administrator, administrator, { role: "owner" })).status, 403);
    assert.equal((await change(owner, owner, { name: "Otra" })).json.name, "Otra");
  });

  test("two owners who demote each other at once leave one", async () => {
    for (let round = 0; round < 5; round += 1) {
      const account = await buildAccount(server.database.pool);
      await server.database.pool.query("update users set role = 'agent' where account_id = $1", [
        account.accountId,
      ]);
      const pair = { accountId: account.accountId, role: "owner" } as const;
      const [one, other] = [await server.enter(pair), await server.enter(pair)];
      const answers = await Promise.all([
        change(one, other, { role: "agent" }),
        change(other, one, round % 2 ? { state: "disabled" } : { role: "agent" }),
      ]);
      assert.equal(answers.filter(({ status }) => status === 200).length, 1);
    }
  });

  test("an operator of the platform answers to operators alone, whoever owns the account", async () => {
    const flag = "update users set operator = true where id = $1";
    const operator = await server.enter({ accountId, role: "agent" });
    await server.database.pool.query(flag, [operator.userId]);
    assert.equal((await change(owner, operator, { email: "mine@example.com" })).status, 403);
    assert.equal((await owner.call("POST", `/people/${operator.userId}/link`)).status, 403);
    const reset = `/people/${operator.userId}/second-factor/reset`;
    assert.equal((await owner.call("POST", reset)).status, 403);
    await server.database.pool.query(flag, [owner.userId]);
    assert.equal((await owner.call("POST", `/people/${operator.userId}/link`)).status, 201);
  });

  test("disabling somebody signs them out everywhere and ends their links, at once", async () => {
    const agent = await server.enter({ accountId, role: "agent" });
    const made = await administrator.call("POST", `/people/${agent.userId}/link`);
    assert.equal((await change(administrator, agent, { state: "disabled" })).status, 200);
    assert.equal((await agent.call("GET", "/me/sessions")).status, 401);
    assert.equal((await change(administrator, agent, { state: "active" })).status, 200);
    assert.equal((await agent.call("GET", "/me/sessions")).status, 401);
    assert.equal((await take(made.json.one_time_link)).status, 410);
  });

  test("a role that is taken away is gone with the next click", async () => {
    const { length } = (await administrator.call("GET", "/people")).json.items;
    assert.ok(length >= 3);
    assert.equal((await change(owner, administrator, { role: "read-only" })).status, 200);
    assert.equal((await administrator.call("GET", "/people")).status, 403);
  });

  test("somebody's sessions are seen and ended by who may", async () => {
    const agent = await server.enter({ accountId, role: "agent" });
    const path = `/people/${agent.userId}/sessions`;
    assert.equal((await administrator.call("GET", path)).json.items.length, 1);
    assert.deepEqual((await administrator.call("POST", `${path}/end`)).json, { ended: 1 });
    assert.equal((await agent.call("GET", "/me/sessions")).status, 401);
  });
});

describe("an invitation", () => {
  test("lets its person choose a password, and then they can sign in", async () => {
    const { answer, secret, login } = await invite(administrator, "supervisor");
    assert.equal(answer.status, 201, answer.text);
    assert.equal(answer.json.person.has_password, false);
    assert.ok(answer.json.link.one_time_link.startsWith(`${server.url}/link#`));
    const look = { body: { one_time_link: answer.json.link.one_time_link } };
    const seen = await server.visit().call("POST", "/links/look", look);
    assert.deepEqual([seen.json.kind, seen.json.login], ["invitation", login]);
    assert.equal((await take(secret, "corta")).status, 400);
    assert.deepEqual((await take(secret)).json, { login });
    const visitor = server.visit();
    assert.equal((await visitor.signIn(login, PASSWORD)).json.person.role, "supervisor");
    assert.equal((await take(secret)).json.code, "link_gone");
    const other = await server.visit().call("POST", "/links/look", look);
    assert.equal(other.status, 410);
  });

  test("is taken once, however many come at the same time", async () => {
    const { secret, login } = await invite(owner);
    const words = Array.from({ length: 6 }, (_, index) => `contraseña-número-${index}`);
    const answers = await Promise.all(words.map((password) => take(secret, password)));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 410, 410, 410, 410, 410]);
    const winner = words[answers.findIndex(({ status }) => status === 200)] ?? "";
    assert.equal((await server.visit().signIn(login, winner)).status, 200);
  });

  test("is over after a week, and when a newer one was made; what is none is told the same", async () => {
    const { answer, secret } = await invite(owner);
    const renewed = await owner.call("POST", `/people/${answer.json.person.id}/link`);
    assert.equal((await take(secret)).status, 410);
    assert.equal((await take("x".repeat(43))).text, (await take(secret)).text);
    server.pass(8 * DAY_MS);
    assert.equal((await take(renewed.json.one_time_link)).status, 410);
  });

  test("of a login or with an address that cannot be is refused, and leaves nobody", async () => {
    const taken = await invite(owner, "agent", owner.login.toUpperCase());
    assert.equal(taken.answer.status, 409);
    for (const body of [
      { name: "x", role: "agent" },
      { name: "x", role: "king", login: "x" },
      { name: "x", role: "agent", email: "nowhere" },
      { name: "x", role: "agent", login: "with blank" },
      { name: "x", role: "agent", login: "x", operator: true },
      { name: "x", role: "agent", login: "x", account_id: accountId },
    ]) {
      assert.equal((await owner.call("POST", "/people", { body })).status, 400);
    }
  });

  test("is mailed where e-mails can be sent, and shown in any case", async () => {
    const taken: string[] = [];
    const post = new SMTPServer({
      authOptional: true,
      logger: false,
      onData(stream, _session, done) {
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("end", () => {
          taken.push(Buffer.concat(chunks).toString());
          done();
        });
      },
    });
    await new Promise<void>((resolve) => post.listen(0, "127.0.0.1", resolve));
    const { port } = post.server.address() as { port: number };
    const mailer = createMailer({
      url: `smtp://127.0.0.1:${port}?ignoreTLS=true`,
      from: "Recado <avisos@recado.example>",
    });
    server.deps.mailer = mailer;
    const body = { email: "nueva@example.com", name: "Nueva", role: "agent" };
    const answer = await owner.call("POST", "/people", { body });
    mailer?.close();
    await new Promise<void>((resolve) => post.close(() => resolve()));
    assert.equal(answer.json.link.mailed, true, answer.text);
    assert.equal(answer.json.person.login, "nueva@example.com");
    assert.match(taken[0] ?? "", /To: nueva@example\.com/u);
    const other = { ...body, email: "otra@example.com" };
    const failed = await owner.call("POST", "/people", { body: other });
    server.deps.mailer = null;
    assert.deepEqual([failed.status, failed.json.link.mailed], [201, false]);
    const { rows } = await server.database.pool.query("select body from mail_outbox");
    assert.deepEqual(rows, [], "where it would lie readable");
  });
});

test("a link for a new password ends the sessions, and the second factor stays", async () => {
  const agent = await server.enter({ accountId, role: "agent" });
  await server.database.pool.query(
    `insert into second_factors values ($1, $2, '', 0, now(), now())`,
    [accountId, agent.userId],
  );
  const made = await administrator.call("POST", `/people/${agent.userId}/link`);
  assert.equal((await agent.call("GET", "/me/sessions")).status, 200);
  assert.equal((await take(made.json.one_time_link)).status, 200);
  assert.equal((await agent.call("GET", "/me/sessions")).status, 401);
  const visitor = server.visit();
  assert.equal((await visitor.signIn(agent.login, PASSWORD)).json.state, "second_factor");
  const reset = await administrator.call("POST", `/people/${agent.userId}/second-factor/reset`);
  assert.equal(reset.json.has_second_factor, false);
  assert.equal((await visitor.signIn(agent.login, PASSWORD)).json.state, "signed_in");
});
