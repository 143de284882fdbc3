/** What a canned reply may be filled with. */
export interface CannedValues {
  contact: {
    name: string | null;
    mobile: string | null;
    custom_fields: Readonly<Record<string, string | number | boolean>>;
  };
  agent: { name: string };
}

/**
 * Fills `{contact.name}`, `{contact.mobile}`, `{contact.<field>}` and `{agent.name}`. What nothing is known of stays as it is
 * written, so that whoever sends it sees the hole.
 */
export function fillCanned(text: string, { contact, agent }: CannedValues): string {
  return text.replace(
    /\{(contact|agent)\.([^{}]{1,64})\}/gu,
    (whole, of: string, field: string) => {
      if (of === "agent") return field === "name" ? agent.name : whole;
      if (field === "name") return contact.name ?? whole;
      if (field === "mobile") return contact.mobile ?? whole;
      return Object.hasOwn(contact.custom_fields, field)
        ? String(contact.custom_fields[field])
        : whole;
    },
  );
}
