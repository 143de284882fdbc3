import { createHash } from "node:crypto";
import { createWamid } from "../meta/wamid.ts";

/** WhatsApp's id of a message beside Gupshup's own: fixed for the message (fact sheet 7.2). */
export function toWhatsappId(gsId: string, mobile: string): string {
  const digest = createHash("sha256").update(gsId).digest();
  return createWamid(mobile, "to-user", digest.subarray(0, 9));
}
