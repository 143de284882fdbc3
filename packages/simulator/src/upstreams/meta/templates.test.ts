import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  startTestSimulator,
  type TestSimulator,
  testNumber,
  until,
} from "../../testkit/start-test-simulator.ts";

const path = `/meta/v23.0/${testNumber.wabaId}/message_templates`;
const body = { type: "BODY", text: "Hola." };
const define = (name: string, more: object = {}) => ({
  name,
  language: "es_CO",
  category: "UTILITY",
  components: [body],
  ...more,
});

let simulator: TestSimulator;

before(async () => {
  simulator = await startTestSimulator();
});
after(() => simulator.close());

test("a decision is told by its webhook, with the id as a number", async () => {
  const id = await simulator.addTemplate(define("decided"), "PENDING");
  await simulator.call("POST", `/sim/templates/${id}`, {
    status: "REJECTED",
    rejectedReason: "PROMOTIONAL",
  });
  const post = await until(() =>
    simulator.callback.posts.find((one) => one.raw.includes('"decided"')),
  );
  const [entry] = post.body.entry;
  assert.equal(entry?.changes[0]?.field, "message_template_status_update");
  assert.equal(typeof entry?.time, "number");
  assert.equal(entry?.changes[0]?.value.event, "REJECTED");
  assert.equal(entry?.changes[0]?.value.reason, "PROMOTIONAL");
  assert.ok(post.raw.includes(`"message_template_id":${id},`));
  const one = await simulator.call("GET", `/meta/v23.0/${id}?fields=status,rejected_reason`);
  assert.deepEqual(one.body, { status: "REJECTED", rejected_reason: "PROMOTIONAL", id });
});

test("the list comes in pages, and next is there only while there is more", async () => {
  for (let index = 0; index < 4; index++) await simulator.addTemplate(define(`paged_${index}`));
  let next: string | undefined = `${path}?limit=3&name=paged_`;
  const names: string[] = [];
  const sizes: number[] = [];
  while (next !== undefined) {
    const page = await simulator.call("GET", next);
    names.push(...page.body.data.map((one: { name: string }) => one.name));
    sizes.push(page.body.data.length);
    next = page.body.paging?.next;
  }
  assert.deepEqual(names, ["paged_0", "paged_1", "paged_2", "paged_3"]);
  assert.deepEqual(sizes, [3, 1]);
  assert.equal((await simulator.call("GET", `${path}?after=garbage`)).body.error.code, 131059);
});

test("an edited template is reviewed again and shows its new parts", async () => {
  const id = await simulator.addTemplate(define("edited"));
  const components = [{ type: "BODY", text: "Adiós." }];
  const answer = await simulator.call("POST", `/meta/v23.0/${id}`, { components });
  assert.equal(answer.body.success, true);
  const { body: shown } = await simulator.call("GET", `/meta/v23.0/${id}`);
  assert.equal(shown.status, "PENDING");
  assert.deepEqual(shown.components, components);
});

test("an approved template is edited once a day, a rejected one as often as it takes", async () => {
  const id = await simulator.addTemplate(define("edited_twice"));
  const edit = () => {
    const components = [{ type: "BODY", text: `Adiós ${Math.random()}` }];
    return simulator.call("POST", `/meta/v23.0/${id}`, { components });
  };
  assert.equal((await edit()).body.success, true);
  await simulator.call("POST", `/sim/templates/${id}`, { status: "APPROVED" });
  assert.equal((await edit()).body.error.error_subcode, 2388039);
  for (let times = 0; times < 2; times += 1) {
    await simulator.call("POST", `/sim/templates/${id}`, { status: "REJECTED" });
    assert.equal((await edit()).body.success, true);
  }
});

test("a sample is taken by the resumable upload, whole, and by its own session only", async () => {
  const bytes = Buffer.from("not really a picture");
  const query = `file_name=a.png&file_length=${bytes.length}&file_type=image/png`;
  const opened = await simulator.call("POST", `/meta/v23.0/app/uploads?${query}`);
  const send = (session: string, body: Buffer) =>
    fetch(`${simulator.url}/meta/v23.0/${session}`, {
      method: "POST",
      headers: {
        ...{ authorization: "OAuth test-token", file_offset: "0" },
        "content-type": "application/octet-stream",
      },
      body,
    });
  const answer = (await (await send(opened.body.id, bytes)).json()) as { h: string };
  assert.match(answer.h, /^4::[\w=]+:AR/);
  assert.equal((await send(opened.body.id, bytes.subarray(1))).status, 400);
  assert.equal((await send(`${opened.body.id}x`, bytes)).status, 400);
  const missing = await simulator.call("POST", "/meta/v23.0/app/uploads?file_name=a.png");
  assert.equal(missing.status, 400);
});

test("a template moves to another category and quality, each told by its own event", async () => {
  const id = await simulator.addTemplate(define("moves"));
  const decision = { category: "marketing", quality: "red" };
  const { body: decided } = await simulator.call("POST", `/sim/templates/${id}`, decision);
  assert.deepEqual([decided.category, decided.quality_score.score], ["MARKETING", "RED"]);
  const told = (field: string) =>
    simulator.callback.posts
      .flatMap((post) => post.body.entry.flatMap((entry) => entry.changes))
      .find(({ field: name, value }) => name === field && value.message_template_name === "moves");
  for (const field of ["template_category_update", "message_template_quality_update"]) {
    for (let look = 0; look < 500 && told(field) === undefined; look += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
  assert.equal(told("template_category_update")?.value.new_category, "MARKETING");
  assert.equal(told("message_template_quality_update")?.value.new_quality_score, "RED");
  const nothing = await simulator.call("POST", `/sim/templates/${id}`, {});
  assert.equal(nothing.status, 400);
});

test("deleting takes every language of a name, and the name stays blocked", async () => {
  await simulator.addTemplate(define("gone"));
  await simulator.addTemplate(define("gone", { language: "en" }));
  assert.deepEqual((await simulator.call("DELETE", `${path}?name=gone`)).body, { success: true });
  assert.deepEqual((await simulator.call("GET", `${path}?name=gone`)).body, { data: [] });
  const again = await simulator.call("POST", path, define("gone"));
  assert.equal(again.body.error.error_subcode, 2388023);
});

const wrong: [what: string, definition: Record<string, unknown>, subcode: number | undefined][] = [
  ["a name with capitals", define("Bad"), undefined],
  ["no language", define("a", { language: "español" }), undefined],
  ["an unknown category", define("a", { category: "OTHER" }), undefined],
  ["no body", define("a", { components: [{ type: "FOOTER", text: "x" }] }), undefined],
  ["an existing name and language", define("plain"), 2388024],
  [
    "a variable at its end",
    define("a", { components: [{ type: "BODY", text: "Hola {{1}}" }] }),
    2388299,
  ],
  ["no example", define("a", { components: [{ type: "BODY", text: "Hola {{1}}." }] }), 2388043],
  [
    "a gap in its variables",
    define("a", { components: [{ type: "BODY", text: "Hola {{2}}." }] }),
    2388072,
  ],
  [
    "a long footer",
    define("a", { components: [body, { type: "FOOTER", text: "x".repeat(61) }] }),
    2388073,
  ],
  [
    "a media header without sample",
    define("a", { components: [body, { type: "HEADER", format: "IMAGE" }] }),
    2388043,
  ],
  [
    "quick replies apart",
    define("a", {
      components: [
        body,
        {
          type: "BUTTONS",
          buttons: [
            { type: "QUICK_REPLY", text: "Sí" },
            { type: "URL", text: "Ver", url: "https://x.co" },
            { type: "QUICK_REPLY", text: "No" },
          ],
        },
      ],
    }),
    2388060,
  ],
  [
    "a text of its own in an authentication template",
    define("a", { category: "AUTHENTICATION" }),
    undefined,
  ],
];

for (const [what, definition, subcode] of wrong) {
  test(`a template with ${what} is refused`, async () => {
    const answer = await simulator.call("POST", path, definition);
    assert.equal(answer.status, 400);
    assert.equal(answer.body.error.code, 100);
    assert.equal(answer.body.error.error_subcode, subcode);
  });
}

test("another's template, number and WABA are like unknown ones", async () => {
  const other = { ...testNumber, id: "31", wabaId: "32", displayNumber: "573006660000" };
  const callbackUrl = simulator.callback.url;
  await simulator.call("POST", "/sim/numbers", { ...other, accessToken: "other", callbackUrl });
  const id = await simulator.addTemplate(define("mine"));
  for (const path of [id, testNumber.id, testNumber.wabaId, `${testNumber.wabaId}/phone_numbers`]) {
    const response = await fetch(`${simulator.url}/meta/v23.0/${path}`, {
      headers: { authorization: "Bearer other" },
    });
    const { error } = (await response.json()) as { error: { code: number; error_subcode: number } };
    assert.deepEqual([response.status, error.code, error.error_subcode], [400, 100, 33], path);
  }
});

test("a call that says JSON and has no body is read as one without", async () => {
  const response = await fetch(`${simulator.url}/meta/v23.0/${testNumber.wabaId}/subscribed_apps`, {
    method: "POST",
    headers: { authorization: "Bearer test-token", "content-type": "application/json" },
  });
  assert.deepEqual(await response.json(), { success: true });
});
