import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { makeFileTree, openFileTree } from "../tree/file-tree.ts";
import { checkTidy, formatOffences, tidyRules } from "./check-tidy.ts";

for (const rule of tidyRules) {
  test(`${rule.name} lets its good examples pass and reports each bad one once`, () => {
    assert.ok(rule.passes.length > 0 && rule.fails.length > 0, "a rule without examples");
    for (const example of rule.passes) {
      assert.deepEqual(checkTidy(makeFileTree(example), [rule]), []);
    }
    for (const example of rule.fails) {
      const offences = checkTidy(makeFileTree(example), [rule]);
      assert.equal(offences.length, 1, JSON.stringify(example).slice(0, 200));
    }
  });
}

test("an offence is shown with its place, under the reason of its rule", () => {
  const tree = makeFileTree({ "packages/server/src/domain/main.ts": "//\n// TODO later\n" });
  const [heading, place] = formatOffences(checkTidy(tree));
  assert.match(heading ?? "", /^no-stray-todo: .*issue/);
  assert.equal(place, "  packages/server/src/domain/main.ts:2  // TODO later");
});

test("the house is tidy", () => {
  const offences = checkTidy(openFileTree(join(import.meta.dirname, "..", "..")));
  assert.deepEqual(formatOffences(offences), []);
});
