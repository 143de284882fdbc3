import type { Provider } from "../provider.ts";
import { diagnose } from "./diagnose.ts";
import { downloadMedia, mustBeLinked, uploadMedia } from "./media.ts";
import { receiveGupshup } from "./receive.ts";
import { sendMessage } from "./send.ts";
import { deleteTemplate, editTemplate, uploadSample } from "./template-changes.ts";
import { createTemplate, listTemplates } from "./templates.ts";
import { makeProbe, verifySecret } from "./verify.ts";

/** Gupshup's self-serve WhatsApp API. What it can and cannot do is listed in the folder's README. */
export const gupshup: Provider = {
  name: "gupshup",
  send: sendMessage,
  mustBeLinked,
  uploadMedia,
  downloadMedia,
  listTemplates,
  createTemplate,
  editTemplate,
  deletesOneLanguage: false,
  deleteTemplate,
  uploadSample,
  diagnose,
  makeProbe,
  verify: verifySecret,
  // Gupshup checks an address by posting a `sandbox-start` to it, never by a question (fact sheet §4.1).
  answerChallenge: () => null,
  receive: receiveGupshup,
};
