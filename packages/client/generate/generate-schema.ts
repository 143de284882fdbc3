import { makeOpenApi } from "@recado/contract/v1/openapi";
import openapiTypescript, { astToString } from "openapi-typescript";

const HEADER =
  "// Made of the OpenAPI document by packages/client/generate; not to be changed by hand.\n\n";

/** The types of every call of `/v1`, as TypeScript. */
export async function generateSchema(): Promise<string> {
  const document = JSON.stringify(makeOpenApi());
  // A field with a default need not be given.
  return HEADER + astToString(await openapiTypescript(document, { defaultNonNullable: false }));
}
