import { idParams } from "../fields.ts";
import type { V1Operation } from "../operation.ts";
import * as persons from "../persons.ts";

/** Calls for one person's data. */
export const PERSON_OPERATIONS = {
  exportPerson: {
    id: "exportPerson",
    method: "GET",
    path: "/persons/export",
    tag: "persons",
    summary: "Everything that the account has about one person, as one document.",
    scope: "contacts:export",
    query: persons.personQuery,
    answer: { status: 200, schema: persons.personDocument },
  },
  erasePerson: {
    id: "erasePerson",
    method: "POST",
    path: "/persons/erase",
    tag: "persons",
    summary: "Erase one person's data; goes on by itself until it is done. Cannot be undone.",
    scope: "contacts:erase",
    body: persons.personChoice,
    answer: { status: 202, schema: persons.erasure },
  },
  getErasure: {
    id: "getErasure",
    method: "GET",
    path: "/erasures/:id",
    tag: "erasures",
    summary: "How far an erasure has come.",
    scope: "contacts:erase",
    params: idParams,
    answer: { status: 200, schema: persons.erasure },
  },
} as const satisfies Record<string, V1Operation>;
