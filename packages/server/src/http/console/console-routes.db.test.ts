import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { ACCOUNT_OPERATIONS } from "@recado/contract/console/account-operations";
import type { ConsoleOperation } from "@recado/contract/console/operation";
import { CONSOLE_OPERATIONS } from "@recado/contract/console/operations";
import { OWN_OPERATIONS } from "@recado/contract/console/own-operations";
import { PEOPLE_OPERATIONS } from "@recado/contract/console/people-operations";
import { CONSOLE_ROLES, ROLE_PERMISSIONS } from "@recado/contract/console/permission";
import { createToken } from "../../accounts/tokens.ts";
import { updateUser } from "../../accounts/users.ts";
import { type BuiltAccount, buildAccount } from "../../testkit/build-account.ts";
import {
  type ConsoleServer,
  startConsoleServer,
  type Visitor,
  type VisitorGiven,
} from "../../testkit/console-server.ts";
import type { V1Reply } from "../../testkit/v1-server.ts";

const NOBODY = "019abcde-0000-7000-8000-000000000000";
const DAY_MS = 86_400_000;
const operations: ConsoleOperation[] = Object.values(CONSOLE_OPERATIONS);
const guarded = operations.filter(({ permission }) => permission !== "none");
const changes = operations.filter(({ method }) => method !== "GET");

/** Right bodies of the calls that name things by id, so that only the id can be wrong. */
const BODIES: Record<string, unknown> = {
  changePerson: { name: "Otra" },
  changeProject: { name: "Otro" },
  setProjectCap: { messages_max: 1, amount_max: null },
};

let server: ConsoleServer;
let home: BuiltAccount;
let owner: Visitor;

before(async () => {
  server = await startConsoleServer();
  home = await buildAccount(server.database.pool);
  owner = await server.enter({ accountId: home.accountId, role: "owner" });
});
after(() => server.close());

function call(
  visitor: Visitor,
  operation: ConsoleOperation,
  given: VisitorGiven & { id?: string } = {},
) {
  const { id = NOBODY, ...rest } = given;
  const path = operation.path.replace(/:\w+/gu, id);
  const body = operation.method === "GET" ? undefined : (BODIES[operation.id] ?? {});
  return visitor.call(operation.method, path, { body, ...rest });
}

function assertProblem(
  answer: V1Reply,
  expected: [status: number, code: string],
  about = "",
): void {
  assert.equal(answer.status, expected[0], `${about}: ${answer.text}`);
  assert.equal(answer.json.code, expected[1], about);
  assert.match(answer.headers.get("content-type") ?? "", /^application\/problem\+json/u);
  assert.equal(answer.headers.get("cache-control"), "no-store", about);
}

describe("every call of the console", () => {
  test("refuses whoever is not signed in: no cookie, a wrong one, an ended, a half or an old session, a disabled person", async () => {
    const { accountId } = home;
    const ended = await server.enter({ accountId, role: "owner" });
    const cookie = ended.cookie;
    await ended.call("POST", "/sign-out");
    const disabled = await server.enter({ accountId, role: "owner" });
    const { rows } = await server.database.pool.query(
      "update users set state = 'disabled' where id = $1 returning id",
      [disabled.userId],
    );
    assert.equal(rows.length, 1);
    const half = await server.enter({ accountId, role: "owner" });
    await server.database.pool.query(
      "update sessions set state = 'second-factor' where user_id = $1",
      [half.userId],
    );
    const visitors = [
      server.visit(),
      server.visit("x"),
      server.visit(`${owner.cookie.slice(1)}A`),
      server.visit(cookie),
      server.visit("'; drop table sessions; --"),
      disabled,
      half,
    ];
    for (const operation of guarded) {
      for (const visitor of visitors) {
        assertProblem(await call(visitor, operation), [401, "unauthenticated"], operation.id);
      }
    }
    const idle = await server.enter({ accountId, role: "owner" });
    const busy = await server.enter({ accountId, role: "owner" });
    server.pass(2 * DAY_MS);
    assert.equal((await busy.call("GET", "/session")).json.state, "signed_in");
    server.pass(2 * DAY_MS);
    assert.equal((await idle.call("GET", "/session")).json.state, "signed_out");
    for (let day = 0; day < 26; day += 2) {
      assert.equal((await busy.call("GET", "/session")).json.state, "signed_in", `day ${day}`);
      server.pass(2 * DAY_MS);
    }
    assert.equal((await busy.call("GET", "/session")).json.state, "signed_out");
    await owner.signIn(owner.login, owner.password);
  });

  test("refuses a person whose role lacks the permission", async () => {
    const { accountId } = home;
    for (const role of CONSOLE_ROLES) {
      const visitor = await server.enter({ accountId, role });
      for (const operation of guarded) {
        const { permission } = operation;
        if (permission === "session" || permission === "none") continue;
        if (ROLE_PERMISSIONS[role].includes(permission)) continue;
        assertProblem(await call(visitor, operation), [403, "forbidden"], operation.id);
      }
    }
  });

  test("refuses a change that no page of this server asks for", async () => {
    const elsewhere: Record<string, string | null>[] = [
      { "x-recado-console": null },
      { "x-recado-console": "yes" },
      { origin: "https://evil.example" },
      { origin: "null" },
      { origin: null },
      { origin: `${server.url}.evil.example` },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { "sec-fetch-site": "none" },
      { origin: "https://evil.example", "sec-fetch-site": "same-origin" },
    ];
    for (const operation of changes) {
      for (const headers of elsewhere) {
        const answer = await call(owner, operation, { headers });
        assertProblem(
          answer,
          [403, "origin_refused"],
          `${operation.id} ${JSON.stringify(headers)}`,
        );
      }
    }
    assert.equal((await owner.call("GET", "/session")).json.state, "signed_in");
  });

  test("that lists refuses pages too large or none, and cursors that it did not give", async () => {
    const lists = operations.filter(({ query }) => query && "cursor" in query.shape);
    assert.ok(lists.length >= 4);
    const forged = Buffer.from('["\'; drop"]').toString("base64url");
    for (const { id, path } of lists) {
      for (const query of ["limit=501", "limit=0", "limit=x", "page=2", "cursor=x&limit=0"]) {
        const answer = await owner.call("GET", `${path.replace(/:\w+/gu, NOBODY)}?${query}`);
        assertProblem(answer, [400, "invalid_request"], id);
      }
      if (path.includes(":")) continue;
      for (const cursor of ["x", "%00", forged, "W10"]) {
        const answer = await owner.call("GET", `${path}?cursor=${cursor}`);
        assertProblem(answer, [400, "invalid_request"], id);
      }
    }
  });

  test("refuses bodies that cannot be read, are too large, or hold what is not documented", async () => {
    const takers = operations.filter(({ body }) => body);
    assert.ok(takers.length >= 10);
    for (const operation of takers) {
      const cases: [string, Record<string, string>, number][] = [
        ["{", {}, 400],
        ["[]", {}, 400],
        ['{"__proto__":{"x":1}}', {}, 400],
        ['{"surprise":1}', {}, 400],
        ["x=1", { "content-type": "application/x-www-form-urlencoded" }, 415],
        ["\0".repeat(1024 * 1024 + 1), {}, 413],
      ];
      for (const [body, headers, status] of cases) {
        const answer = await call(owner, operation, { body, headers });
        assert.equal(answer.status, status, `${operation.id} ${body.slice(0, 20)}: ${answer.text}`);
      }
    }
  });
});

test("a call that names a person, a token, a project or a session answers another account's id as nobody's", async () => {
  const named: ConsoleOperation[] = [
    ...Object.values(OWN_OPERATIONS),
    ...Object.values(PEOPLE_OPERATIONS),
    ...Object.values(ACCOUNT_OPERATIONS),
  ];
  const other = await buildAccount(server.database.pool);
  const stranger = await server.enter({ accountId: other.accountId, role: "owner" });
  const { row } = await createToken(server.deps, { kind: "api", accountId: other.accountId });
  const { rows } = await server.database.pool.query<{ id: string }>(
    "select id from sessions where user_id = $1",
    [stranger.userId],
  );
  const ids: Record<string, string> = {
    people: stranger.userId,
    tokens: row.id,
    projects: other.projectId,
    me: rows[0]?.id ?? "",
  };
  const byId = named.filter(({ path }) => path.includes(":id"));
  assert.ok(byId.length >= 10);
  for (const operation of byId) {
    const id = ids[operation.path.split("/")[1] ?? ""] ?? "";
    assert.notEqual(id, "", operation.id);
    const nobody = await call(owner, operation);
    assertProblem(nobody, [404, "not_found"], operation.id);
    assert.equal((await call(owner, operation, { id })).text, nobody.text, operation.id);
    for (const wrong of ["1", "%00", NOBODY.toUpperCase(), "'or'1", "..%2f"]) {
      const answer = await call(owner, operation, { id: wrong });
      assertProblem(answer, [400, "invalid_request"], operation.id);
    }
  }
  assert.equal((await stranger.call("GET", "/session")).json.state, "signed_in");
  const { json: tried } = await owner.call("GET", "/audit?limit=500");
  const aboutThem = tried.items.filter((item: { target_id: string }) =>
    Object.values(ids).includes(item.target_id),
  );
  assert.ok(aboutThem.length > 0);
  for (const { before } of aboutThem) assert.equal(before, null);
  for (const path of ["/people", "/tokens", "/projects"]) {
    const { json } = await owner.call("GET", `${path}?limit=500`);
    const seen = JSON.stringify(json);
    for (const id of Object.values(ids)) assert.ok(!seen.includes(id), path);
  }
});

test("every change but daily work leaves an entry that says who, and nothing secret", async () => {
  const visitor = await server.enter({ accountId: home.accountId, role: "owner" });
  const next = "una-contraseña-nueva";
  const body = { current_password: visitor.password, new_password: next };
  assert.equal((await visitor.call("POST", "/me/password", { body })).status, 204);
  const begun = await visitor.call("POST", "/me/second-factor", {
    body: { current_password: next },
  });
  assert.equal(begun.status, 201, begun.text);
  const invited = await visitor.call("POST", "/people", {
    body: { login: "audited-person", name: "Ana", role: "agent" },
  });
  assert.equal(invited.status, 201, invited.text);
  const made = await visitor.call("POST", "/tokens", {
    body: { kind: "api", label: "audited", scopes: ["messages:read"] },
  });
  assert.equal(made.status, 201, made.text);
  const { rows } = await server.database.pool.query(
    "select action, status, user_id, request, before, after from audit where user_id = $1 order by id",
    [visitor.userId],
  );
  assert.deepEqual(
    rows.map(({ action, status }) => [action, status]),
    [
      ["POST /console/api/sign-in", 200],
      ["POST /console/api/me/password", 204],
      ["POST /console/api/me/second-factor", 201],
      ["POST /console/api/people", 201],
      ["POST /console/api/tokens", 201],
    ],
  );
  const kept = JSON.stringify(rows);
  const secrets = [
    ...[visitor.password, next, visitor.cookie, begun.json.otp_secret, made.json.token],
    invited.json.link.one_time_link.split("#")[1],
  ];
  for (const secret of secrets) assert.ok(secret && !kept.includes(secret), kept);
  const listed = await visitor.call("GET", "/audit?action=POST%20/console/api/people");
  assert.equal(listed.json.items[0].login, visitor.login);
  await updateUser(
    server.deps,
    { ...invited.json.person, accountId: home.accountId },
    { state: "disabled" },
  );
});
