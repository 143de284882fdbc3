import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { TemplateDefinition } from "../domain/template.ts";
import { matchTwins } from "./match-twins.ts";

type Own = Parameters<typeof matchTwins>[0][number];
type There = Parameters<typeof matchTwins>[1][number];

const DEFINITION: TemplateDefinition = {
  header: null,
  body: "Hola {{1}}",
  footer: "Adiós",
  buttons: [{ kind: "quick_reply", text: "Sí", target: null }],
  parameterFormat: "positional",
};
const OWN: Own = {
  ...{ id: "own", name: "aviso", language: "es", category: "utility", status: "approved" },
  definition: DEFINITION,
};
const TWIN: There = {
  ...{ name: "aviso", language: "es", category: "utility", status: "approved" },
  ...{ providerTemplateId: "77", definition: structuredClone(DEFINITION) },
};
const ABSENT = "it does not exist at the second number";
const OTHER = "it has another content or category at the second number";

describe("the twin of a template at another number", () => {
  test("has its name, language, category and content, whatever its state", () => {
    for (const status of ["approved", "paused", "pending"] as const) {
      assert.deepEqual(matchTwins([OWN], [{ ...TWIN, status }]), {
        twins: [{ templateId: "own", providerTemplateId: "77", status }],
        missing: [],
      });
    }
  });

  test("is none of another category or content: a person would pay or read something else", () => {
    const changed = (part: Partial<TemplateDefinition>): Partial<There> => ({
      definition: { ...DEFINITION, ...part },
    });
    const others: Partial<There>[] = [
      { category: "marketing" },
      changed({ body: "Hola {{1}}." }),
      changed({ footer: null }),
      changed({ header: { format: "text", text: "!" } }),
      changed({ buttons: [] }),
      changed({ buttons: [{ kind: "quick_reply", text: "Sí", target: "x" }] }),
      changed({ parameterFormat: "named" }),
    ];
    for (const other of others) {
      const found = matchTwins([OWN], [{ ...TWIN, ...other }]);
      assert.deepEqual(found, { twins: [], missing: [{ name: "aviso", why: OTHER }] });
    }
  });

  test("is none of another name or language", () => {
    for (const other of [{ name: "aviso_2" }, { language: "es_CO" }]) {
      const found = matchTwins([OWN], [{ ...TWIN, ...other }]);
      assert.deepEqual(found, { twins: [], missing: [{ name: "aviso", why: ABSENT }] });
    }
  });

  test("is missed only of one that could be sent", () => {
    for (const status of ["draft", "pending", "rejected", "paused", "disabled"] as const) {
      assert.deepEqual(matchTwins([{ ...OWN, status }], []), { twins: [], missing: [] });
    }
  });

  test("is found for each by itself, and a key that is undefined is as one that is not there", () => {
    const second = { ...OWN, id: "second", language: "en" };
    const loose = { ...DEFINITION, extra: undefined } as TemplateDefinition;
    const there = [
      { ...TWIN, definition: loose },
      { ...TWIN, language: "en", providerTemplateId: "78" },
    ];
    assert.deepEqual(
      matchTwins([OWN, second, { ...OWN, id: "third", name: "otra" }], there).twins.map(
        ({ templateId, providerTemplateId }) => [templateId, providerTemplateId],
      ),
      [
        ["own", "77"],
        ["second", "78"],
      ],
    );
  });
});
