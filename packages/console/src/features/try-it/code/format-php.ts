import type { HttpRequest } from "../build-request.ts";

/** The request in PHP, with nothing to install. */
export function formatPhp({ url, headers, body }: HttpRequest): string {
  const isJson = body.kind === "json";
  const type = isJson ? "application/json" : "application/x-www-form-urlencoded";
  const all = [...Object.entries(headers), ["content-type", type]].map((pair) => pair.join(": "));
  const data = isJson ? body.value : Object.fromEntries(body.fields);
  return `<?php
$data = ${formatValue(data, 0)};
$context = stream_context_create(['http' => [
    'method' => 'POST',
    'header' => [${all.map(quote).join(", ")}],
    'content' => ${isJson ? "json_encode($data)" : "http_build_query($data)"},
    'ignore_errors' => true,
]]);
$answer = file_get_contents(${quote(url)}, false, $context);
echo $http_response_header[0], "\\n", $answer, "\\n";
`;
}

/** In PHP's single quotes only the quote and the backslash have a meaning. */
function quote(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

function formatValue(value: unknown, depth: number): string {
  if (typeof value === "string") return quote(value);
  if (typeof value === "number") return String(value);
  const pad = "    ".repeat(depth + 1);
  const end = `\n${"    ".repeat(depth)}]`;
  if (Array.isArray(value)) {
    const items = value.map((item) => `\n${pad}${formatValue(item, depth + 1)},`);
    return `[${items.join("")}${end}`;
  }
  const entries = Object.entries(value as Record<string, unknown>);
  return `[${entries.map(([key, item]) => `\n${pad}${quote(key)} => ${formatValue(item, depth + 1)},`).join("")}${end}`;
}
