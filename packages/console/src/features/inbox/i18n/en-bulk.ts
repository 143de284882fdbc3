import type { esBulk } from "./es-bulk.ts";

/** Actions on many conversations. */
export const enBulk: Record<keyof typeof esBulk, string> = {
  label: "Actions on the selection",
  count_one: "{{count}} selected",
  count_other: "{{count}} selected",
  read: "Mark as read",
  clear: "Clear the selection",
  done_one: "Done: {{count}} conversation",
  done_other: "Done: {{count}} conversations",
  partly_one: "{{done}} done; {{count}} could not be and stays selected.",
  partly_other: "{{done}} done; {{count}} could not be and stay selected.",
  wrote_one: "{{names}} has written since being selected: read it before you resolve.",
  wrote_other: "{{names}} have written since being selected: read it before you resolve.",
  refused: "{{names}}: {{why}}",
  andMore: "{{names}} and {{count}} more",
};
