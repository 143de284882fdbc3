/** What of a template is filled. */
export interface Fillable {
  header: { format: string; text: string | null } | null;
  body: string;
  variables: readonly { name: string; part: "header" | "body" | "button" }[];
}

/**
 * A template's words with its values, which stand in one list for all parts. A slot (`{{1}}`, `{{name}}`) without a value stays
 * as it is written.
 */
export function fillTemplate(
  { header, body, variables }: Fillable,
  values: readonly string[],
): { header: string; body: string } {
  const fill = (text: string, part: "header" | "body") =>
    text.replace(/\{\{\s*([\w.]+)\s*\}\}/gu, (slot, name: string) => {
      const place = variables.findIndex((each) => each.part === part && each.name === name);
      return (values[place] ?? "").trim() || slot;
    });
  return { header: fill(header?.text ?? "", "header"), body: fill(body, "body") };
}
