import type { MessageContent } from "@recado/contract/v1/message-content";
import { shortTextOf } from "./short-text.ts";
import { listOf, recordOf } from "./untrusted-json.ts";

type Card = NonNullable<MessageContent["contacts"]>[number];

/** Most telephones and addresses of one card. */
const LINES_MAX = 50;

/** A contact's card (fact sheet §1.4); null when it says nothing. Gupshup's has the same names. */
export function readCard(value: unknown): Card | null {
  const contact = recordOf(value);
  const name = recordOf(contact?.name);
  const [first, last] = [shortTextOf(name?.first_name), shortTextOf(name?.last_name)];
  const org = recordOf(contact?.org);
  const phones = linesOf(contact?.phones).flatMap((line) => {
    const phone = shortTextOf(line.phone) ?? shortTextOf(line.wa_id);
    const type = shortTextOf(line.type);
    return phone === null ? [] : [{ phone, type, mobile: shortTextOf(line.wa_id) }];
  });
  const emails = linesOf(contact?.emails).flatMap((line) => {
    const email = shortTextOf(line.email);
    return email === null ? [] : [{ email, type: shortTextOf(line.type) }];
  });
  const card: Card = {
    name: shortTextOf(name?.formatted_name) ?? [first, last].filter(Boolean).join(" "),
    first_name: first,
    last_name: last,
    phones,
    emails,
    organization: shortTextOf(org?.company),
    title: shortTextOf(org?.title),
    birthday: shortTextOf(contact?.birthday),
  };
  const isEmpty = card.name === "" && phones.length === 0 && emails.length === 0;
  return isEmpty ? null : card;
}

function linesOf(value: unknown) {
  return listOf(value)
    .slice(0, LINES_MAX)
    .map(recordOf)
    .filter((line) => line !== null);
}
