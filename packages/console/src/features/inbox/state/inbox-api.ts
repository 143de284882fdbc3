import type { INBOX_OPERATIONS } from "@recado/contract/console/inbox-operations";
import type { WORK_OPERATIONS } from "@recado/contract/console/work-operations";
import type { CONTACT_OPERATIONS } from "@recado/contract/v1/operations/contact-operations";
import { callConsole, callV1 } from "../../../api/call.ts";
import type { AnswerOf, CallOf } from "../../../api/operation.ts";
import { uploadFile } from "../../../ui/problem/tell-file-problem.ts";
import type { InboxFilter } from "./inbox-filter.ts";

type Inbox = typeof INBOX_OPERATIONS;
type Work = typeof WORK_OPERATIONS;
type Contacts = typeof CONTACT_OPERATIONS;
/** What a call wants as its body. */
export type BodyOf<Name extends keyof Inbox> =
  CallOf<Inbox[Name]> extends { body: infer Body } ? Body : never;
/** What a call answers. */
export type AnswerTo<Name extends keyof Inbox> = AnswerOf<Inbox[Name]>;
/** The calls of which each carries the key of its message. */
type Keyed<Name extends keyof Inbox> = Inbox[Name] & { idempotent: true };

const ONE = "/inbox/conversations/:id";
const LIST_ROWS = 50;
const THREAD_ITEMS = 50;

/** The calls that the inbox makes. All reject with an ApiProblem. */
export const inboxApi = {
  state: () => callConsole<Inbox["getInboxState"]>({ method: "GET", path: "/inbox/state" }),
  list: (filter: InboxFilter, cursor?: string, signal?: AbortSignal) =>
    callConsole<Inbox["listInbox"]>({
      method: "GET",
      path: "/inbox/conversations",
      query: { ...filter, limit: LIST_ROWS, ...(cursor === undefined ? {} : { cursor }) },
      ...(signal === undefined ? {} : { signal }),
    }),
  conversation: (id: string) =>
    callConsole<Inbox["getInboxConversation"]>({ method: "GET", path: ONE, params: { id } }),
  thread: (id: string, part: { cursor?: string; around?: string } = {}) =>
    callConsole<Inbox["listInboxThread"]>({
      method: "GET",
      path: `${ONE}/thread`,
      params: { id },
      query: { limit: THREAD_ITEMS, ...part },
    }),
  panel: (id: string) =>
    callConsole<Inbox["getContactPanel"]>({
      method: "GET",
      path: `${ONE}/contact`,
      params: { id },
    }),
  take: (id: string, from?: string) =>
    callConsole<Inbox["takeConversation"]>({
      method: "POST",
      path: `${ONE}/take`,
      params: { id },
      body: from === undefined ? {} : { from },
    }),
  assign: (id: string, body: BodyOf<"assignConversation">) =>
    callConsole<Inbox["assignConversation"]>({
      method: "POST",
      path: `${ONE}/assign`,
      params: { id },
      body,
    }),
  transfer: (id: string, body: BodyOf<"transferConversation">) =>
    callConsole<Inbox["transferConversation"]>({
      method: "POST",
      path: `${ONE}/transfer`,
      params: { id },
      body,
    }),
  snooze: (id: string, until: string | null) =>
    callConsole<Inbox["snoozeConversation"]>({
      method: "POST",
      path: `${ONE}/snooze`,
      params: { id },
      body: { until },
    }),
  resolve: (id: string, revision: number) =>
    callConsole<Inbox["resolveConversation"]>({
      method: "POST",
      path: `${ONE}/resolve`,
      params: { id },
      body: { revision },
    }),
  reopen: (id: string) =>
    callConsole<Inbox["reopenConversation"]>({
      method: "POST",
      path: `${ONE}/reopen`,
      params: { id },
      body: {},
    }),
  read: (id: string) =>
    callConsole<Inbox["readConversation"]>({
      method: "POST",
      path: `${ONE}/read`,
      params: { id },
      body: {},
    }),
  label: (id: string, label_ids: string[]) =>
    callConsole<Inbox["labelConversation"]>({
      method: "PUT",
      path: `${ONE}/labels`,
      params: { id },
      body: { label_ids },
    }),
  bulk: (body: BodyOf<"changeManyConversations">) =>
    callConsole<Inbox["changeManyConversations"]>({ method: "POST", path: "/inbox/bulk", body }),
  compose: (id: string, body: BodyOf<"composeMessage">, idempotencyKey: string) =>
    callConsole<Keyed<"composeMessage">>({
      method: "POST",
      path: `${ONE}/messages`,
      params: { id },
      body,
      idempotencyKey,
    }),
  retry: (id: string, idempotencyKey: string) =>
    callConsole<Keyed<"retryMessage">>({
      method: "POST",
      path: "/inbox/messages/:id/retry",
      params: { id },
      idempotencyKey,
    }),
  templates: (id: string) =>
    callConsole<Inbox["listPickerTemplates"]>({
      method: "GET",
      path: `${ONE}/templates`,
      params: { id },
    }),
  takeComposer: (id: string, take_over: boolean) =>
    callConsole<Inbox["takeComposer"]>({
      method: "POST",
      path: `${ONE}/composer`,
      params: { id },
      body: { take_over },
    }),
  leaveComposer: (id: string) =>
    callConsole<Inbox["leaveComposer"]>({
      method: "DELETE",
      path: `${ONE}/composer`,
      params: { id },
      keepalive: true,
    }),
  presence: (body: BodyOf<"notePresence">) =>
    callConsole<Inbox["notePresence"]>({ method: "POST", path: "/inbox/presence", body }),
  /** The tab is being closed: nobody waits for the answer. */
  leave: (client: string) =>
    callConsole<Inbox["notePresence"]>({
      method: "POST",
      path: "/inbox/presence",
      body: { client, conversation_id: null, gone: true },
      keepalive: true,
    }),
  addNote: (id: string, body: BodyOf<"addNote">) =>
    callConsole<Inbox["addNote"]>({ method: "POST", path: `${ONE}/notes`, params: { id }, body }),
  deleteNote: (id: string) =>
    callConsole<Inbox["deleteNote"]>({
      method: "DELETE",
      path: "/inbox/notes/:id",
      params: { id },
    }),
  draft: (id: string) =>
    callConsole<Inbox["getDraft"]>({ method: "GET", path: `${ONE}/draft`, params: { id } }),
  saveDraft: (id: string, body: BodyOf<"saveDraft">) =>
    callConsole<Inbox["saveDraft"]>({ method: "PUT", path: `${ONE}/draft`, params: { id }, body }),
  upload: (file: File) =>
    uploadFile(file, () =>
      callConsole<Inbox["uploadInboxFile"]>({ method: "POST", path: "/inbox/files", file }),
    ),
  search: (q: string, signal: AbortSignal) =>
    callConsole<Work["searchEverything"]>({
      method: "GET",
      path: "/search",
      query: { q, limit: 20 },
      signal,
    }),
  agents: () => callConsole<Work["listAgents"]>({ method: "GET", path: "/inbox-work/agents" }),
  availability: () =>
    callConsole<Work["getOwnAvailability"]>({ method: "GET", path: "/inbox-work/me" }),
  changeAvailability: (state: "available" | "away") =>
    callConsole<Work["changeOwnAvailability"]>({
      method: "PATCH",
      path: "/inbox-work/me",
      body: { state },
    }),
  overview: () => callConsole<Work["getOverview"]>({ method: "GET", path: "/inbox-work/overview" }),
  report: (query: { from: string; to: string; team_id?: string }) =>
    callConsole<Work["getReport"]>({ method: "GET", path: "/inbox-work/report", query }),
  findContacts: (search: string) =>
    callV1<Contacts["listContacts"]>({
      method: "GET",
      path: "/contacts",
      query: { search, limit: 8 },
    }),
  changeContact: (id: string, body: CallOf<Contacts["changeContact"]>["body"]) =>
    callV1<Contacts["changeContact"]>({
      method: "PATCH",
      path: "/contacts/:id",
      params: { id },
      body,
    }),
  mergeContact: (id: string, contact_id: string) =>
    callV1<Contacts["mergeContacts"]>({
      method: "POST",
      path: "/contacts/:id/merge",
      params: { id },
      body: { contact_id },
    }),
  unmergeContact: (id: string) =>
    callV1<Contacts["unmergeContact"]>({
      method: "POST",
      path: "/contacts/:id/unmerge",
      params: { id },
    }),
};
