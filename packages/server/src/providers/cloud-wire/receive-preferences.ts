import type { InboundItem } from "../../domain/inbound.ts";
import type { Change } from "./change.ts";
import { readTime } from "./receive-time.ts";
import { listOf, recordOf, textOf } from "./untrusted-json.ts";

/** Meta's words for a person's wish about marketing (fact sheet §3.7). A sign-up is a wish to have it. */
const WISHES: Readonly<Record<string, "stop" | "resume">> = {
  stop: "stop",
  resume: "resume",
  signup: "resume",
};

/** Reads `field: "user_preferences"` (fact sheet §3.7), each wish by itself; null for other fields. */
export function readPreferencesChange(change: Change): InboundItem[] | null {
  if (change.field !== "user_preferences") return null;
  const numberId = textOf(recordOf(change.value.metadata)?.phone_number_id);
  const wishes = listOf(change.value.user_preferences);
  const notice: InboundItem = {
    kind: "notice",
    businessId: change.businessId,
    numberId,
    what: change.field,
  };
  if (numberId === null || wishes.length === 0) return [notice];
  return wishes.map((value) => readWish(value, numberId) ?? { ...notice });
}

/** What nobody could act on is left to the notice: another category, a new word, a hidden number. */
function readWish(value: unknown, numberId: string): InboundItem | null {
  const wish = recordOf(value);
  const word = textOf(wish?.value) ?? "";
  const marketing = Object.hasOwn(WISHES, word) ? WISHES[word] : undefined;
  const mobile = textOf(wish?.wa_id)?.replace(/[^\d]/gu, "") ?? "";
  const at = readTime(wish?.timestamp);
  const known = marketing !== undefined && wish?.category === "marketing_messages" && at !== null;
  if (!known || mobile.length < 5 || mobile.length > 20) return null;
  return { kind: "preference", numberId, mobile, marketing, at };
}
