import type { HttpRequest } from "../build-request.ts";

/** The request in Python 3, with nothing to install. */
export function formatPython({ url, headers, body }: HttpRequest): string {
  const isJson = body.kind === "json";
  const all = {
    ...headers,
    "content-type": isJson ? "application/json" : "application/x-www-form-urlencoded",
  };
  const value = isJson ? body.value : Object.fromEntries(body.fields);
  const encode = isJson ? "json.dumps(data).encode()" : "urllib.parse.urlencode(data).encode()";
  return `import json
import urllib.error
import urllib.parse
import urllib.request

data = ${formatValue(value, 0)}
request = urllib.request.Request(
    ${quote(url)},
    data=${encode},
    headers=${formatValue(all, 1)},
)
try:
    answer = urllib.request.urlopen(request)
except urllib.error.HTTPError as refusal:
    answer = refusal
print(answer.status, answer.read().decode())
`;
}

/** JSON's texts are Python's, but for what stands outside of the first plane: there Python wants one escape, not two. */
function quote(text: string): string {
  return JSON.stringify(text);
}

function formatValue(value: unknown, depth: number): string {
  if (typeof value === "string") return quote(value);
  if (typeof value === "number") return String(value);
  const pad = "    ".repeat(depth + 1);
  const end = "    ".repeat(depth);
  if (Array.isArray(value))
    return `[${value.map((item) => formatValue(item, depth + 1)).join(", ")}]`;
  const entries = Object.entries(value as Record<string, unknown>);
  return `{\n${entries.map(([key, item]) => `${pad}${quote(key)}: ${formatValue(item, depth + 1)},\n`).join("")}${end}}`;
}
