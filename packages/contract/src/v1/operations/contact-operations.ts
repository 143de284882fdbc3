import * as contacts from "../contacts.ts";
import { idParams } from "../fields.ts";
import type { V1Operation } from "../operation.ts";

/** Calls for people and what they are reached by. */
export const CONTACT_OPERATIONS = {
  createContact: {
    id: "createContact",
    method: "POST",
    path: "/contacts",
    tag: "contacts",
    summary: "Make a contact; refused when one of its numbers is another contact's.",
    scope: "contacts:write",
    body: contacts.newContact,
    answer: { status: 201, schema: contacts.contact },
  },
  listContacts: {
    id: "listContacts",
    method: "GET",
    path: "/contacts",
    tag: "contacts",
    summary: "Contacts, newest first; the one that has a number or an id.",
    scope: "contacts:read",
    query: contacts.contactQuery,
    answer: { status: 200, schema: contacts.contactPage },
  },
  getContact: {
    id: "getContact",
    method: "GET",
    path: "/contacts/:id",
    tag: "contacts",
    summary: "A contact; one that was merged names the contact that it is part of.",
    scope: "contacts:read",
    params: idParams,
    answer: { status: 200, schema: contacts.contact },
  },
  changeContact: {
    id: "changeContact",
    method: "PATCH",
    path: "/contacts/:id",
    tag: "contacts",
    summary: "Change a contact's name, language, numbers, fields or labels.",
    scope: "contacts:write",
    params: idParams,
    body: contacts.contactChange,
    answer: { status: 200, schema: contacts.contact },
  },
  mergeContacts: {
    id: "mergeContacts",
    method: "POST",
    path: "/contacts/:id/merge",
    tag: "contacts",
    summary: "Make another contact part of this one; it can be undone.",
    scope: "contacts:write",
    params: idParams,
    body: contacts.contactMerge,
    answer: { status: 200, schema: contacts.contact },
  },
  unmergeContact: {
    id: "unmergeContact",
    method: "POST",
    path: "/contacts/:id/unmerge",
    tag: "contacts",
    summary: "Take this contact out of the one that it was merged into.",
    scope: "contacts:write",
    params: idParams,
    answer: { status: 200, schema: contacts.contact },
  },
} as const satisfies Record<string, V1Operation>;
