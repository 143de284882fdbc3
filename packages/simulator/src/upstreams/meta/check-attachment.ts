import type { Attachment, CheckContext, Checked, Content } from "./content.ts";
import { isOfKind, type MediaKind, mediaKinds } from "./media-kinds.ts";
import { refuse, refuseParameter } from "./refusal.ts";

/** A media object to be checked. */
export interface MediaObject {
  kind: MediaKind;
  object: Record<string, unknown>;
  /** How errors name the place, for example `image` or `template['components'][0]['parameters'][0]['image']`. */
  path: string;
  place: Attachment["place"];
}

const fileNameCharactersMax = 240;

/** One of `id` and `link`; an id must be this number's and alive, a link must be http(s) (fact sheet 1.4, 2.3). */
export function checkAttachment(
  context: CheckContext,
  { kind, object, path, place }: MediaObject,
): Checked<Pick<Content, "attachment" | "lateFailure">> {
  const { id, link, filename } = object;
  if (id === undefined && link === undefined) {
    return refuse(131008, `Parameter '${path}' needs one of id and link`);
  }
  if (id !== undefined && link !== undefined) {
    return refuseParameter(`Param ${path} must have exactly one of id and link.`);
  }
  if (filename !== undefined && kind !== "document") {
    return refuseParameter(`Unexpected key "filename" on param "${path}".`);
  }
  if (
    filename !== undefined &&
    (typeof filename !== "string" || filename.length > fileNameCharactersMax)
  ) {
    return refuseParameter(
      `Param ${path}['filename'] must be a string of at most ${fileNameCharactersMax} characters.`,
    );
  }
  const name = filename ?? null;
  if (link !== undefined) {
    if (typeof link !== "string" || !/^https?:\/\//i.test(link) || !URL.canParse(link)) {
      return refuseParameter(`Param ${path}['link'] is not a valid URI.`);
    }
    return { attachment: { kind, place, name, source: { link } } };
  }
  const row = typeof id === "string" ? context.findMedia(id) : undefined;
  if (row === undefined) {
    return refuseParameter(
      `Param ${path}['id'] is not a valid whatsapp business account media attachment ID`,
    );
  }
  const attachment = { kind, place, name, source: { row } };
  const unfit = findUnfitness(kind, row);
  return unfit === undefined ? { attachment } : { attachment, lateFailure: unfit };
}

/** Why a file may not travel as that kind; the real service finds it after acceptance. */
export function findUnfitness(
  kind: MediaKind,
  file: { mime: string; bytes: number; byLink?: boolean },
): { code: number; details: string } | undefined {
  // By link other types are reported to go through as documents (fact sheet 4).
  const anyType = kind === "document" && file.byLink === true;
  if (!anyType && !isOfKind(kind, file.mime)) {
    return {
      code: 131053,
      details: `Unsupported ${kind} mime type ${file.mime}. Please use one of ${mediaKinds[kind].mimes.join(", ")}.`,
    };
  }
  if (file.bytes > mediaKinds[kind].bytesMax) {
    return {
      code: 131053,
      details: `File size ${file.bytes} is over the maximum of ${mediaKinds[kind].bytesMax} bytes for ${kind}.`,
    };
  }
  return undefined;
}
