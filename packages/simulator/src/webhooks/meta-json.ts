import { createHmac } from "node:crypto";

/**
 * JSON as Meta's serializer writes it: `\uXXXX` for everything beyond ASCII and `\/` for a slash (fact sheet 3.2).
 * A receiver that re-serializes before it checks the signature gets other bytes.
 */
export function formatMetaJson(value: unknown): string {
  return JSON.stringify(value).replace(escaped, (character) =>
    character === "/" ? "\\/" : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

const escaped = /[/\u007f-\uffff]/g;

/** The value of `X-Hub-Signature-256` for exactly these bytes. */
export function signMetaBody(body: string, appSecret: string): string {
  return `sha256=${createHmac("sha256", appSecret).update(body, "utf8").digest("hex")}`;
}
