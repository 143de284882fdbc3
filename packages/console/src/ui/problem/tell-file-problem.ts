import { ApiProblem } from "../../api/api-problem.ts";
import { currentLanguage, type Language } from "../../i18n/language.ts";
import { shellWords } from "../../i18n/shell-words.ts";
import { formatNumber } from "../format/format-number.ts";
import { ToldProblem } from "./told-problem.ts";

const MEGABYTE = 1024 * 1024;
/** WhatsApp takes nothing larger (Meta, "Media", supported types), whatever the server allows. */
const FILE_BYTES_MAX = 100 * MEGABYTE;

/** Uploads a file. What is refused is told with the reason; what cannot be taken anyway is not sent at all. */
export async function uploadFile<Answer>(
  file: Pick<File, "size">,
  upload: () => Promise<Answer>,
): Promise<Answer> {
  if (file.size === 0) throw await tellInvalid("the file is empty");
  if (file.size > FILE_BYTES_MAX) throw tellLarge(FILE_BYTES_MAX);
  try {
    return await upload();
  } catch (error) {
    throw await tellFileProblem(error);
  }
}

/** The same problem with the reason for which a file was refused, if that is what it is. */
export async function tellFileProblem(error: unknown): Promise<unknown> {
  if (!(error instanceof ApiProblem)) return error;
  const bytesMax = Number(/\d+/u.exec(error.detail)?.[0]);
  if (error.code === "body_too_large" && bytesMax > 0) return tellLarge(bytesMax);
  const why = error.errors[0]?.message;
  return error.code === "media_invalid" && why !== undefined ? tellInvalid(why) : error;
}

/** The platform's own reason, which comes in English, in the reader's language. */
export async function formatFileReason(why: string, language: Language): Promise<string> {
  if (language !== "es") return why;
  // Only who is refused a file needs them.
  const { tellFileReason } = await import("@recado/contract/plain/file-reasons");
  return tellFileReason(why);
}

async function tellInvalid(reason: string): Promise<ToldProblem> {
  const why = await formatFileReason(reason, currentLanguage());
  const text = shellWords.say("problem.file_why", { why });
  return new ToldProblem({ code: "media_invalid", status: 400 }, text);
}

function tellLarge(bytesMax: number): ToldProblem {
  const megabytes = formatNumber(Math.floor(bytesMax / MEGABYTE));
  const text = shellWords.say("problem.file_large", { megabytes });
  return new ToldProblem({ code: "body_too_large", status: 413 }, text);
}
