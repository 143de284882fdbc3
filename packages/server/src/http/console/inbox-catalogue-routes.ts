import { INBOX_OPERATIONS as calls } from "@recado/contract/console/inbox-operations";
import {
  removeCanned,
  removeLabel,
  removeTeam,
  saveCanned,
  saveLabel,
  saveTeam,
  type Team,
} from "../../inbox/catalogue.ts";
import { renderCanned } from "../../inbox/load-inbox.ts";
import type { ConsoleCaller, ConsoleDeps } from "./console-deps.ts";
import { inboxDepsOf } from "./inbox-office.ts";
import type { ConsoleServe } from "./serve-console.ts";

/** Teams, labels and canned replies. */
export function serveInboxCatalogue(serve: ConsoleServe, deps: ConsoleDeps): void {
  const inbox = inboxDepsOf(deps);
  serve(calls.createTeam, async ({ caller, body }) => {
    const wish = { id: null, name: body.name, memberIds: body.member_ids };
    return formatTeam(await saveTeam(inbox, caller, wish));
  });
  serve(calls.changeTeam, async ({ caller, params, body }) => {
    const wish = { id: params.id, name: body.name, memberIds: body.member_ids };
    return formatTeam(await saveTeam(inbox, caller, wish));
  });
  serve(calls.deleteTeam, ({ caller, params }) => removeTeam(inbox, caller, params.id));
  serve(calls.createLabel, ({ caller, body }) => saveLabel(inbox, caller, { id: null, ...body }));
  serve(calls.changeLabel, ({ caller, params, body }) =>
    saveLabel(inbox, caller, { id: params.id, ...body }),
  );
  serve(calls.deleteLabel, ({ caller, params }) => removeLabel(inbox, caller, params.id));
  serve(calls.createCannedReply, async ({ caller, body }) => {
    const { shortcut, text, project_id, personal } = body;
    const wish = { id: null, shortcut, body: text, projectId: project_id, personal };
    return renderCanned(await saveCanned(inbox, caller, { ...wish, ...rightsOf(caller) }));
  });
  serve(calls.changeCannedReply, async ({ caller, params, body }) => {
    const { shortcut, text, project_id } = body;
    const wish = { id: params.id, shortcut, body: text, projectId: project_id };
    return renderCanned(await saveCanned(inbox, caller, { ...wish, ...rightsOf(caller) }));
  });
  serve(calls.deleteCannedReply, ({ caller, params }) =>
    removeCanned(inbox, caller, { id: params.id, ...rightsOf(caller) }),
  );
}

function rightsOf({ permissions }: ConsoleCaller) {
  return { mayConfigure: permissions.includes("inbox.configure") };
}

function formatTeam({ id, name, memberIds }: Team) {
  return { id, name, member_ids: memberIds };
}
