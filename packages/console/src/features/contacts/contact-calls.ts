import type { contact, contactChange } from "@recado/contract/v1/contacts";
import type { V1_OPERATIONS } from "@recado/contract/v1/operations";
import { callV1 } from "../../api/call.ts";

/** A person, as `/v1` shows them. */
export type Contact = (typeof contact)["_zod"]["output"];

/** Who matches a part of a name or at least three digits; everybody without one. */
export const listContacts = (
  query: { search?: string | undefined; cursor?: string | undefined },
  signal: AbortSignal,
) => callV1<typeof V1_OPERATIONS.listContacts>({ method: "GET", path: "/contacts", query, signal });

export const getContact = (id: string, signal: AbortSignal) =>
  callV1<typeof V1_OPERATIONS.getContact>({
    method: "GET",
    path: "/contacts/:id",
    params: { id },
    signal,
  });

export const changeContact = (id: string, body: (typeof contactChange)["_zod"]["input"]) =>
  callV1<typeof V1_OPERATIONS.changeContact>({
    method: "PATCH",
    path: "/contacts/:id",
    params: { id },
    body,
  });
