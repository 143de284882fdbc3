import assert from "node:assert/strict";
import { test } from "node:test";
import type { ConversationRow } from "@recado/contract/console/inbox";
import { en as shellEn } from "../../../i18n/en.ts";
import { es as shellEs } from "../../../i18n/es.ts";
import type { Say } from "../../../i18n/words.ts";
import { en } from "../i18n/en.ts";
import { es } from "../i18n/es.ts";
import type { BulkRefusal } from "./bulk-actions.ts";
import { sayBulk } from "./say-bulk.ts";

/** Says words out of a tree, as the page does. */
function sayFrom<T>(words: T): Say<T> {
  return (key, values = {}) => {
    const find = (path: string) =>
      path
        .split(".")
        .reduce((tree: unknown, part) => (tree as Record<string, unknown>)[part], words);
    const word = find(`${key}_${values.count === 1 ? "one" : "other"}`) ?? find(key);
    return String(word).replace(/\{\{(\w+)\}\}/gu, (_, name: string) => String(values[name]));
  };
}

const left = (name: string, why: BulkRefusal["why"]): BulkRefusal => ({
  conversation: { contact: { name, mobile: null, address: null } } as ConversationRow,
  why,
});

test("who was left out is named, with the reason in plain words of the reader's language", () => {
  const refused = [left("Ana", "wrote"), left("Beto", "forbidden"), left("Caro", "wrote")];
  assert.equal(
    sayBulk({ done: 12, refused }, sayFrom(es), sayFrom(shellEs)),
    "12 hechas; 3 no se pudieron y siguen elegidas. Ana, Caro han escrito desde que se eligieron: lea lo nuevo antes de resolver. Beto: Su rol no permite hacer esto.",
  );
  assert.equal(
    sayBulk({ done: 0, refused: refused.slice(0, 1) }, sayFrom(en), sayFrom(shellEn)),
    "0 done; 1 could not be and stays selected. Ana has written since being selected: read it before you resolve.",
  );
});

test("of many three are named and the others counted", () => {
  const refused = Array.from({ length: 150 }, (_, index) => left(`P${index}`, "wrote"));
  const text = sayBulk({ done: 50, refused }, sayFrom(es), sayFrom(shellEs));
  assert.match(text, /P0, P1, P2 y 147 más han escrito/u);
  assert.ok(text.length < 200);
});
