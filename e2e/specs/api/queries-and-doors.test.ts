import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { after, before, describe, test } from "node:test";
import { createMobiles, findTemplate } from "../../product/demo-templates.ts";
import { ENCODINGS, readAnswer } from "../../product/ws-client.ts";
import { type Product, startProduct } from "../../start-product.ts";

let product: Product;
const nextMobile = createMobiles();
const WS = "/bot/chat_wa/ws";
const plain = () => findTemplate(product.demo, { status: "approved", variables: 0 }).id_template;

before(async () => {
  product = await startProduct();
});
after(() => product?.stop());

describe("asking for balance and templates", () => {
  for (const encoding of ENCODINGS) {
    test(`${encoding}: the balance is an amount in the account's currency`, async () => {
      const { status, body } = await product.ws.call("balance/", {}, encoding);
      assert.equal(status, 200);
      assert.deepEqual(Object.keys(body ?? {}).sort(), KEYS_OF_BALANCE);
      assert.deepEqual([body?.code, body?.concept, body?.currency], [1, "ok", "COP"]);
      assert.match(String(body?.balance), /^\d+\.\d{2,4}$/u);
    });

    test(`${encoding}: templates are those of demo.json, with all that a caller needs`, async () => {
      const { status, body } = await product.ws.call("template/", {}, encoding);
      assert.equal(status, 200);
      assert.deepEqual([body?.code, body?.concept], [1, "ok"]);
      const templates = body?.templates as Record<string, unknown>[];
      const same = templates.map(({ id_template, name, category, status, variables, header }) => ({
        id_template,
        name,
        category,
        status,
        variables,
        header,
      }));
      const byNumber = (a: { id_template?: unknown }, b: { id_template?: unknown }) =>
        Number(a.id_template) - Number(b.id_template);
      assert.deepEqual(same.sort(byNumber), product.demo.templates.toSorted(byNumber));
      for (const template of templates) {
        assert.deepEqual(Object.keys(template).sort(), KEYS_OF_TEMPLATE);
        const reason = template.rejected_reason;
        if (template.status === "rejected") assert.match(String(reason), /\S/u);
        // A paused or disabled one may say why; nothing has to be said of the others.
        if (["approved", "pending"].includes(String(template.status))) assert.equal(reason, null);
      }
    });
  }

  test("whoever has no approved template is told so, and sees the pending ones", async () => {
    const { body } = await product.ws.as(product.demo.others.noTemplates).call("template/", {});
    assert.deepEqual([body?.code, body?.concept], [4, "without templates"]);
    const templates = body?.templates as { status: string }[];
    assert.deepEqual([...new Set(templates.map(({ status }) => status))], ["pending"]);
  });

  const refused = [
    ["noProject", 3],
    ["disabled", 2],
  ] as const;
  for (const [name, code] of refused) {
    test(`${name} is answered ${code} by both`, async () => {
      const ws = product.ws.as(product.demo.others[name]);
      for (const path of ["balance/", "template/"]) {
        const { status, body } = await ws.call(path, {});
        assert.deepEqual([status, body?.code], [200, code]);
        assert.deepEqual(Object.keys(body ?? {}).sort(), ["code", "concept", "description"]);
      }
    });
  }

  test("an account without money has a balance of zero", async () => {
    const { body } = await product.ws.as(product.demo.others.noBalance).call("balance/", {});
    assert.deepEqual([body?.code, Number(body?.balance)], [1, 0]);
  });
});

describe("ways to call", () => {
  test("a slash at the end changes nothing", async () => {
    for (const path of ["send", "send/", "balance", "balance/", "template", "template/"]) {
      const { status, body } = await product.ws.call(path, {
        mobile: nextMobile(),
        id_template: plain(),
      });
      assert.deepEqual([path, status, body?.code], [path, 200, 1]);
    }
  });

  test("parameters in the query string are read, and a body's field wins", async () => {
    const { baseUrl, login, token } = product.demo;
    const id_template = String(plain());
    const given = { login, token: "no-es-este", mobile: nextMobile(), id_template };
    const query = new URLSearchParams(given);
    const url = `${baseUrl}${WS}/send/?${query}`;
    const wrong = await readAnswer(await fetch(url, { method: "POST" }));
    assert.deepEqual([wrong.status, wrong.body?.code], [200, 2]);
    const body = new URLSearchParams({ token });
    const right = await readAnswer(await fetch(url, { method: "POST", body }));
    assert.deepEqual([right.status, right.body?.code], [200, 1]);
    assert.equal(jsonLines(product.log()).includes("no-es-este"), false);
    assert.equal(jsonLines(product.log()).includes(token), false);
  });

  test("a GET is a problem that repeats no credentials", async () => {
    const url = `${product.demo.baseUrl}${WS}/balance/?login=demo&token=${product.demo.token}`;
    const answer = await readAnswer(await fetch(url));
    assert.ok([404, 405].includes(answer.status), `${answer.status}`);
    checkProblem(answer);
    assert.equal(answer.text.includes(product.demo.token), false);
  });

  test("JSON may carry numbers, and variables as a list", async () => {
    const template = findTemplate(product.demo, { variables: 3, status: "approved" });
    const mobile = nextMobile();
    const fields = { mobile: Number(mobile), id_template: template.id_template };
    const answer = await product.ws.send(
      { ...fields, template_variables: ["a", "b", "c"] },
      "json",
    );
    assert.equal(answer.code, 1);
  });

  test("500 sends at once from one account are all accepted, and each is paid once", async () => {
    const before = await product.ws.balance();
    const { id_template } = findTemplate(product.demo, { variables: 1, category: "utility" });
    const mobiles = Array.from({ length: 500 }, nextMobile);
    const answers = await Promise.all(
      mobiles.map((mobile) =>
        product.ws.send({ mobile, id_template, template_variables: "[125.000]" }),
      ),
    );
    assert.deepEqual([...new Set(answers.map(({ code }) => code))], [1]);
    assert.equal(new Set(answers.map(({ messageId }) => messageId)).size, 500);
    assert.equal(before - (await product.ws.balance()), 500n * 28n * 10_000n);
  });
});

describe("what cannot be read is a problem document", () => {
  const form = "application/x-www-form-urlencoded";
  const multipart = "multipart/form-data; boundary=x";
  const rows: [what: string, status: number, type: string, body: string | Buffer][] = [
    ["JSON that breaks off", 400, "application/json", '{"login":"demo"'],
    ["JSON that is a list", 400, "application/json", "[]"],
    [
      "multipart that breaks off",
      400,
      multipart,
      '--x\r\nContent-Disposition: form-data; name="a"',
    ],
    ["multipart without a boundary", 400, "multipart/form-data", "hola"],
    ["a form that is not UTF-8", 400, form, Buffer.from("message=a\xf1o", "latin1")],
    [
      "JSON that is not UTF-8",
      400,
      "application/json",
      Buffer.from('{"message":"\xf1"}', "latin1"),
    ],
    ["a NUL in a form", 400, form, "message=a%00b"],
    ["a NUL in JSON", 400, "application/json", '{"message":"a\\u0000b"}'],
    ["a million brackets in JSON", 400, "application/json", `{"a":${"[".repeat(1_000_000)}`],
    ["a text of 10 MB", 413, form, `message=${"x".repeat(10 * 1024 * 1024)}`],
    ["XML", 415, "application/xml", "<a/>"],
    ["plain text", 415, "text/plain", "login=demo"],
  ];
  for (const [what, status, type, body] of rows) {
    test(`${what} is ${status}`, async () => {
      const init = { method: "POST", headers: { "content-type": type }, body: new Blob([body]) };
      const answer = await readAnswer(await fetch(`${product.demo.baseUrl}${WS}/send/`, init));
      assert.equal(answer.status, status, answer.text);
      checkProblem(answer);
    });
  }

  test("an address that is none is 404", async () => {
    for (const path of [`${WS}/sendd/`, "/bot/chat_wa/", "/nada", "/%2e%2e/etc/passwd"]) {
      const answer = await readAnswer(await fetch(product.demo.baseUrl + path, { method: "POST" }));
      assert.equal(answer.status, 404, path);
      checkProblem(answer);
    }
  });

  test("a million brackets in template_variables are answered 8 and hurt nobody", async () => {
    const { id_template } = findTemplate(product.demo, { variables: 1, category: "utility" });
    const template_variables = "[".repeat(200_000);
    const answer = await product.ws.send({ mobile: nextMobile(), id_template, template_variables });
    assert.equal(answer.code, 8);
  });

  test("__proto__ as a parameter's name changes nothing", async () => {
    const body = `{"__proto__":{"login":"x"},"constructor":1,"login":"nadie","token":"x"}`;
    const init = { method: "POST", headers: { "content-type": "application/json" }, body };
    const answer = await readAnswer(await fetch(`${product.demo.baseUrl}${WS}/send/`, init));
    assert.deepEqual([answer.status, answer.body?.code], [200, 2]);
  });

  test("a body shorter than it says is not charged, and the server goes on", async () => {
    const before = await product.ws.balance();
    const { hostname, port } = new URL(product.demo.baseUrl);
    const socket = connect({ host: hostname, port: Number(port) });
    const { login, token } = product.demo;
    const body = new URLSearchParams({ login, token, mobile: nextMobile(), message: "a" });
    const head = `POST ${WS}/send/ HTTP/1.1\r\nHost: x\r\nContent-Type: ${form}\r\nContent-Length: 9999\r\n\r\n`;
    socket.end(`${head}${body}`);
    socket.resume();
    await once(socket, "close");
    assert.equal(await product.ws.balance(), before);
  });
});

describe("closed doors", () => {
  test("a provider's webhook with a wrong signature is 401 and changes nothing", async () => {
    const channels = await product.cli.json<{ items: { appId: string; provider: string }[] }>([
      "channel",
      "list",
    ]);
    const [channel] = channels.items;
    const url = `${product.demo.baseUrl}/hooks/${channel?.provider}/${channel?.appId}`;
    const body = '{"object":"whatsapp_business_account","entry":[]}';
    for (const signature of [undefined, "sha256=00", `sha256=${"0".repeat(64)}`]) {
      const headers = {
        "content-type": "application/json",
        ...(signature ? { "x-hub-signature-256": signature } : {}),
      };
      const answer = await readAnswer(await fetch(url, { method: "POST", headers, body }));
      assert.equal(answer.status, 401, answer.text);
      checkProblem(answer);
    }
  });

  test("the administration wants its token", async () => {
    for (const authorization of ["", "Bearer x", `Bearer ${product.demo.token}`]) {
      const url = `${product.demo.baseUrl}/admin/accounts`;
      const answer = await readAnswer(await fetch(url, { headers: { authorization } }));
      assert.equal(answer.status, 401);
      checkProblem(answer);
    }
  });

  test("after 20 wrong tokens in a minute the login waits, also with the right one; others do not", async () => {
    const { noTemplates, stranger } = product.demo.others;
    for (let time = 1; time <= 20; time += 1) {
      const { status, body } = await product.ws.call("balance/", { ...noTemplates, token: "x" });
      assert.deepEqual([time, status, body?.code], [time, 200, 2]);
    }
    for (const token of ["x", noTemplates.token]) {
      const answer = await product.ws.call("balance/", { ...noTemplates, token });
      assert.equal(answer.status, 429);
      checkProblem(answer);
      assert.match(answer.headers.get("retry-after") ?? "", /^([1-9]|[1-5]\d|60)$/u);
    }
    assert.equal((await product.ws.as(stranger).call("balance/", {})).body?.code, 1);
  });
});

const KEYS_OF_BALANCE = ["balance", "code", "concept", "currency", "description"];
const KEYS_OF_TEMPLATE = [
  "body",
  "buttons",
  "category",
  "footer",
  "header",
  "id_template",
  "language",
  "name",
  "rejected_reason",
  "status",
  "variables",
];

/** RFC 9457, with what our error table adds. */
function checkProblem(answer: Awaited<ReturnType<typeof readAnswer>>): void {
  assert.match(answer.headers.get("content-type") ?? "", /^application\/problem\+json/u);
  assert.equal(answer.body?.status, answer.status);
  for (const key of ["type", "title", "code", "detail"]) {
    assert.equal(typeof answer.body?.[key], "string", key);
  }
}

/** What the product logs, without what `npm start` prints for people. */
function jsonLines(log: string): string {
  return log
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .join("\n");
}
