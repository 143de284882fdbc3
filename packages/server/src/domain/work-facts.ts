/*
 * What reports count, read out of an account's log of events in its order. Pure: where a conversation stands and what happened
 * to it give the facts and where it stands now.
 */

/** Where a conversation stands, as far as its log was read. */
export interface WorkState {
  conversationId: string;
  /** When it began, or was opened again after its end. */
  beganAt: Date;
  /** Since when the person waits; null: it has an answer. */
  waitingSince: Date | null;
  /** Whether somebody has answered since it began. */
  answered: boolean;
  ended: boolean;
  userId: string | null;
  teamId: string | null;
}

/** Something that happened to a conversation. */
export interface WorkEvent {
  id: string;
  kind: string;
  at: Date;
  conversationId: string;
  projectId: string;
  /** Who of the account did it; null: nobody of them. */
  byUserId: string | null;
  /** Who has it from then on; undefined: that is as before. */
  assigneeId?: string | null | undefined;
  teamId?: string | null | undefined;
  score?: number | undefined;
}

/** What is counted. */
export interface WorkFact {
  id: string;
  at: Date;
  fact:
    | "opened"
    | "reopened"
    | "resolved"
    | "received"
    | "sent"
    | "first-answer"
    | "assigned"
    | "transferred"
    | "rated";
  conversationId: string;
  projectId: string;
  userId: string | null;
  teamId: string | null;
  seconds: number | null;
  score: number | null;
}

/** Events that {@link readWorkEvent} knows. */
export const WORK_KINDS = [
  "reply",
  "conversation.opened",
  "conversation.reopened",
  "conversation.resolved",
  "conversation.assigned",
  "conversation.unassigned",
  "conversation.transferred",
  "conversation.answered",
  "conversation.rated",
];

/** The facts of one event, and where its conversation stands then. `before` is undefined when nothing is known of it. */
export function readWorkEvent(
  before: WorkState | undefined,
  event: WorkEvent,
): { state: WorkState; facts: WorkFact[] } {
  const state: WorkState = before ?? begin(event);
  switch (event.kind) {
    case "conversation.opened":
      return { state: begin(event), facts: [fact(event, state, "opened")] };
    case "conversation.reopened":
      return reopen(state, event);
    case "conversation.resolved":
      return resolve(state, event);
    case "reply":
      return receive(state, event);
    case "conversation.answered":
      return answer(state, event);
    case "conversation.rated": {
      const rated = { ...state, userId: event.byUserId ?? state.userId };
      return { state, facts: [{ ...fact(event, rated, "rated"), score: event.score ?? null }] };
    }
    default:
      return hand(state, event);
  }
}

type Read = ReturnType<typeof readWorkEvent>;

function begin({ conversationId, at }: WorkEvent): WorkState {
  const nobody = { waitingSince: null, answered: false, ended: false, userId: null, teamId: null };
  return { conversationId, beganAt: at, ...nobody };
}

/** Waking up is told as reopening too, and is none. */
function reopen(state: WorkState, event: WorkEvent): Read {
  if (!state.ended) return { state, facts: [] };
  const next = { ...state, beganAt: event.at, answered: false, ended: false, waitingSince: null };
  return { state: next, facts: [fact(event, next, "reopened")] };
}

function resolve(state: WorkState, event: WorkEvent): Read {
  if (state.ended) return { state, facts: [] };
  const seconds = countSeconds(state.beganAt, event.at);
  const by = { ...state, userId: event.byUserId ?? state.userId };
  const facts = [{ ...fact(event, by, "resolved"), seconds }];
  return { state: { ...state, ended: true, waitingSince: null }, facts };
}

/** What is said about an end (a rating, its comment) begins no waiting. */
function receive(state: WorkState, event: WorkEvent): Read {
  const waitingSince = state.ended ? null : (state.waitingSince ?? event.at);
  return { state: { ...state, waitingSince }, facts: [fact(event, state, "received")] };
}

/** What an integrator's program answers ends the waiting, and is nobody's work. */
function answer(state: WorkState, event: WorkEvent): Read {
  if (event.byUserId === null) return { state: { ...state, waitingSince: null }, facts: [] };
  const by = { ...state, userId: event.byUserId ?? state.userId };
  const facts = [fact(event, by, "sent")];
  const { waitingSince } = state;
  if (waitingSince === null) return { state, facts };
  if (!state.answered) {
    const seconds = countSeconds(waitingSince, event.at);
    facts.push({ ...fact(event, by, "first-answer"), seconds });
  }
  return { state: { ...state, waitingSince: null, answered: true }, facts };
}

function hand(state: WorkState, event: WorkEvent): Read {
  const { assigneeId, teamId } = event;
  const next = {
    ...state,
    userId: assigneeId === undefined ? state.userId : assigneeId,
    teamId: teamId === undefined ? state.teamId : teamId,
  };
  if (next.userId === null || next.userId === state.userId) return { state: next, facts: [] };
  const facts = [fact(event, next, "assigned")];
  if (state.userId !== null) facts.push(fact(event, next, "transferred"));
  return { state: next, facts };
}

function fact(event: WorkEvent, state: WorkState, name: WorkFact["fact"]): WorkFact {
  const { id, at, conversationId, projectId } = event;
  const { userId, teamId } = state;
  const of = { id, at, conversationId, projectId, userId, teamId };
  return { ...of, fact: name, seconds: null, score: null };
}

function countSeconds(from: Date, to: Date): number {
  return Math.max(0, Math.round((to.getTime() - from.getTime()) / 1_000));
}
