import { V1_OPERATIONS as calls } from "@recado/contract/v1/operations";
import { accessContact, checkUnconfined } from "../../accounts/access.ts";
import {
  browseContacts,
  changeContact,
  createContact,
  mergeContacts,
  unmergeContact,
} from "../../contacts/contacts.ts";
import { formatContact } from "./format-contacts.ts";
import type { Serve } from "./serve.ts";
import type { V1Deps } from "./v1-deps.ts";

/** People: listed, made, changed, made one and taken apart again. */
export function serveContacts(serve: Serve, deps: V1Deps): void {
  serve(calls.listContacts, async ({ caller, query }) => {
    const { search, mobile, user_id, label, ...page } = query;
    const { accountId, projectId } = caller;
    const wanted = { accountId, projectId, search, mobile, userId: user_id, label };
    const { items, nextCursor } = await browseContacts(deps, wanted, page);
    return { items: items.map(formatContact), next_cursor: nextCursor };
  });
  serve(calls.createContact, async ({ caller, body }) => {
    const { accountId, projectId } = caller;
    const { custom_fields, ...fields } = body;
    const given = { ...fields, accountId, projectId, customFields: custom_fields };
    return formatContact(await createContact(deps, given));
  });
  serve(calls.getContact, async ({ caller, params }) =>
    formatContact(await accessContact(deps.pool, caller, params.id)),
  );
  serve(calls.changeContact, async ({ caller, params, body }) => {
    const contact = await accessContact(deps.pool, caller, params.id);
    const { custom_fields, ...fields } = body;
    return formatContact(
      await changeContact(deps, contact, { ...fields, customFields: custom_fields }),
    );
  });
  serve(calls.mergeContacts, async ({ caller, params, body }) => {
    const survivor = await accessContact(deps.pool, caller, params.id);
    checkUnconfined(caller);
    const merged = await accessContact(deps.pool, caller, body.contact_id);
    const { accountId } = caller;
    const pair = { accountId, survivorId: survivor.id, mergedId: merged.id };
    return formatContact(await mergeContacts(deps, pair));
  });
  serve(calls.unmergeContact, async ({ caller, params }) => {
    const merged = await accessContact(deps.pool, caller, params.id);
    checkUnconfined(caller);
    return formatContact(await unmergeContact(deps, merged));
  });
}
