import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, beforeEach, describe, test } from "node:test";
import { setCap } from "../../accounts/spend-caps.ts";
import { type BuiltAccount, buildAccount } from "../../testkit/build-account.ts";
import { startV1Server, type V1Reply, type V1Server } from "../../testkit/v1-server.ts";

let server: V1Server;
let account: BuiltAccount;
let token: string;

before(async () => {
  server = await startV1Server();
});
beforeEach(async () => {
  account = await buildAccount(server.database.pool, { marketingMax: 1_000 });
  token = await server.token({ accountId: account.accountId });
});
after(() => server.close());

function call(method: string, path: string, body?: unknown): Promise<V1Reply> {
  return callAs(token, method, { path, body });
}

function callAs(
  as: string,
  method: string,
  { path, body }: { path: string; body?: unknown },
): Promise<V1Reply> {
  return server.call(method, path, { token: as, ...(body !== undefined && { body }) });
}

function send(more: object = {}, as = token): Promise<V1Reply> {
  const body = { mobile: "573001234567", text: randomUUID(), ...more };
  return callAs(as, "POST", { path: "/messages", body });
}

const promo = () =>
  send({ text: undefined, template: { id: account.templates.promo }, variables: [randomUUID()] });

async function otherProject(): Promise<string> {
  const { rows } = await server.database.pool.query<{ id: string }>(
    `insert into projects (account_id, id, kind, name, channel_id, created_at)
     values ($1, gen_random_uuid(), 'designer', 'other', $2, now()) returning id`,
    [account.accountId, account.channelId],
  );
  await server.database.pool.query(
    "update accounts set version = version + 1 where account_id = $1",
    [account.accountId],
  );
  return rows[0]?.id ?? "";
}

function assertProblem(answer: V1Reply, status: number, code: string): void {
  assert.deepEqual([answer.status, answer.json?.code], [status, code], answer.text);
}

describe("caps", () => {
  test("are shown with what is used, and say which one stops a send, its limit and when it frees", async () => {
    await setCap(server.deps, {
      accountId: account.accountId,
      project: null,
      by: "operator",
      messagesMax: 1n,
      amountMax: null,
    });
    assert.equal((await send()).status, 202);
    const refused = await send();
    assertProblem(refused, 409, "cap_reached");
    assert.match(
      refused.json.detail,
      /cap of the account is 1 messages a day, of which 1 messages/u,
    );
    assert.match(refused.json.detail, /frees at 20\d\d-\d\d-\d\dT05:00:00\.000Z/u);
    const { items } = (await call("GET", "/caps")).json;
    assert.equal(items.length, 1);
    assert.deepEqual(
      [items[0].scope, items[0].messages_max, items[0].messages_used, items[0].amount_max],
      ["account", 1, 1, null],
    );
    const dry = await call("POST", "/messages/dry-run", { mobile: "573001234567", text: "x" });
    assert.equal(dry.json.problem.code, "cap_reached");
  });
});

describe("campaigns", () => {
  test("are limited, counted and listed, each in its project", async () => {
    const limits = { messages_max: 2, amount_max: "100000" };
    const made = await call("PUT", "/campaigns/Día%20sin%20IVA", limits);
    assert.equal(made.status, 200, made.text);
    const campaign = "Día sin IVA";
    const statuses = [];
    for (let index = 0; index < 3; index += 1) statuses.push((await send({ campaign })).status);
    assert.deepEqual(statuses, [202, 202, 409]);
    const row = (await call("GET", "/campaigns/Día%20sin%20IVA")).json;
    assert.deepEqual(
      [row.accepted, row.sent, row.failed, row.spent, row.messages_max],
      [2, 2, 0, "500.00", 2],
    );
    await send({ campaign: "otra" });
    const names = (await call("GET", "/campaigns?limit=1")).json;
    assert.deepEqual([names.items.length, names.items[0].name], [1, "otra"]);
    const next = (await call("GET", `/campaigns?limit=1&cursor=${names.next_cursor}`)).json;
    assert.equal(next.items[0].name, campaign);
    assertProblem(await call("GET", "/campaigns/nadie"), 404, "not_found");
  });

  test("of another account or project are nobody's, and have the same names without harm", async () => {
    await call("PUT", "/campaigns/uno", { messages_max: 0 });
    const projectId = await otherProject();
    const confined = await server.token({ accountId: account.accountId, projectId });
    assertProblem(await callAs(confined, "GET", { path: "/campaigns/uno" }), 404, "not_found");
    const named = `/campaigns/uno?project_id=${account.projectId}`;
    assertProblem(await callAs(confined, "GET", { path: named }), 404, "not_found");
    const body = { project_id: account.projectId, messages_max: 9 };
    assertProblem(
      await callAs(confined, "PUT", { path: "/campaigns/uno", body }),
      404,
      "not_found",
    );
    assert.deepEqual((await callAs(confined, "GET", { path: "/campaigns" })).json.items, []);
    assert.equal((await send({ campaign: "uno" }, confined)).status, 202);
    assertProblem(await send({ campaign: "uno" }), 409, "cap_reached");
    const stranger = await buildAccount(server.database.pool);
    const foreign = await server.token({ accountId: stranger.accountId });
    assert.deepEqual((await callAs(foreign, "GET", { path: "/campaigns" })).json.items, []);
  });

  test("with names and limits that are none are refused", async () => {
    for (const campaign of ["", "x".repeat(101), "a\nb", 1, null]) {
      assertProblem(await send({ campaign }), 400, "invalid_request");
    }
    for (const body of [
      { messages_max: -1 },
      { messages_max: 1.5 },
      { amount_max: "-1" },
      { amount_max: 5 },
    ]) {
      assertProblem(await call("PUT", "/campaigns/x", body), 400, "invalid_request");
    }
  });
});

describe("balance alerts", () => {
  test("are made, listed, looked at and removed; those that say nothing are refused", async () => {
    const made = await call("POST", "/balance-alerts", {
      threshold: "1000",
      emails: ["ana@example.com"],
    });
    assert.deepEqual([made.status, made.json.rearm_at, made.json.state], [201, "1100.00", "armed"]);
    assert.equal((await call("GET", "/balance-alerts")).json.items.length, 1);
    assert.equal((await call("DELETE", `/balance-alerts/${made.json.id}`)).status, 204);
    assertProblem(await call("GET", `/balance-alerts/${made.json.id}`), 404, "not_found");
    for (const body of [
      { threshold: "0" },
      { threshold: "10", rearm_at: "9" },
      { threshold: "10", webhook: false },
      { threshold: "10", emails: ["nobody"] },
      { threshold: "10", emails: ["a@b.co\r\nBcc: c@d.co"] },
      { threshold: "10", language: "fr" },
    ]) {
      assertProblem(await call("POST", "/balance-alerts", body), 400, "invalid_request");
    }
  });

  test("are the whole account's, and need an SMTP server to write e-mails", async () => {
    const { accountId, projectId } = account;
    const confined = await server.token({ accountId, projectId });
    assertProblem(await callAs(confined, "GET", { path: "/balance-alerts" }), 403, "forbidden");
    const body = { threshold: "10", emails: ["a@b.co"] };
    assertProblem(
      await callAs(confined, "POST", { path: "/balance-alerts", body }),
      403,
      "forbidden",
    );
    server.deps.sendsMail = false;
    try {
      assertProblem(await call("POST", "/balance-alerts", body), 400, "invalid_request");
    } finally {
      server.deps.sendsMail = true;
    }
  });
});

describe("opt-outs", () => {
  test("stop marketing until they are removed, and are checked and listed", async () => {
    assert.equal((await promo()).status, 202);
    const body = {
      mobiles: ["573001234567", "573001234567", "57300", "573001234568"],
      note: "pidió",
    };
    const report = (await call("POST", "/opt-outs", body)).json;
    assert.deepEqual([report.added, report.already, report.refused], [2, 1, 1]);
    assert.deepEqual([report.problems[0].line, report.problems[0].mobile], [3, "57300"]);
    assertProblem(await promo(), 409, "opted_out");
    assert.equal((await send()).status, 202);
    const check = (await call("GET", "/opt-outs/573001234567")).json;
    assert.deepEqual([check.opted_out, check.source, check.note], [true, "listed", "pidió"]);
    const first = (await call("GET", "/opt-outs?limit=1")).json;
    const second = (await call("GET", `/opt-outs?limit=1&cursor=${first.next_cursor}`)).json;
    const seen = [first, second].map((page) => page.items[0].mobile);
    assert.deepEqual(seen, ["573001234567", "573001234568"]);
    assert.equal(second.next_cursor, null);
    assert.equal((await call("DELETE", "/opt-outs/573001234567")).status, 204);
    assertProblem(await call("DELETE", "/opt-outs/573001234567"), 404, "not_found");
    assert.equal((await call("GET", "/opt-outs/573001234567")).json.opted_out, false);
    assert.equal((await promo()).status, 202);
  });

  test("come as a file of ten thousand, and not of one more", async () => {
    const lines = Array.from({ length: 10_001 }, (_, index) => `5731${10_000_000 + index}`);
    const csv = ["mobile,note", ...lines.slice(1)].join("\r\n");
    const headers = { "content-type": "text/csv" };
    const post = (body: string) =>
      server.call("POST", "/opt-outs/import", { token, body, headers });
    const report = await post(csv);
    assert.deepEqual([report.status, report.json?.added], [200, 10_000], report.text);
    const again = await post(JSON.stringify(lines.slice(1)));
    assert.deepEqual([again.json.added, again.json.already], [0, 10_000]);
    assertProblem(await post(lines.join("\n")), 400, "invalid_request");
    assertProblem(await post("[1"), 400, "malformed_body");
    assertProblem(await post(""), 400, "malformed_body");
    assertProblem(await post("9".repeat(5 * 1024 * 1024)), 413, "body_too_large");
  });

  test("and their rules are each project's own; another's and another account's are nobody's", async () => {
    const projectId = await otherProject();
    const confined = await server.token({ accountId: account.accountId, projectId });
    await call("POST", "/opt-outs", { mobiles: ["573001234567"] });
    const mine = "/opt-outs/573001234567";
    assert.equal((await callAs(confined, "GET", { path: mine })).json.opted_out, false);
    assertProblem(await callAs(confined, "DELETE", { path: mine }), 404, "not_found");
    const stranger = await buildAccount(server.database.pool);
    const foreign = await server.token({ accountId: stranger.accountId });
    for (const as of [confined, foreign]) {
      for (const path of ["/opt-outs", "/opt-out-rules", mine]) {
        const named = `${path}?project_id=${account.projectId}`;
        assertProblem(await callAs(as, "GET", { path: named }), 404, "not_found");
      }
      const body = { project_id: account.projectId, mobiles: ["573001234569"] };
      assertProblem(await callAs(as, "POST", { path: "/opt-outs", body }), 404, "not_found");
      const rules = { project_id: account.projectId, out_words: ["x"] };
      assertProblem(
        await callAs(as, "PUT", { path: "/opt-out-rules", body: rules }),
        404,
        "not_found",
      );
    }
    assert.equal((await call("GET", mine)).json.opted_out, true);
  });

  test("have the usual words until others are set, which must say something, and not both", async () => {
    const usual = (await call("GET", "/opt-out-rules")).json;
    assert.ok(usual.out_words.includes("BAJA") && usual.in_words.includes("ALTA"));
    const set = await call("PUT", "/opt-out-rules", { out_words: ["Ya no"], out_reply: "Listo." });
    assert.deepEqual([set.json.out_words, set.json.out_reply], [["Ya no"], "Listo."]);
    assert.deepEqual(set.json.in_words, usual.in_words);
    for (const body of [
      { out_words: ["..."] },
      { out_words: ["¡alta!"] },
      { in_words: ["Stop"] },
      { out_words: Array.from({ length: 51 }, () => "x") },
      { out_reply: "" },
    ]) {
      assertProblem(await call("PUT", "/opt-out-rules", body), 400, "invalid_request");
    }
  });
});

describe("a message that may wait for money", () => {
  test("is answered as held, found as held, tried out as waiting, and cancelled without a refund", async () => {
    await server.database.pool.query("update wallets set balance = 0 where account_id = $1", [
      account.accountId,
    ]);
    assertProblem(await send(), 402, "insufficient_balance");
    const held = await send({ wait_for_balance: true });
    assert.deepEqual([held.status, held.json.status, held.json.refunded], [202, "held", false]);
    const listed = (await call("GET", "/messages?status=held")).json.items;
    assert.deepEqual(
      listed.map((message: { id: string }) => message.id),
      [held.json.id],
    );
    const body = { mobile: "573001234567", text: "otra", wait_for_balance: true };
    const dry = (await call("POST", "/messages/dry-run", body)).json;
    assert.deepEqual([dry.acceptable, dry.warnings[0].code], [true, "waits_for_balance"]);
    const cancelled = await call("POST", `/messages/${held.json.id}/cancel`);
    assert.deepEqual([cancelled.json.status, cancelled.json.refunded], ["cancelled", false]);
  });
});
