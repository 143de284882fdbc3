import { EXAMPLE_VARIABLES } from "@recado/contract/v1/example-variables";
import type { PostmanBody } from "./postman-format.ts";

/** A body of JSON. A variable whose value is a number stands without quotes. */
export function writeJsonBody(value: unknown): PostmanBody {
  const raw = JSON.stringify(value, null, 2).replace(/"(\{\{(\w+)\}\})"/gu, (quoted, bare, name) =>
    typeof EXAMPLE_VARIABLES[name]?.example === "number" ? bare : quoted,
  );
  return { mode: "raw", raw, options: { raw: { language: "json" } } };
}
