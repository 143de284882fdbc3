/** One message of an event stream (WHATWG HTML, section 9.2.6 "Interpreting an event stream"). */
export interface SseMessage {
  /** What the server calls it; `message` where it gives no name. */
  event: string;
  data: string;
  /** The last id that the stream named so far; empty before the first one. */
  lastEventId: string;
}

/** Longest line that is taken; a server that sends more is broken, and its stream is given up. */
const LINE_CHARS_MAX = 2_000_000;

/**
 * Reads an event stream piece by piece, however the network cut it. `push` gives the messages that became whole; a
 * message that the end of the stream left unfinished is never given, as the standard asks.
 */
export function createSseParser(): { push: (text: string) => SseMessage[] } {
  let rest = "";
  let lastEventId = "";
  let event = "";
  let data: string[] = [];

  const takeLine = (line: string, messages: SseMessage[]) => {
    if (line === "") {
      if (data.length > 0) {
        messages.push({ event: event || "message", data: data.join("\n"), lastEventId });
      }
      event = "";
      data = [];
      return;
    }
    const colon = line.indexOf(":");
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (name === "data") data.push(value);
    else if (name === "event") event = value;
    else if (name === "id" && !value.includes("\0")) lastEventId = value;
  };

  return {
    push: (text) => {
      const messages: SseMessage[] = [];
      const lines = (rest + text).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? "";
      if (rest.length > LINE_CHARS_MAX) throw new RangeError("a line of the stream is too long");
      for (const line of lines) takeLine(line, messages);
      return messages;
    },
  };
}
