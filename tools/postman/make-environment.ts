import type { Demo } from "@recado/contract/demo";
import { GIVEN_VARIABLES } from "./given-variables.ts";
import type { PostmanEnvironment } from "./postman-format.ts";

const ID = "b8d1c7b4-5a0e-4f57-9a6e-3f2a52c0e7d1";

/** The environment: with a demonstration its values, secrets too; without one, those that are always the same. */
export function makeEnvironment(demo?: Demo): PostmanEnvironment {
  return {
    id: ID,
    name: demo ? "Recado · demostración" : "Recado",
    _postman_variable_scope: "environment",
    values: Object.entries(GIVEN_VARIABLES).map(([key, { es, en, value, secret, fromDemo }]) => ({
      key,
      value: (demo && fromDemo?.(demo)) ?? value,
      type: secret ? "secret" : "default",
      enabled: true,
      description: `${es} · ${en}`,
    })),
  };
}
