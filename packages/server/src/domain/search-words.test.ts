import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  DIGITS_MIN,
  listDigitEnds,
  listWords,
  makeExcerpt,
  readSearch,
  type SearchWish,
} from "./search-words.ts";

const words = (...list: string[]): SearchWish => ({ words: list, start: null, digits: null });
const shown = (text: string, wish: SearchWish, stems?: readonly string[]) =>
  makeExcerpt(text, wish, stems)
    .map(({ text: part, hit }) => (hit ? `[${part}]` : part))
    .join("");

describe("what is stored of a text", () => {
  test("are its words without case, accents and signs, each once", () => {
    assert.deepEqual(listWords("¡Envío, ENVIO! Año 2026: niño (Ñandú)"), [
      "envio",
      "ano",
      "2026",
      "nino",
      "nandu",
    ]);
    assert.deepEqual(listWords("… !"), []);
  });

  test("is limited: forty characters of a word, not cut through one, and 1,200 words", () => {
    assert.deepEqual(listWords("x".repeat(50)), ["x".repeat(40)]);
    assert.deepEqual(listWords("𝒳".repeat(41)), ["𝒳".repeat(40)]);
    const many = Array.from({ length: 1_300 }, (_none, index) => `w${index}`);
    assert.deepEqual(listWords(many.join(" ")), many.slice(0, 1_200));
  });

  test("are the ends of its numbers, written with or without signs, down to four digits", () => {
    assert.deepEqual(listDigitEnds("llame al (300) 123-4567."), [
      "3001234567",
      "001234567",
      "01234567",
      "1234567",
      "234567",
      "34567",
      "4567",
    ]);
    assert.deepEqual(listDigitEnds("12 y 345, no 1   2   3   4"), []);
    assert.deepEqual(listDigitEnds("1234 y 1234"), ["1234"]);
  });

  test("are at most twenty digits of a number and 1,200 ends", () => {
    assert.deepEqual(listDigitEnds("9".repeat(30))[0], "9".repeat(20));
    const many = Array.from({ length: 1_300 }, (_none, index) => String(1_000 + index));
    assert.equal(listDigitEnds(many.join("; ")).length, 1_200);
  });
});

describe("what is asked for", () => {
  test("is nothing when there is no word in it", () => {
    for (const text of ["", "   ", "¿?", "-"]) assert.equal(readSearch(text), null);
  });

  test("is whole words, and the last one may be unfinished", () => {
    assert.deepEqual(readSearch("Pedido RÁPIDO env"), {
      words: ["pedido", "rapido"],
      start: "env",
      digits: null,
    });
    assert.deepEqual(readSearch("pedido pedido."), {
      words: ["pedido"],
      start: null,
      digits: null,
    });
    assert.deepEqual(readSearch("env"), { words: [], start: "env", digits: null });
  });

  test("is a number when it has digits alone, four at least, with the signs that people write between", () => {
    const number = { words: [], start: null, digits: "573001234567" };
    assert.deepEqual(readSearch("+57 (300) 123-45.67"), number);
    assert.equal(DIGITS_MIN, 4);
    assert.deepEqual(readSearch("1234")?.digits, "1234");
    assert.deepEqual(readSearch("123"), { words: [], start: "123", digits: null });
    assert.deepEqual(readSearch("12 a 34")?.digits, null);
    assert.deepEqual(readSearch("a1234")?.digits, null);
    assert.deepEqual(readSearch("1234a")?.digits, null);
    assert.equal(readSearch("1".repeat(25))?.digits, "1".repeat(20));
  });

  test("is at most twelve words", () => {
    const many = Array.from({ length: 15 }, (_none, index) => `w${index}`);
    const wish = readSearch(`${many.join(" ")}.`);
    assert.deepEqual(wish?.words, many.slice(0, 12));
  });

  test("finds any run of four digits or more of any stored number of up to twenty", () => {
    const digits = fc.stringMatching(/^\d{4,20}$/u);
    fc.assert(
      fc.property(digits, fc.nat(), fc.nat(), (number, a, b) => {
        const from = a % (number.length - 3);
        const to = from + 4 + (b % (number.length - from - 3));
        const wanted = readSearch(number.slice(from, to))?.digits ?? "none";
        assert.ok(listDigitEnds(`tel ${number}`).some((end) => end.startsWith(wanted)));
      }),
    );
  });
});

describe("an excerpt", () => {
  test("marks whole words and beginnings, as they were written", () => {
    assert.equal(shown("Su Envío  llega\nhoy", words("envio")), "Su [Envío] llega hoy");
    assert.equal(shown("los envíos", words("envio")), "los envíos");
    assert.equal(shown("los envíos", { ...words(), start: "envi" }), "los [envíos]");
    assert.equal(shown("los envíos", words("envio"), ["envi"]), "los [envíos]");
    assert.equal(shown("reenvío", { ...words(), start: "envio" }), "reenvío");
    assert.equal(shown("hoy hoy", words("hoy")), "[hoy] [hoy]");
    assert.equal(shown("null nulo", words("hoy")), "null nulo");
  });

  test("has no empty part", () => {
    for (const text of ["hoy", "hoy.hoy", "hoy hoy "]) {
      assert.ok(makeExcerpt(text, words("hoy")).every((part) => part.text !== ""));
    }
  });

  test("marks a number across the signs in it", () => {
    const wish = { words: [], start: null, digits: "1234" };
    assert.equal(shown("al 300 12-3.4567, o 1234", wish), "al 300 [12-3.4]567, o [1234]");
    assert.equal(shown("1---234", wish), "1---234");
  });

  test("of a short text is the whole of it, and of one without a hit its beginning", () => {
    assert.deepEqual(makeExcerpt("hola", words("x")), [{ text: "hola", hit: false }]);
    assert.deepEqual(makeExcerpt("  ", words("x")), []);
    const long = "a".repeat(161);
    assert.equal(shown(long, words("x")), `${"a".repeat(160)}…`);
    assert.equal(shown("a".repeat(160), words("x")), "a".repeat(160));
  });

  test("of a long text begins at a word up to forty characters before the first hit, and says what it leaves out", () => {
    const text = `${"palabra ".repeat(40)}aguja ${"paja ".repeat(60)}`.trim();
    const parts = makeExcerpt(text, words("aguja"));
    assert.deepEqual(parts[0], { text: "…", hit: false });
    assert.deepEqual(parts.at(-1), { text: "…", hit: false });
    const body = parts.slice(1, -1);
    assert.equal(body.map((part) => part.text).join("").length, 160);
    assert.equal(body[0]?.text, "palabra palabra palabra palabra ");
    assert.deepEqual(body[1], { text: "aguja", hit: true });
  });

  test("begins at the text's beginning as long as the hit lies within forty characters", () => {
    assert.equal(shown(`${"x".repeat(39)} aguja`, words("aguja")), `${"x".repeat(39)} [aguja]`);
    assert.equal(shown(`${"x".repeat(40)} aguja`, words("aguja")), `…${"x".repeat(39)} [aguja]`);
  });

  test("does not look for a blank further than twenty characters", () => {
    const near = `${"x".repeat(70)} ${"y".repeat(19)} aguja`;
    assert.equal(shown(near, words("aguja")), `…${"y".repeat(19)} [aguja]`);
    const at20 = `${"x".repeat(70)} ${"y".repeat(18)} aguja`;
    assert.equal(shown(at20, words("aguja")), `…${"y".repeat(18)} [aguja]`);
    const at21 = `${"x".repeat(70)} ${"y".repeat(17)} aguja`;
    assert.equal(shown(at21, words("aguja")), `…${"x".repeat(21)} ${"y".repeat(17)} [aguja]`);
    const unbroken = `${"x,".repeat(50)}aguja`;
    assert.equal(shown(unbroken, words("aguja")), `…${"x,".repeat(20)}[aguja]`);
    const none = `${"x".repeat(100)} aguja`;
    assert.equal(shown(none, words("aguja")), `…${"x".repeat(39)} [aguja]`);
  });

  test("leaves out a hit that would be cut, and never ends in half a character", () => {
    const cut = `${"x ".repeat(78)}aguja`;
    assert.equal(shown(`aguja ${cut}`, words("aguja")), `[aguja] ${"x ".repeat(77)}…`);
    const half = makeExcerpt(`${"x".repeat(159)}😀`, words("y"));
    assert.deepEqual(half, [
      { text: "x".repeat(159), hit: false },
      { text: "…", hit: false },
    ]);
  });

  test("cuts nothing before a hit that begins forty characters in", () => {
    const text = `a ${"x".repeat(37)} aguja`;
    assert.equal(shown(text, words("aguja")), `a ${"x".repeat(37)} [aguja]`);
  });
});
