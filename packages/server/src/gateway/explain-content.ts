import type { ErrorCode } from "@recado/contract/error-codes";
import { isMisplaced, type ResolvedSend, refersElsewhere } from "./decide.ts";

/** What a template's header lacks, by field. */
export function explainMissing({ template, prepared }: ResolvedSend): Record<string, string> {
  const format = template?.header ?? "none";
  if (format !== "location") return { media: `the template's header needs a file: ${format}` };
  if (!prepared.extras?.place) return { location: "the template's header needs a place" };
  const named = prepared.extras.place.name ? "address" : "name";
  return { [`location.${named}`]: "is needed in a template's header" };
}

/** What does not go together, by field. */
export function explainMisplaced(send: ResolvedSend): {
  code: ErrorCode;
  about: Record<string, string>;
} {
  const { template, prepared } = send;
  const { media, wanted, extras } = prepared;
  const format = template?.header ?? "none";
  if (refersElsewhere(send)) {
    const isReaction = wanted?.kind === "session" && wanted.content.kind === "reaction";
    const path = isReaction ? "reaction.message_id" : "reply_to";
    const why = "is a message of another mobile or of another number of yours";
    return { code: "message_not_referable", about: { [path]: why } };
  }
  if (template && extras?.place && format !== "location") {
    return {
      code: "media_mismatch",
      about: { location: `the template's media header is: ${format}` },
    };
  }
  const type = media?.kind === "file" ? media.file.type : null;
  if (isMisplaced(prepared)) {
    const why = wanted?.kind === "text" ? "a sticker takes no text" : `cannot be a header: ${type}`;
    return { code: "media_mismatch", about: { media: why } };
  }
  const came = type === null ? "" : ` and the file is ${type}`;
  return {
    code: "media_mismatch",
    about: { media: `the template's media header is: ${format}${came}` },
  };
}
