import type { HttpRequest } from "../build-request.ts";

/** What the program says goes to its own terminal. */
const PRINT = "console.log";

/** The request in JavaScript: Node 18 and later, Deno, Bun. */
export function formatJavascript({ url, headers, body }: HttpRequest): string {
  const isJson = body.kind === "json";
  const all = isJson ? { ...headers, "content-type": "application/json" } : headers;
  const value = isJson ? body.value : Object.fromEntries(body.fields);
  const data = JSON.stringify(value, null, 2).replaceAll("\n", "\n  ");
  const encoded = isJson ? `JSON.stringify(${data})` : `new URLSearchParams(${data})`;
  return `const answer = await fetch(${JSON.stringify(url)}, {
  method: "POST",
  headers: ${JSON.stringify(all, null, 2).replaceAll("\n", "\n  ")},
  body: ${encoded},
});
${PRINT}(answer.status, await answer.text());
`;
}
