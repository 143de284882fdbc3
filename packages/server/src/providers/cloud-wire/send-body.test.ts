import assert from "node:assert/strict";
import { test } from "node:test";
import { formatSendBody } from "./send-body.ts";

test("a number goes out as `to` with its plus, and WhatsApp's id of whoever hides it as `recipient`", () => {
  const content = { type: "text", body: "hola", replyTo: null } as const;
  const number = formatSendBody({ to: "573001112233", opaque: "x", content });
  assert.deepEqual([number.to, number.recipient], ["+573001112233", undefined]);
  const hidden = formatSendBody({ to: "CO.13491208655302741918", opaque: "x", content });
  assert.deepEqual([hidden.to, hidden.recipient], [undefined, "CO.13491208655302741918"]);
});
