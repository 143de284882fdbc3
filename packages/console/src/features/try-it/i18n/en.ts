import type { Words } from "../../../i18n/words.ts";
import type { es } from "./es.ts";

/** In English. */
export const en: Words<typeof es> = {
  title: "Try a send",
  about:
    "Build the request, see it in your language and send it. It is a real send: charged and delivered.",
  door: { title: "Interface", ws: "ws (the manual's)", v1: "/v1" },
  login: "Login",
  token: "Token",
  tokenWs: "The user's token of the ws interface. It travels to this server only.",
  tokenV1: "To copy the code with your token in it. This page itself sends with your session.",
  mobile: "Mobile",
  mobileHint: "Digits only, country code first: 573001234567",
  template: "Template",
  noTemplate: "Free text (while the 24-hour window is open)",
  variable: "Variable {{name}}",
  text: "Text",
  media: "File (URL)",
  mediaHint: "The image, video or document of the header.",
  mediaFree: "Optional: an image, an audio, a video or a document.",
  customField: "custom_field",
  customFieldHint: "Your reference: it comes back with the person's reply.",
  code: "The request",
  noToken: "YOUR_TOKEN",
  send: "Send",
  answer: "Answer",
  status: "HTTP {{status}}",
  open: "See the message",
  again: "Another send",
};
