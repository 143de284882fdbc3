import { formatFrame, type Listener, sendTo } from "./listeners.ts";

/*
 * Everybody who listens to one account in this process. Changes are read and rendered once for all who stand at the same
 * number; those who are behind are brought up batch by batch, between the looks for what is new. One turn runs at a time,
 * so that no listener misses a number or hears two in the wrong order.
 */

/** What happened up to a number: frames for everybody, in order; or that everything is to be loaded again. */
export type Rendered =
  | { kind: "changes"; to: number; frames: string }
  | { kind: "reset"; to: number; why: string };

/** How a feed gets at the account. */
export interface FeedSource {
  /** Renders what happened after `after` up to `to` at most; a batch may end before it. */
  render(span: { after: number; to: number }): Promise<Rendered>;
}

/** The listeners of one account. */
export interface AccountFeed {
  readonly listeners: Set<Listener>;
  /** Brings everybody up to `head`. Joins the turn that runs, if one does. */
  advance(head: number): Promise<void>;
  /** Writes the same to all. */
  broadcast(frame: string): void;
}

/** A feed without listeners. */
export function createAccountFeed(source: FeedSource): AccountFeed {
  const listeners = new Set<Listener>();
  let wanted = 0;
  let turn: Promise<void> | null = null;

  const send = (listener: Listener, frame: string) => {
    if (!sendTo(listener, frame)) listeners.delete(listener);
  };
  const step = async (place: number, to: number) => {
    const rendered = await source.render({ after: place, to });
    const frame =
      rendered.kind === "changes"
        ? rendered.frames
        : formatFrame({ event: "reset", data: { seq: rendered.to, why: rendered.why } });
    for (const listener of listeners) {
      if (listener.place !== place) continue;
      listener.place = rendered.to;
      if (frame !== "") send(listener, frame);
    }
  };
  const run = async () => {
    for (;;) {
      const places = [...new Set([...listeners].map(({ place }) => place))].sort((a, b) => a - b);
      const behind = places.filter((place) => place < wanted);
      const [last] = behind;
      const front = behind.at(-1);
      if (last === undefined || front === undefined) return;
      // Those in front first: somebody who comes back after hours must not make the others wait.
      await step(front, wanted);
      if (last !== front) {
        const next = places.find((place) => place > last) ?? wanted;
        await step(last, Math.min(next, wanted));
      }
    }
  };
  return {
    listeners,
    advance(head) {
      wanted = Math.max(wanted, head);
      turn ??= run().finally(() => {
        turn = null;
      });
      return turn;
    },
    broadcast(frame) {
      for (const listener of listeners) send(listener, frame);
    },
  };
}
