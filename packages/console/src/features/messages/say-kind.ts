import type { Say } from "../../i18n/words.ts";
import type { es } from "./i18n/es.ts";

const KINDS = [
  ...(["audio", "voice", "image", "video", "document", "sticker", "location"] as const),
  ...(["contacts", "reaction", "order", "media", "text"] as const),
];

/** What stands for a message that has no text. */
export function sayKind(say: Say<typeof es>, kind: string): string {
  const known = KINDS.find((each) => each === kind);
  return known === undefined ? say("bare.other", { kind }) : say(`bare.${known}`);
}
