import assert from "node:assert/strict";
import type { ConversationRow, InboxCounts } from "@recado/contract/console/inbox";
import type { LiveChange, LivePresence } from "@recado/contract/console/inbox-live";
import type { ThreadItem } from "@recado/contract/console/inbox-thread";
import type { Visitor } from "./console-server.ts";
import { untilTrue } from "./inbox-desk.ts";

/** What a page knows: loaded once, and kept true by what it hears. */
export interface LiveView {
  seq: number;
  conversations: Map<string, ConversationRow>;
  /** Threads that are open, by conversation, each by the ids of its items. */
  threads: Map<string, Map<string, ThreadItem>>;
}

/** Applies one change: of two rows with one id the one that is true up to the greater number stays. Pure but for the maps. */
export function applyChange(view: LiveView, change: LiveChange): void {
  const { conversation, message, conversation_id } = change;
  if (conversation) putNewer(view.conversations, conversation);
  if (!message || conversation_id === null) return;
  const contactId = view.conversations.get(conversation_id)?.contact.id;
  // A thread is that of a person on a number, whichever of their conversations is open.
  for (const [id, thread] of view.threads) {
    if (view.conversations.get(id)?.contact.id === contactId) putNewer(thread, message);
  }
}

function putNewer<Row extends { id: string; version: number }>(rows: Map<string, Row>, row: Row) {
  const known = rows.get(row.id);
  if (!known || row.version >= known.version) rows.set(row.id, row);
}

/** A page that listens. */
export type LivePage = Awaited<ReturnType<typeof openLivePage>>;

const LISTS = ["open", "snoozed", "resolved"];

/** Loads the inbox and these threads, and listens from there. */
export async function openLivePage(
  visitor: Visitor,
  given: { url: string; client: string; threads?: readonly string[] },
) {
  const view = await load(visitor, given.threads ?? []);
  let line: AbortController | undefined;
  const page = {
    view,
    /** Everything that was heard besides changes. */
    presence: [] as LivePresence[],
    counts: null as InboxCounts | null,
    resets: [] as string[],
    changes: [] as LiveChange[],
    /** The line was ended from the other side. */
    ended: false,
    status: 0,
    drop(): void {
      line?.abort();
      line = undefined;
    },
    async listen(after: number | null = view.seq): Promise<void> {
      page.ended = false;
      const controller = new AbortController();
      line = controller;
      const query = `client=${given.client}${after === null ? "" : `&after=${after}`}`;
      const response = await fetch(`${given.url}/console/api/live?${query}`, {
        headers: { cookie: `recado_session=${visitor.cookie}` },
        signal: controller.signal,
      });
      page.status = response.status;
      if (response.status !== 200) {
        await response.body?.cancel();
        return;
      }
      const end = () => {
        page.ended = true;
      };
      void read(response, hear).then(end, end);
    },
    /** Waits until it has heard up to where the account stands, and compares all that it knows with a fresh load. */
    async verify(about: string): Promise<void> {
      const fresh = await load(visitor, [...page.view.threads.keys()]);
      await untilTrue(() => page.view.seq >= fresh.seq, `${about}: heard up to ${fresh.seq}`);
      assert.deepEqual(strip(page.view), strip(fresh), about);
    },
  };
  await page.listen();
  return page;

  function hear(event: string, data: unknown): void {
    const { seq } = data as { seq: number };
    if (event === "change") {
      page.changes.push(data as LiveChange);
      applyChange(page.view, data as LiveChange);
      page.view.seq = Math.max(page.view.seq, seq);
    }
    if (event === "beat") page.view.seq = Math.max(page.view.seq, seq);
    if (event === "presence") page.presence.push(data as LivePresence);
    if (event === "counts") page.counts = data as InboxCounts;
    if (event === "reset") page.resets.push((data as { why: string }).why);
  }
}

async function read(
  response: Response,
  hear: (event: string, data: unknown) => void,
): Promise<void> {
  let rest = "";
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    rest += decoder.decode(chunk as Uint8Array, { stream: true });
    const frames = rest.split("\n\n");
    rest = frames.pop() ?? "";
    for (const frame of frames) {
      const event = /^event: (.*)$/mu.exec(frame)?.[1];
      const data = /^data: (.*)$/mu.exec(frame)?.[1];
      if (event !== undefined && data !== undefined) hear(event, JSON.parse(data));
    }
  }
}

async function load(visitor: Visitor, threadIds: readonly string[]): Promise<LiveView> {
  const { json: state } = await visitor.call("GET", "/inbox/state");
  const conversations = new Map<string, ConversationRow>();
  for (const list of LISTS) {
    let cursor = "";
    do {
      const path = `/inbox/conversations?view=${list}&limit=50${cursor}`;
      const { json } = await visitor.call("GET", path);
      for (const row of json.items) conversations.set(row.id, row);
      cursor = json.next_cursor === null ? "" : `&cursor=${json.next_cursor}`;
    } while (cursor !== "");
  }
  const threads = new Map<string, Map<string, ThreadItem>>();
  for (const id of threadIds) {
    const path = `/inbox/conversations/${id}/thread?limit=100`;
    const { json } = await visitor.call("GET", path);
    threads.set(id, new Map(json.items.map((item: ThreadItem) => [item.id, item])));
  }
  return { seq: state.seq, conversations, threads };
}

/** Without the numbers up to which rows are known to be true, in one order. */
function strip({ conversations, threads }: LiveView) {
  const plain = <Row extends { id: string; version: number }>(rows: Map<string, Row>) =>
    Object.fromEntries(
      [...rows.values()]
        .toSorted((left, right) => (left.id < right.id ? -1 : 1))
        .map(({ version: _version, ...row }) => [row.id, row]),
    );
  const open = [...threads].map(([id, items]) => [id, plain(items)]);
  return { conversations: plain(conversations), threads: Object.fromEntries(open) };
}
