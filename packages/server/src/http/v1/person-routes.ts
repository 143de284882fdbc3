import { Readable } from "node:stream";
import { V1_OPERATIONS as calls } from "@recado/contract/v1/operations";
import { accessContact, accessErasure, checkUnconfined } from "../../accounts/access.ts";
import { requestErasure } from "../../contacts/erase-person.ts";
import { findPerson } from "../../contacts/find-person.ts";
import { writePersonDocument } from "../person-document.ts";
import { formatErasure } from "./format-contacts.ts";
import type { Serve } from "./serve.ts";
import type { V1Deps } from "./v1-deps.ts";

/** One person's data: given out whole, and erased. */
export function servePersons(serve: Serve, deps: V1Deps): void {
  serve(calls.exportPerson, async ({ caller, query, reply }) => {
    checkUnconfined(caller);
    const { mobile, user_id: userId, contact_id: contactId } = query;
    if (contactId !== undefined) await accessContact(deps.pool, caller, contactId);
    const person = await findPerson(deps.pool, caller.accountId, { mobile, userId, contactId });
    return reply
      .header("content-type", "application/json; charset=utf-8")
      .header("content-disposition", 'attachment; filename="recado-person.json"')
      .header("cache-control", "private, no-store")
      .send(Readable.from(writePersonDocument(deps, person)));
  });
  serve(calls.erasePerson, async ({ caller, body }) => {
    checkUnconfined(caller);
    const { mobile, user_id: userId, contact_id: contactId } = body;
    if (contactId !== undefined) await accessContact(deps.pool, caller, contactId);
    const who = { mobile, userId, contactId };
    const by = `token ${caller.tokenId}`;
    return formatErasure(await requestErasure(deps, { accountId: caller.accountId, who, by }));
  });
  serve(calls.getErasure, async ({ caller, params }) =>
    formatErasure(await accessErasure(deps.pool, caller, params.id)),
  );
}
