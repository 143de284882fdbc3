import type { Words } from "../../../i18n/words.ts";
import type { es } from "./es.ts";

/** In English. */
export const en: Words<typeof es> = {
  title: "Contacts",
  about: "Whoever wrote to you, and those you added. A person may have several numbers.",
  search: "Search by name or number",
  name: "Name",
  mobile: "Mobile",
  labels: "Labels",
  since: "Since",
  unnamed: "No name",
  hidden: "Hidden number",
  empty: "No contacts yet",
  emptyText: "Whoever writes to you appears here.",
  nothing: "Nobody matches",
  nothingText: "Try a part of the name or of the number.",
  one: {
    title: "Contact",
    calls: "Name on WhatsApp",
    addresses: "Numbers and ids",
    userId: "WhatsApp's id",
    unconfirmed: "not confirmed",
    fields: "Fields of your own",
    noFields: "There are no fields.",
    edit: "Facts",
    save: "Save",
    saved: "Saved.",
    labelsHint: "Separated by commas",
    messages: "See their messages",
  },
};
