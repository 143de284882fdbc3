import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { newMessage } from "./messages.ts";

const ID = "019abcde-0000-7000-8000-000000000000";

/** The fields at fault with what is said of them; none when the message is as documented. */
function judge(fields: object): string[] {
  const result = newMessage.safeParse({ mobile: "573001234567", ...fields });
  return (result.error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
}

const rows = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `r${index}`, title: `Fila ${index}` }));
const buttons = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `b${index}`, title: `Botón ${index}` }));
const list = (sections: object[]) => ({
  interactive: { type: "list", body: "x", button: "Ver", sections },
});

/** A text of so many characters of one code point each. */
const characters = (count: number) =>
  fc
    .array(fc.constantFrom("a", "ñ", "字", "👍", "~"), { minLength: count, maxLength: count })
    .map((parts) => parts.join(""));

/** Where a text goes, how long it may be, and a message with the text there. */
const PLACES: [path: string, max: number, make: (text: string) => object][] = [
  ["interactive.body", 1_024, (body) => interactive({ body })],
  ["interactive.header", 60, (header) => interactive({ header })],
  ["interactive.footer", 60, (footer) => interactive({ footer })],
  ["interactive.buttons.0.title", 20, (title) => interactive({ buttons: [{ id: "a", title }] })],
  ["interactive.buttons.0.id", 256, (id) => interactive({ buttons: [{ id, title: "a" }] })],
  ["interactive.button", 20, (button) => link({ button })],
  ["interactive.sections.0.title", 24, (title) => list([{ title, rows: rows(1) }])],
  ["interactive.sections.0.rows.0.id", 200, (id) => list([{ rows: [{ id, title: "a" }] }])],
  ["interactive.sections.0.rows.0.title", 24, (title) => list([{ rows: [{ id: "a", title }] }])],
  [
    "interactive.sections.0.rows.0.description",
    72,
    (description) => list([{ rows: [{ id: "a", title: "a", description }] }]),
  ],
  ["location.name", 256, (name) => ({ location: { latitude: 1, longitude: 1, name } })],
  ["contact.name", 256, (name) => ({ contact: { name } })],
  [
    "button_payloads.0.payload",
    256,
    (payload) => ({ template: { id: 1 }, button_payloads: [{ button: 0, payload }] }),
  ],
];

function interactive(fields: object): object {
  return { interactive: { type: "buttons", body: "x", buttons: buttons(1), ...fields } };
}
function link(fields: object): object {
  return {
    interactive: { type: "link", body: "x", button: "Ver", url: "https://a.co/", ...fields },
  };
}

for (const [path, max, make] of PLACES) {
  test(`${path} may have ${max} characters, whatever they are, and not one more`, () => {
    fc.assert(
      fc.property(characters(max), (text) => {
        assert.deepEqual(judge(make(text)), []);
        const message = `may have ${max} characters and has ${max + 1}`;
        assert.deepEqual(judge(make(`${text}a`)), [`${path}: ${message}`]);
      }),
      { numRuns: 20 },
    );
    for (const text of ["", " ", "a\0", "\ud83d"]) {
      const [first] = judge(make(text));
      assert.ok(first?.startsWith(path), `${JSON.stringify(text)}: ${first}`);
    }
  });
}

describe("what a message may hold", () => {
  test("is counted: buttons, sections, rows in all", () => {
    assert.deepEqual(judge(interactive({ buttons: buttons(3) })), []);
    assert.match(judge(interactive({ buttons: buttons(4) }))[0] ?? "", /interactive\.buttons.*3/u);
    assert.match(judge(interactive({ buttons: [] }))[0] ?? "", /interactive\.buttons.*1/u);
    assert.deepEqual(judge(list([{ rows: rows(10) }])), []);
    assert.match(judge(list([{ rows: rows(11) }]))[0] ?? "", /sections\.0\.rows.*10/u);
    assert.match(judge(list([]))[0] ?? "", /interactive\.sections.*1/u);
    const two = [
      { title: "a", rows: rows(6) },
      { title: "b", rows: rows(5).map((row) => ({ ...row, id: `s${row.id}` })) },
    ];
    assert.deepEqual(judge(list(two)), [
      "interactive.sections: may have 10 rows in all sections together and has 11",
    ]);
  });

  test("has each id once, and titles where one must be told from another", () => {
    const twins = [
      { id: "a", title: "x" },
      { id: "a", title: "x" },
    ];
    assert.deepEqual(judge(interactive({ buttons: twins })), [
      "interactive.buttons.1.id: is there twice",
      "interactive.buttons.1.title: is there twice",
    ]);
    const sections = [
      { title: "Lunes", rows: [{ id: "l", title: "10:00" }] },
      { title: "Martes", rows: [{ id: "m", title: "10:00" }] },
    ];
    assert.deepEqual(judge(list(sections)), []);
    assert.deepEqual(judge(list([sections[0] ?? {}, { rows: [{ id: "l", title: "x" }] }])), [
      "interactive.sections.1.title: is needed when there is more than one section",
      "interactive.sections.1.rows.0.id: is there twice",
    ]);
    assert.match(judge(interactive({ buttons: [{ id: " a", title: "x" }] }))[0] ?? "", /blank/u);
  });

  test("leads to the web and nowhere else", () => {
    for (const url of ["https://a.co/x?y=1", "http://a.co"]) {
      assert.deepEqual(judge(link({ url })), []);
    }
    for (const url of ["javascript:alert(1)", "ftp://a.co", "https://u:p@a.co", "a.co", ""]) {
      assert.equal(judge(link({ url })).length, 1, url);
    }
  });

  test("is a place on earth, and one emoji", () => {
    for (const [latitude, longitude] of [
      [90.1, 0],
      [0, -180.1],
      [Number.NaN, 0],
    ]) {
      assert.equal(judge({ location: { latitude, longitude } }).length, 1);
    }
    for (const emoji of ["👍", "❤", "❤️", "👩‍👩‍👧", "🇨🇴", "👍🏽", ""]) {
      assert.deepEqual(judge({ reaction: { message_id: ID, emoji } }), [], emoji);
    }
    for (const emoji of ["a", "1", "👍👍", "👍a", " ", "#"]) {
      assert.equal(judge({ reaction: { message_id: ID, emoji } }).length, 1, emoji);
    }
  });

  test("is nothing that is not documented, however it is shaped", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const known = judge({ interactive: value });
        assert.ok(known.length > 0);
        assert.ok(judge({ contact: value }).length > 0 || hasName(value));
      }),
    );
    assert.equal(judge(interactive({ surprise: 1 })).length, 1);
  });
});

function hasName(value: unknown): boolean {
  return typeof (value as { name?: unknown } | null)?.name === "string";
}
