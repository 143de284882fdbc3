import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createMobiles, findTemplate } from "../../product/demo-templates.ts";
import { SAMPLE_FILES } from "../../product/sample-files.ts";
import { ENCODINGS, type Fields, type SendAnswer } from "../../product/ws-client.ts";
import { type Product, startProduct } from "../../start-product.ts";
import { CONCEPTS } from "./manual-words.ts";

/** As late as the simulator does it: long after the last test. */
const LATE_MS = 600_000;

let product: Product;
const nextMobile = createMobiles();
/** Every messageId that was answered, each of which must be in the list of messages at the end, and nothing else. */
const answered: string[] = [];

before(async () => {
  product = await startProduct();
  // What is charged is looked at after each send: a message that failed by then (a text outside the window does) is refunded.
  await product.simulator.behaviour({ statusDelayMs: LATE_MS });
});
after(() => product?.stop());

/** What is sent; `first` is sent before it and must be accepted. */
interface Case {
  what: string;
  code: number;
  as?: keyof Product["demo"]["others"];
  first?(mobile: string): Fields[];
  fields(mobile: string): Fields;
}

const id = (wanted: Parameters<typeof findTemplate>[1]) =>
  findTemplate(product.demo, wanted).id_template;
const plain = () => id({ status: "approved", variables: 0, header: null });
const three = () => id({ status: "approved", variables: 3 });
const withDocument = () => id({ header: "document" });
const offer = () => id({ category: "marketing", status: "approved", header: null });
const others = (name: keyof Product["demo"]["others"]) => product.demo.others[name];
const document = (): Fields => ({
  id_template: withDocument(),
  template_variables: "[Ana] [$ 5]",
});
const pdf = () => SAMPLE_FILES.pdf?.bytes.toString("base64");
const long = "x".repeat(1_001);

const CASES: Case[] = [
  { what: "a template without variables", code: 1, fields: () => ({ id_template: plain() }) },
  {
    what: "a template with three variables",
    code: 1,
    fields: () => ({ id_template: three(), template_variables: "[Carlos] [$100] [miércoles 🎉]" }),
  },
  {
    what: "a document",
    code: 1,
    fields: () => ({ ...document(), media: pdf(), media_name: "factura-881.pdf" }),
  },
  { what: "free text", code: 1, fields: () => ({ message: "¡Buenos días!" }) },
  { what: "an unknown login", code: 2, fields: () => ({ login: "nadie", id_template: plain() }) },
  { what: "a wrong token", code: 2, fields: () => ({ token: "no-es-este", id_template: plain() }) },
  { what: "no token", code: 2, fields: () => ({ token: undefined, id_template: plain() }) },
  { what: "no login", code: 2, fields: () => ({ login: undefined, id_template: plain() }) },
  { what: "a disabled account", code: 2, as: "disabled", fields: () => ({ message: "hola" }) },
  {
    what: "another account's token",
    code: 2,
    fields: () => ({ token: others("stranger").token, id_template: plain() }),
  },
  { what: "no project", code: 3, as: "noProject", fields: () => ({ message: "hola" }) },
  ...["3001234567", "57300123456", "5730012345678", "+573001234567", "57300123456a", ""].map(
    (mobile) => ({
      what: `the mobile ${JSON.stringify(mobile)}`,
      code: 4,
      fields: () => ({ mobile, id_template: plain() }),
    }),
  ),
  { what: "no mobile", code: 4, fields: () => ({ mobile: undefined, id_template: plain() }) },
  {
    what: "no balance",
    code: 5,
    as: "noBalance",
    fields: () => ({ id_template: others("noBalance").id_template }),
  },
  {
    what: "an inactive project",
    code: 5,
    as: "inactive",
    fields: () => ({ id_template: others("inactive").id_template }),
  },
  { what: "neither template nor message", code: 6, fields: () => ({}) },
  { what: "a blank message", code: 6, fields: () => ({ message: " \n\t " }) },
  {
    what: "a blank variable",
    code: 6,
    fields: () => ({ id_template: three(), template_variables: "[a] [ ] [c]" }),
  },
  { what: "an unknown template", code: 7, fields: () => ({ id_template: 987_654 }) },
  { what: "a template that is no number", code: 7, fields: () => ({ id_template: "hola" }) },
  {
    what: "a stranger's template",
    code: 7,
    fields: () => ({ id_template: others("stranger").id_template }),
  },
  ...(["pending", "rejected", "paused"] as const).map((status) => ({
    what: `a ${status} template`,
    code: 7,
    fields: () => ({ id_template: id({ status }), template_variables: "[a]" }),
  })),
  {
    what: "one variable too few",
    code: 8,
    fields: () => ({ id_template: three(), template_variables: "[a] [b]" }),
  },
  {
    what: "one variable too many",
    code: 8,
    fields: () => ({ id_template: plain(), template_variables: "[a]" }),
  },
  {
    what: "variables that cannot be read",
    code: 8,
    fields: () => ({ id_template: three(), template_variables: "[a] [b] [c" }),
  },
  {
    what: "the same message again",
    code: 9,
    first: () => [{ id_template: three(), template_variables: "[a] [b] [c]" }],
    fields: () => ({ id_template: three(), template_variables: "[a],[b],[c]" }),
  },
  {
    what: "a third marketing message",
    code: 10,
    first: () => ["a", "b"].map((x) => ({ id_template: offer(), template_variables: `[${x}]` })),
    fields: () => ({ id_template: offer(), template_variables: "[c]" }),
  },
  { what: "a missing document", code: 1008, fields: () => document() },
  {
    what: "media where there is no header",
    code: 1005,
    fields: () => ({ id_template: plain(), media: pdf() }),
  },
  {
    what: "a document in place of a picture",
    code: 1005,
    fields: () => ({
      id_template: id({ header: "image" }),
      template_variables: "[a]",
      media: pdf(),
    }),
  },
  {
    what: "media that is neither URL nor base64",
    code: 1010,
    fields: () => ({ ...document(), media: "¡esto no es nada!" }),
  },
  {
    what: "media of a type outside the list",
    code: 1010,
    fields: () => ({ ...document(), media: Buffer.from("<html><script>").toString("base64") }),
  },
  ...[
    "http://127.0.0.1/a.pdf",
    "http://[::1]:80/a.pdf",
    "http://10.1.2.3/",
    "http://localhost/a",
  ].map((media) => ({
    what: `the URL ${media} inside our own network`,
    code: 1010,
    fields: () => ({ ...document(), media }),
  })),
  {
    what: "custom_field over 1,000 characters",
    code: 1011,
    fields: () => ({ id_template: plain(), custom_field: long }),
  },
  {
    what: "message over 4,096 characters",
    code: 1011,
    fields: () => ({ message: "ñ".repeat(4_097) }),
  },
];

const PRECEDENCE: Case[] = [
  {
    what: "2 before 4, 6 and 1011",
    code: 2,
    fields: () => ({ token: "x", mobile: "1", custom_field: long }),
  },
  { what: "3 before 4 and 6", code: 3, as: "noProject", fields: () => ({ mobile: "1" }) },
  { what: "4 before 5 and 6", code: 4, as: "noBalance", fields: () => ({ mobile: "1" }) },
  { what: "5 before 6", code: 5, as: "inactive", fields: () => ({}) },
  { what: "5 before 7", code: 5, as: "inactive", fields: () => ({ id_template: 987_654 }) },
  {
    what: "5 before 8 and 1005",
    code: 5,
    as: "noBalance",
    fields: () => ({
      id_template: others("noBalance").id_template,
      template_variables: "[a]",
      media: pdf(),
    }),
  },
  {
    what: "6 before 7 and 8",
    code: 6,
    fields: () => ({ id_template: 987_654, template_variables: "[] [a]" }),
  },
  {
    what: "7 before 8 and 1010",
    code: 7,
    fields: () => ({ id_template: id({ status: "paused" }), template_variables: "x", media: "¡!" }),
  },
  {
    what: "8 before 1005 and 1011",
    code: 8,
    fields: () => ({
      id_template: plain(),
      template_variables: "[a]",
      media: pdf(),
      custom_field: long,
    }),
  },
  {
    what: "9 before 10",
    code: 9,
    first: () => ["a", "b"].map((x) => ({ id_template: offer(), template_variables: `[${x}]` })),
    fields: () => ({ id_template: offer(), template_variables: "[b]" }),
  },
  {
    what: "9 before 1011",
    code: 9,
    first: () => [{ id_template: plain() }],
    fields: () => ({ id_template: plain(), custom_field: long }),
  },
  {
    what: "10 before 1005",
    code: 10,
    first: () => ["a", "b"].map((x) => ({ id_template: offer(), template_variables: `[${x}]` })),
    fields: () => ({ id_template: offer(), template_variables: "[c]", media: pdf() }),
  },
  { what: "1008 before 1011", code: 1008, fields: () => ({ ...document(), custom_field: long }) },
  {
    what: "1005 before 1010 and 1011",
    code: 1005,
    fields: () => ({ id_template: plain(), media: "¡!", custom_field: long }),
  },
  {
    what: "1010 before 1011",
    code: 1010,
    fields: () => ({ ...document(), media: "¡!", custom_field: long }),
  },
];

for (const encoding of ENCODINGS) {
  for (const each of [...CASES, ...PRECEDENCE]) {
    test(`${encoding}: ${each.what} is answered ${each.code}, and only 1 is charged`, async () => {
      const ws = each.as ? product.ws.as(others(each.as)) : product.ws;
      const mobile = nextMobile();
      for (const fields of each.first?.(mobile) ?? []) {
        checkAnswer(await ws.send({ mobile, ...fields }, encoding), 1);
      }
      const before = await product.ws.balance();
      checkAnswer(await ws.send({ mobile, ...each.fields(mobile) }, encoding), each.code);
      const spent = before - (await product.ws.balance());
      assert.equal(spent > 0n, each.code === 1, `${spent} were charged`);
    });
  }
}

test("what was answered 1 is in the list of messages, and nothing else is", async () => {
  const { items: accounts } = await product.cli.json<{ items: { id: string; name: string }[] }>([
    "account",
    "list",
  ]);
  const listed = await Promise.all(accounts.map((account) => listMessages(account.id)));
  assert.deepEqual(listed.flat().sort(), answered.toSorted());
});

test("no token and no wrong one ever reached the log", () => {
  // What stands in the log as text is for whoever started it, and shows the demonstration's token on purpose.
  const log = product
    .log()
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .join("\n");
  assert.notEqual(log, "");
  for (const secret of [product.demo.token, others("stranger").token, "no-es-este"]) {
    assert.equal(log.includes(secret), false);
  }
});

function checkAnswer(answer: SendAnswer, code: number): void {
  assert.equal(answer.code, code, JSON.stringify(answer));
  assert.equal(answer.concept, CONCEPTS[code]);
  assert.match(answer.description, /\S/u);
  const keys = ["code", "concept", "description", ...(code === 1 ? ["messageId"] : [])];
  assert.deepEqual(Object.keys(answer).sort(), keys.sort());
  if (answer.messageId !== undefined) answered.push(answer.messageId);
}

async function listMessages(accountId: string): Promise<string[]> {
  const args = ["message", "list", accountId, "--direction", "out", "--limit", "500"];
  const page = await product.cli.json<{ items: { id: string }[]; nextCursor: string | null }>(args);
  assert.equal(page.nextCursor, null);
  return page.items.map((item) => item.id);
}
