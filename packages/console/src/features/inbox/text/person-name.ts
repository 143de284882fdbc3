import type { ConversationRow } from "@recado/contract/console/inbox";

/** What a person is called: the name, else the number, else the address that WhatsApp gave. */
export function personName(contact: ConversationRow["contact"]): string {
  if (contact.name !== null && contact.name.trim() !== "") return contact.name;
  if (contact.mobile !== null) return formatMobile(contact.mobile);
  return contact.address ?? "?";
}

/** A number as people write it: `+57 300 123 4567`; others in groups of three from the end. */
export function formatMobile(mobile: string): string {
  const colombian = /^(57)(\d{3})(\d{3})(\d{4})$/u.exec(mobile);
  if (colombian !== null) return `+${colombian.slice(1).join(" ")}`;
  return `+${mobile.replace(/\B(?=(\d{3})+(?!\d))/gu, " ")}`;
}
