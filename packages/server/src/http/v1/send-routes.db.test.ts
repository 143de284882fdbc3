import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { WsSendRequest } from "../../gateway/send-request.ts";
import { type BuiltAccount, buildAccount, buildTemplate } from "../../testkit/build-account.ts";
import { startV1Server, type V1Server } from "../../testkit/v1-server.ts";

let server: V1Server;

before(async () => {
  server = await startV1Server();
});
after(() => server.close());

type Sender = BuiltAccount & { api: string };

async function buildSender(options: Parameters<typeof buildAccount>[1] = {}): Promise<Sender> {
  const account = await buildAccount(server.database.pool, options);
  return { ...account, api: await server.token({ accountId: account.accountId }) };
}

function send(sender: Sender, body: object, key?: string) {
  const headers: Record<string, string> = key === undefined ? {} : { "idempotency-key": key };
  const whole = { mobile: "573001234567", ...body };
  return server.call("POST", "/messages", { token: sender.api, body: whole, headers });
}

/** What an account has: messages, charges, balance, keys. */
async function standing({ accountId }: BuiltAccount) {
  const { rows } = await server.database.pool.query(
    `select (select count(*)::int from messages where account_id = $1) as messages,
            (select count(*)::int from transfers where account_id = $1 and kind = 'charge') as charges,
            (select balance from wallets where account_id = $1) as balance,
            (select count(*)::int from idempotency_keys where account_id = $1) as keys`,
    [accountId],
  );
  return rows[0];
}

describe("sending", () => {
  test("a template by id, with variables in order, answers 202 with the message and charges it once", async () => {
    const sender = await buildSender();
    const answer = await send(sender, {
      template: { id: sender.templates.three },
      variables: ["Ana", "$ 100", "lunes"],
      custom_field: "A-1",
    });
    assert.equal(answer.status, 202, answer.text);
    const { id, text, price, status, custom_field, source, template } = answer.json;
    assert.deepEqual(
      { text, price, status, custom_field, source, template },
      {
        text: "Hola Ana, debe $ 100 el lunes",
        price: "250.00",
        status: "accepted",
        custom_field: "A-1",
        source: "v1",
        template: { id: sender.templates.three, name: "three" },
      },
    );
    assert.equal(answer.headers.get("location"), `/v1/messages/${id}`);
    assert.deepEqual(await standing(sender), {
      messages: 1,
      charges: 1,
      balance: 10_000_000_000n - 2_500_000n,
      keys: 0,
    });
  });

  test("a template by name and language takes variables by name, in header, body and by place", async () => {
    const sender = await buildSender();
    await buildTemplate(server.database.pool, sender, {
      name: "named",
      definition: { body: "Hola {{nombre}}, su cita es el {{dia}}", parameterFormat: "named" },
    });
    const named = { template: { name: "named", language: "es" } };
    const answer = await send(sender, { ...named, variables: { dia: "lunes", nombre: "Ana" } });
    assert.equal(answer.json.text, "Hola Ana, su cita es el lunes", answer.text);
    const placed = await send(sender, {
      template: { name: "three", language: "es" },
      variables: { 3: "c", 1: "a", 2: "b" },
    });
    assert.equal(placed.json.text, "Hola a, debe b el c", placed.text);
  });

  test("text, a file at an address, in base64 or uploaded before are sent as what they are", async () => {
    const sender = await buildSender();
    assert.equal((await send(sender, { text: "hola" })).json.kind, "text");
    const png = Buffer.from(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
      "base64",
    );
    const upload = await server.call("POST", "/media", {
      token: sender.api,
      body: png,
      headers: { "content-type": "image/png" },
    });
    assert.equal(upload.status, 201, upload.text);
    assert.deepEqual([upload.json.type, upload.json.bytes], ["png", png.length]);
    for (const media of [
      { url: "https://files.example/a.png" },
      { base64: png.toString("base64") },
      { id: upload.json.id, name: "fotografía.png" },
    ]) {
      const answer = await send(sender, { media, text: JSON.stringify(media).slice(0, 20) });
      assert.equal(answer.status, 202, answer.text);
      assert.equal(answer.json.kind, "media");
    }
    const header = await send(sender, {
      template: { id: sender.templates.image },
      media: { id: upload.json.id },
    });
    assert.equal(header.status, 202, header.text);
  });

  test("each refusal has a code of its own, and names the field or the variable", async () => {
    const sender = await buildSender({ balance: 10_000_000n });
    const three = { template: { id: sender.templates.three } };
    const cases: [object, number, string, string[]][] = [
      [{ text: "x", mobile: "123" }, 422, "invalid_mobile", ["mobile"]],
      [{}, 422, "empty_message", []],
      [{ text: "  " }, 422, "empty_message", []],
      [{ ...three, variables: ["a", " ", "c"] }, 422, "blank_variable", ["variables.2"]],
      [{ ...three, variables: ["a"] }, 422, "variables_mismatch", ["variables.2", "variables.3"]],
      [
        { ...three, variables: { 1: "a", 3: "c", x: "d" } },
        422,
        "variables_mismatch",
        ["variables.2", "variables.x"],
      ],
      [{ template: { id: 999_999 } }, 422, "template_not_found", ["template"]],
      [{ template: { id: sender.templates.paused } }, 422, "template_not_approved", ["template"]],
      [{ template: { id: sender.templates.image } }, 422, "media_missing", ["media"]],
      [{ text: "x", media: { url: "http://10.0.0.1/a.png" } }, 422, "media_invalid", ["media"]],
      [{ text: "x", custom_field: "x".repeat(1001) }, 422, "content_too_large", ["custom_field"]],
      [{ text: "x".repeat(4097) }, 422, "content_too_large", ["text"]],
      [{ text: "x", surprise: 1 }, 400, "invalid_request", ["(whole)"]],
      [{ text: "x", send_at: "2099-01-01T00:00:00Z" }, 400, "invalid_request", ["send_at"]],
    ];
    for (const [body, status, code, paths] of cases) {
      const answer = await send(sender, body);
      assert.deepEqual([answer.status, answer.json.code], [status, code], answer.text);
      const named = (answer.json.errors ?? []).map((error: { path: string }) => error.path);
      assert.deepEqual(named, paths, answer.text);
    }
    assert.equal((await standing(sender)).messages, 0);
    const plain = { template: { id: sender.templates.plain } };
    assert.equal((await send(sender, plain)).status, 202);
    assert.equal((await send(sender, plain)).json.code, "repeated_message");
    const promo = (name: string) =>
      send(sender, { template: { id: sender.templates.promo }, variables: [name] });
    assert.deepEqual([(await promo("a")).status, (await promo("b")).status], [202, 202]);
    assert.equal((await promo("c")).json.code, "marketing_limit");
    assert.equal((await send(sender, { text: "last" })).status, 202);
    const poor = await send(sender, { text: "one more" });
    assert.deepEqual([poor.status, poor.json.code], [402, "insufficient_balance"]);
    assert.match(poor.json.detail, /250\.00 COP.* 0\.00 COP/);
  });

  test("a token of a project sends from it alone, and one that may only read sends nothing", async () => {
    const sender = await buildSender();
    const stranger = await buildSender();
    const { accountId, projectId } = sender;
    const confined = { ...sender, api: await server.token({ accountId, projectId }) };
    assert.equal((await send(confined, { text: "a", project_id: projectId })).status, 202);
    const foreign = await send(confined, { text: "b", project_id: stranger.projectId });
    assert.deepEqual([foreign.status, foreign.json.code], [409, "no_project"]);
    const other = await send(sender, { template: { id: stranger.templates.plain } });
    assert.equal(other.json.code, "template_not_found");
    const reader = { ...sender, api: await server.token({ accountId, scopes: ["messages:read"] }) };
    assert.equal((await send(reader, { text: "c" })).json.code, "forbidden");
  });
});

describe("an Idempotency-Key", () => {
  test("makes one message and one charge of twenty twins at once, and all get the same answer", async () => {
    const sender = await buildSender();
    const body = { template: { id: sender.templates.plain } };
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(sender, body, "k-1")));
    assert.deepEqual(
      answers.map((answer) => answer.status),
      answers.map(() => 202),
    );
    assert.equal(new Set(answers.map((answer) => answer.text)).size, 1);
    const replayed = answers.filter((answer) => answer.headers.has("idempotent-replayed"));
    assert.equal(replayed.length, 19);
    const { messages, charges, keys } = await standing(sender);
    assert.deepEqual({ messages, charges, keys }, { messages: 1, charges: 1, keys: 1 });
  });

  test("gives the answer of then, whatever became of the message since", async () => {
    const sender = await buildSender();
    const first = await send(sender, { text: "hola" }, "later");
    await server.database.pool.query(
      "update messages set status = 'failed', code = '131047', failed_at = now() where account_id = $1",
      [sender.accountId],
    );
    assert.equal((await send(sender, { text: "hola" }, "later")).text, first.text);
  });

  test("is refused with another request, and free again after 72 hours", async () => {
    const sender = await buildSender();
    const first = await send(sender, { text: "one" }, "reused");
    const other = await send(sender, { text: "two" }, "reused");
    assert.deepEqual([other.status, other.json.code], [422, "idempotency_key_reused"]);
    server.pass(72 * 3_600_000 + 1_000);
    const fresh = await send(sender, { text: "two" }, "reused");
    assert.equal(fresh.status, 202, fresh.text);
    assert.notEqual(fresh.json.id, first.json.id);
    assert.equal((await standing(sender)).keys, 1);
  });

  test("of a refused request is not used up", async () => {
    const sender = await buildSender({ balance: 0n });
    assert.equal((await send(sender, { text: "x" }, "broke")).status, 402);
    await server.database.pool.query(
      "update wallets set balance = 10000000 where account_id = $1",
      [sender.accountId],
    );
    assert.equal((await send(sender, { text: "x" }, "broke")).status, 202);
  });

  test("of one account or project says nothing to another", async () => {
    const sender = await buildSender();
    const stranger = await buildSender();
    const { accountId, projectId } = sender;
    const confined = { ...sender, api: await server.token({ accountId, projectId }) };
    const first = await send(sender, { text: "x" }, "mine");
    const foreign = await send(stranger, { text: "x" }, "mine");
    assert.equal(foreign.status, 202);
    assert.notEqual(foreign.json.id, first.json.id);
    assert.equal((await send(confined, { text: "x" }, "mine")).json.code, "repeated_message");
  });

  test("with blanks, or of 256 characters, is refused", async () => {
    const sender = await buildSender();
    for (const key of ["a b", "x".repeat(256)]) {
      assert.equal((await send(sender, { text: "x" }, key)).json.code, "invalid_request");
    }
  });

  test("of the manual's API means the same", async () => {
    const sender = await buildSender();
    const request: WsSendRequest = {
      source: "ws",
      ...{ login: sender.login, token: sender.token, mobile: "573001234567" },
      ...{ idTemplate: String(sender.templates.plain), message: undefined, customField: "" },
      ...{ templateVariables: undefined, mediaName: "", media: null, idempotencyKey: "ws-1" },
    };
    const sends = Array.from({ length: 20 }, () => server.acceptance.send(request));
    const answers = await Promise.all(sends);
    const ids = new Set(answers.map((answer) => "messageId" in answer && answer.messageId));
    assert.equal(ids.size, 1);
    const other = await server.acceptance.send({ ...request, customField: "x" });
    assert.equal(other.code, "key-reused");
    assert.equal((await standing(sender)).charges, 1);
  });
});

describe("a batch", () => {
  test("answers each message by itself, in order, and repeats under its key without a second charge", async () => {
    const sender = await buildSender();
    const messages = Array.from({ length: 450 }, (_, index) => ({
      mobile: index === 7 ? "1" : `5730012${String(index).padStart(5, "0")}`,
      text: `n ${index}`,
    }));
    const post = () =>
      server.call("POST", "/messages/batch", {
        token: sender.api,
        body: { messages },
        headers: { "idempotency-key": "batch" },
      });
    const first = await post();
    assert.equal(first.status, 200, first.text.slice(0, 500));
    assert.deepEqual([first.json.accepted, first.json.refused], [449, 1]);
    assert.equal(first.json.answers[7].problem.code, "invalid_mobile");
    assert.deepEqual(
      first.json.answers.map((answer: { message?: { text: string } }) => answer.message?.text),
      messages.map(({ text }, index) => (index === 7 ? undefined : text)),
    );
    const second = await post();
    const ids = ({ json }: typeof first) =>
      json.answers.map((answer: { message?: { id: string } }) => answer.message?.id);
    assert.deepEqual(ids(second), ids(first));
    assert.equal((await standing(sender)).charges, 449);
  });

  test("of none or of 1,001 is refused whole", async () => {
    const sender = await buildSender();
    for (const count of [0, 1001]) {
      const messages = Array.from({ length: count }, () => ({ mobile: "573001234567", text: "x" }));
      const answer = await server.call("POST", "/messages/batch", {
        token: sender.api,
        body: { messages },
      });
      assert.equal(answer.json.code, "invalid_request");
    }
  });
});

describe("a dry run", () => {
  test("shows text, price, balance after and warnings, and leaves no trace", async () => {
    const sender = await buildSender({ balance: 4_000_000n });
    const run = (body: object) =>
      server.call("POST", "/messages/dry-run", {
        token: sender.api,
        body: { mobile: "573001234567", ...body },
      });
    const { json } = await run({
      template: { id: sender.templates.three },
      variables: ["a", "b", "c"],
    });
    assert.deepEqual(
      [json.acceptable, json.text, json.price, json.balance_after, json.category],
      [true, "Hola a, debe b el c", "250.00", "150.00", "utility"],
    );
    const free = await run({ text: "hola", media: { url: "https://files.example/x.pdf" } });
    const codes = free.json.warnings.map((warning: { code: string }) => warning.code);
    assert.deepEqual(codes, ["outside_window", "media_unreachable", "low_balance"]);
    const missing = await run({ template: { id: sender.templates.three }, variables: ["a"] });
    assert.deepEqual(
      [missing.json.acceptable, missing.json.problem.code],
      [false, "variables_mismatch"],
    );
    assert.deepEqual(await standing(sender), {
      messages: 0,
      charges: 0,
      balance: 4_000_000n,
      keys: 0,
    });
  });
});
