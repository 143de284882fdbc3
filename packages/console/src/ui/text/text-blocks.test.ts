import assert from "node:assert/strict";
import { test } from "node:test";
import { splitTextBlocks } from "./text-blocks.ts";

test("lists and quotes are told from lines, and lines keep their order and blanks", () => {
  const text = "Hola\n\n> dijo\n> ayer\n- uno\n* dos\n3. tres\n4. cuatro\nfin";
  assert.deepEqual(splitTextBlocks(text), [
    { kind: "lines", text: "Hola\n" },
    { kind: "quote", text: "dijo\nayer" },
    { kind: "bullets", items: ["uno", "dos"] },
    { kind: "numbers", start: 3, items: ["tres", "cuatro"] },
    { kind: "lines", text: "fin" },
  ]);
});

test("bold at the beginning of a line, a date and a dash alone are no lists", () => {
  const text = "*Importante*\n2026.11\n-\n1.5 kg";
  assert.deepEqual(splitTextBlocks(text), [{ kind: "lines", text }]);
});

test("code keeps its lines as they are", () => {
  const text = "```\n- no es lista\n```";
  assert.deepEqual(splitTextBlocks(text), [{ kind: "lines", text }]);
});
