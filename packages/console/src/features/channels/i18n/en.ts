import type { Words } from "../../../i18n/words.ts";
import type { es } from "./es.ts";

/** In English. */
export const en: Words<typeof es> = {
  title: "Numbers",
  about: "The account's official numbers and how they do.",
  empty: "No number is connected yet",
  emptyText: "Whoever runs the platform connects a number of Meta or Gupshup to the account.",
  state: {
    active: "Works",
    inactive: "Disabled",
    resting: "Resting",
    silent: "Silent",
  },
  provider: "Provider",
  rate: "Messages per second",
  lastHour: "Last message received",
  restingText: "WhatsApp asked for a pause until {{until}}. Messages wait and leave afterwards.",
  silentText:
    "It has received nothing since {{since}}, and usually gets {{expected}} in these hours. Check the webhook at the provider.",
  notices: "What WhatsApp reported",
  noNotices: "Nothing for now.",
  id: "Id",
};
