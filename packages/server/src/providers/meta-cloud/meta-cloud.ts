import { receiveCloud } from "../cloud-wire/receive.ts";
import type { Provider } from "../provider.ts";
import { diagnose } from "./diagnose.ts";
import { downloadMedia, mustBeLinked, uploadMedia } from "./media.ts";
import { sendMessage } from "./send.ts";
import { deleteTemplate, editTemplate, uploadSample } from "./template-changes.ts";
import { createTemplate, listTemplates } from "./templates.ts";
import { answerChallenge, makeProbe, verifySignature } from "./verify.ts";

/** Meta's own Cloud API (Graph API). What it can and cannot do is listed in the folder's README. */
export const metaCloud: Provider = {
  name: "meta-cloud",
  send: sendMessage,
  mustBeLinked,
  uploadMedia,
  downloadMedia,
  listTemplates,
  createTemplate,
  editTemplate,
  deletesOneLanguage: true,
  deleteTemplate,
  uploadSample,
  diagnose,
  makeProbe,
  verify: verifySignature,
  answerChallenge,
  receive: receiveCloud,
};
