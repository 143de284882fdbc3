import type { Words } from "../../../i18n/words.ts";
import type { es } from "./es.ts";

/** In English. */
export const en: Words<typeof es> = {
  title: "Audit trail",
  about: "Who changed what, from where, and how it ended.",
  column: { who: "Who", what: "What", target: "Of", from: "From", when: "When", result: "Result" },
  console: "Console",
  nobody: "Somebody unknown",
  done: "Done",
  refused: "Refused",
  failed: "Failed",
  unknown: "Unknown",
  empty: "Nothing yet",
  emptyText: "Every change that somebody makes in the account stays here.",
  emptyFiltered: "No change of that kind",
  kind: "Kind of change",
  all: "All",
  kinds: { people: "People", tokens: "Tokens", me: "Own accounts", projects: "Projects" },
  detail: "Detail of the change",
  sent: "What was asked",
  before: "Before",
  after: "After",
  id: "Identifier",
  address: "Address",
  nothing: "No further data.",
};
