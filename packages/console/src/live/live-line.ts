import type { LiveListener } from "./live-connection.ts";

/** How a page holds on to the live stream, whether it has one of its own or shares one with other tabs. */
export interface LiveLine {
  /** From now on it goes on after this event: a load or a beat told it. */
  moveTo: (after: string) => void;
  /** Tries at once instead of waiting: the browser is online or visible again. */
  hurry: () => void;
  close: () => void;
}

/** What a page wants of its line. */
export interface LineWish {
  /** Whose page it is; tabs of different people share nothing. */
  personId: string;
  /** Marks this tab. */
  clientId: string;
  /** Number of the last event that the page has. */
  after: string;
  listener: LiveListener;
}

/** The address of the stream that goes on after event number `after`; the server refuses it in another person's session. */
export function streamAddress(person: string, client: string, after: string): string {
  return `/console/api/live?${new URLSearchParams({ after, client, person })}`;
}
