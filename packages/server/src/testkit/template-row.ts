import type { TemplateRow } from "../storage/templates.ts";

/** A template as it is stored, approved and in nobody's hands; what is given is otherwise. */
export function makeTemplateRow(given: Partial<TemplateRow> = {}): TemplateRow {
  const at = new Date(Date.UTC(2026, 10, 20));
  return {
    ...{ accountId: "account", id: "template", number: 7, projectId: "project" },
    ...{ name: "pedido", language: "es_CO", category: "utility", status: "approved" },
    definition: {
      ...{ header: null, body: "Hola {{1}}, gracias.", footer: null, buttons: [] },
      parameterFormat: "positional",
    },
    ...{ variables: 1, header: null, providerTemplateId: "77", rejectedReason: null },
    ...{ draft: null, examples: [], sampleMediaId: null, quality: null, guard: null },
    ...{ statusAt: null, categoryAt: null, qualityAt: null, submittedAt: null, verifiedAt: null },
    ...{ deletedAt: null, nameFreeAt: null, createdAt: at, updatedAt: at },
    ...given,
  };
}
