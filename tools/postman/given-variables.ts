import type { Demo } from "@recado/contract/demo";
import { EXAMPLE_VARIABLES } from "@recado/contract/v1/example-variables";

/** A value that the environment holds. */
export interface GivenVariable {
  es: string;
  en: string;
  /** What stands in the committed environment; empty for a secret. */
  value: string;
  secret?: true;
  /** What a demonstration that is running says; absent: `value`. */
  fromDemo?(demo: Demo): string;
}

const example = (name: string): { es: string; en: string; value: string } => {
  const { es = "", en = "", example: value = "" } = EXAMPLE_VARIABLES[name] ?? {};
  return { es, en, value: `${value}` };
};

const templateOf = (demo: Demo, wanted: (one: Demo["templates"][number]) => boolean) => {
  const found = demo.templates.find((one) => one.status === "approved" && wanted(one));
  if (!found) throw new Error("The demonstration lacks a template that the collection sends.");
  return found;
};
const withThree = (demo: Demo) =>
  templateOf(demo, ({ variables, header }) => variables === 3 && header === null);

/** Every variable of the environment, in its order. */
export const GIVEN_VARIABLES: Readonly<Record<string, GivenVariable>> = {
  base_url: {
    es: "Dirección del servidor, sin barra al final.",
    en: "The server's address, without a slash at its end.",
    value: "http://127.0.0.1:8080",
    fromDemo: ({ baseUrl }) => baseUrl,
  },
  login: {
    es: "Usuario de la API del manual.",
    en: "User of the manual's API.",
    value: "demo",
    fromDemo: ({ login }) => login,
  },
  token: {
    es: "Token de la API del manual: `token` en data/demo.json.",
    en: "Token of the manual's API: `token` in data/demo.json.",
    value: "",
    secret: true,
    fromDemo: ({ token }) => token,
  },
  api_token: {
    es: "Token de /v1, empieza por rcd_api_: `apiToken` en data/demo.json.",
    en: "Token of /v1, begins with rcd_api_: `apiToken` in data/demo.json.",
    value: "",
    secret: true,
    fromDemo: ({ apiToken }) => apiToken,
  },
  mobile: example("mobile"),
  id_template: {
    ...example("id_template"),
    fromDemo: (demo) => `${withThree(demo).id_template}`,
  },
  template_name: { ...example("template_name"), fromDemo: (demo) => withThree(demo).name },
  template_language: example("template_language"),
  id_template_plain: {
    es: "Una plantilla aprobada sin variables.",
    en: "An approved template without variables.",
    value: "3",
    fromDemo: (demo) =>
      `${templateOf(demo, ({ variables, header }) => variables === 0 && header === null).id_template}`,
  },
  id_template_document: {
    es: "Una plantilla aprobada con documento y dos variables.",
    en: "An approved template with a document and two variables.",
    value: "4",
    fromDemo: (demo) => `${templateOf(demo, ({ header }) => header === "document").id_template}`,
  },
  media_url: {
    es: "Un PDF en la web. Si no se puede descargar, el envío se acepta y después falla con 1010 y se devuelve.",
    en: "A PDF on the web. When it cannot be fetched the send is accepted, then fails with 1010 and is refunded.",
    value: "https://example.com/factura.pdf",
  },
  webhook_url: {
    ...example("webhook_url"),
    value: "http://127.0.0.1:8090/sim/receiver/postman",
    fromDemo: ({ simulatorUrl }) => `${simulatorUrl}/sim/receiver/postman`,
  },
};
