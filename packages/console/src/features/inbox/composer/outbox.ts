import type { ApiProblem } from "../../../api/api-problem.ts";

/**
 * A message that somebody sent and the server's thread does not show yet. `sending`: the call is out. `unsure`: no answer
 * came, and it will be repeated under the same key. `taken`: the server has it, its row is on its way. `refused`: the
 * server said no; nothing was sent.
 */
export interface Outgoing<Body = unknown> {
  /** Made once, when the person sends; every repetition carries it, so that it is one message. */
  key: string;
  conversationId: string;
  body: Body;
  /** ISO 8601, by this browser's clock. */
  at: string;
  state: "sending" | "unsure" | "taken" | "refused";
  /** The row that the server made of it. */
  messageId: string | null;
  refusal: { code: string; detail: string } | null;
}

/** What may happen to an {@link Outgoing}. */
export type OutboxDeed<Body = unknown> =
  | { kind: "send"; key: string; conversationId: string; body: Body; at: string }
  | { kind: "again"; key: string }
  | { kind: "answered"; key: string; messageId: string }
  | { kind: "problem"; key: string; problem: Pick<ApiProblem, "code" | "detail" | "status"> }
  | { kind: "shown"; messageIds: ReadonlySet<string> }
  | { kind: "discard"; key: string };

/** Messages that wait at once in one browser; the oldest refused ones make room. */
const OUTBOX_ROWS_MAX = 200;

/** The outbox after something happened, in the order of sending. The same value when nothing changed. */
export function changeOutbox<Body>(
  outbox: readonly Outgoing<Body>[],
  deed: OutboxDeed<Body>,
): readonly Outgoing<Body>[] {
  switch (deed.kind) {
    case "send":
      if (outbox.some(({ key }) => key === deed.key)) return outbox;
      return [...makeRoom(outbox), toOutgoing(deed)];
    case "again":
      return change(outbox, deed.key, (row) =>
        row.state === "unsure" ? { ...row, state: "sending" } : row,
      );
    case "answered":
      return change(outbox, deed.key, (row) => ({
        ...row,
        state: "taken",
        messageId: deed.messageId,
        refusal: null,
      }));
    case "problem":
      return change(outbox, deed.key, (row) => withProblem(row, deed.problem));
    case "shown": {
      const left = outbox.filter(
        ({ messageId }) => messageId === null || !deed.messageIds.has(messageId),
      );
      return left.length === outbox.length ? outbox : left;
    }
    case "discard":
      return outbox.filter(({ key, state }) => key !== deed.key || state !== "refused");
  }
}

/** What of a conversation is to be brought now: one after the other, so that words arrive in the order of their writing. */
export function findNext<Body>(
  outbox: readonly Outgoing<Body>[],
  conversationId: string,
): Outgoing<Body> | undefined {
  return outbox.find(
    (row) =>
      row.conversationId === conversationId && (row.state === "sending" || row.state === "unsure"),
  );
}

/** What to keep in the browser: this page's own, and what another tab keeps there. */
export function mergeKept<Body>(
  kept: readonly Outgoing<Body>[],
  own: { outbox: readonly Outgoing<Body>[]; keys: ReadonlySet<string> },
): readonly Outgoing<Body>[] {
  const others = kept.filter(({ key }) => !own.keys.has(key));
  return [...others, ...own.outbox.filter(({ state }) => state !== "taken")];
}

/** Whether an answer leaves open what became of the call: none came, or it is about the moment and not the message. */
export function isUnsure({ code, status }: Pick<ApiProblem, "code" | "status">): boolean {
  return status === 0 || status >= 500 || code === "too_many_requests" || status === 401;
}

function toOutgoing<Body>(deed: Extract<OutboxDeed<Body>, { kind: "send" }>): Outgoing<Body> {
  const { key, conversationId, body, at } = deed;
  return { key, conversationId, body, at, state: "sending", messageId: null, refusal: null };
}

function withProblem<Body>(
  row: Outgoing<Body>,
  problem: Pick<ApiProblem, "code" | "detail" | "status">,
): Outgoing<Body> {
  // What the server took once it does not refuse later: such an answer is about a repetition.
  if (row.state === "taken") return row;
  if (isUnsure(problem)) return { ...row, state: "unsure" };
  return { ...row, state: "refused", refusal: { code: problem.code, detail: problem.detail } };
}

function change<Body>(
  outbox: readonly Outgoing<Body>[],
  key: string,
  to: (row: Outgoing<Body>) => Outgoing<Body>,
): readonly Outgoing<Body>[] {
  return outbox.map((row) => (row.key === key ? to(row) : row));
}

function makeRoom<Body>(outbox: readonly Outgoing<Body>[]): readonly Outgoing<Body>[] {
  if (outbox.length < OUTBOX_ROWS_MAX) return outbox;
  const oldest = outbox.findIndex(({ state }) => state === "refused" || state === "taken");
  return outbox.filter((_, index) => index !== oldest);
}
