import type { HttpRequest } from "../build-request.ts";

/** The request as a command for bash or zsh. */
export function formatCurl({ url, headers, body }: HttpRequest): string {
  const lines = [`curl ${quote(url)}`];
  for (const [name, value] of Object.entries(headers))
    lines.push(`-H ${quote(`${name}: ${value}`)}`);
  if (body.kind === "json") {
    lines.push(
      "-H 'content-type: application/json'",
      `--data-raw ${quote(JSON.stringify(body.value))}`,
    );
  } else {
    for (const [name, value] of body.fields)
      lines.push(`--data-urlencode ${quote(`${name}=${value}`)}`);
  }
  return lines.join(" \\\n  ");
}

/** In single quotes nothing has a meaning but the single quote itself. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
