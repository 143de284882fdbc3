import type { Demo } from "@recado/contract/demo";
import { findTemplate } from "./programs.ts";

/** Where the manual's request goes. */
export const SEND_PATH = "/bot/chat_wa/ws/send/";

/** Bodies of the manual's request, each to another telephone: none is a repetition. */
export function createSends(demo: Demo): () => string {
  const template = findTemplate(demo, "utility", null);
  const variables = demo.templates.find((each) => each.id_template === template)?.variables ?? 0;
  const values = encodeURIComponent(
    "[Carlos Andrés] [$125.000] [miércoles]"
      .split("] ")
      .slice(0, variables)
      .join("] ")
      .replace(/\]?$/u, variables > 0 ? "]" : ""),
  );
  const start =
    `login=${encodeURIComponent(demo.login)}&token=${encodeURIComponent(demo.token)}` +
    `&id_template=${template}&template_variables=${values}&custom_field=pedido-4711&mobile=`;
  let next = 0;
  return () => {
    next += 1;
    return `${start}5731${String(next).padStart(8, "0")}`;
  };
}
