/** Where a listener's words go; a response of HTTP is one. */
export interface Sink {
  /** Writes at once, and keeps what the other side does not take yet. */
  write(text: string): void;
  /** Bytes that were written and not taken yet. */
  waiting(): number;
  /** Cuts the line. */
  end(): void;
}

/** Whoever listens, before it does. */
export interface NewListener {
  accountId: string;
  userId: string;
  /** One for each tab. */
  clientId: string;
  /** The last number that it knows; null: only what is to come. */
  after: number | null;
  sink: Sink;
  /** Whether it may listen on; asked now and then. */
  mayGoOn(): Promise<boolean>;
}

/** Whoever listens, and how far it has got. */
export interface Listener extends NewListener {
  place: number;
}

/** Bytes that a listener may leave waiting before it is cut: it comes back and goes on where it was. */
export const WAITING_BYTES_MAX = 1_048_576;

/**
 * Writes to a listener, or cuts it when it takes too little: a slow line must not fill the memory of the process. False: it
 * was cut.
 */
export function sendTo(listener: Listener, text: string): boolean {
  if (listener.sink.waiting() > WAITING_BYTES_MAX) {
    listener.sink.end();
    return false;
  }
  listener.sink.write(text);
  return true;
}

/** One message of server-sent events. JSON has no line breaks, so one line of data is enough. */
export function formatFrame(frame: { event: string; data: unknown; id?: number }): string {
  const id = frame.id === undefined ? "" : `id: ${frame.id}\n`;
  return `${id}event: ${frame.event}\ndata: ${JSON.stringify(frame.data)}\n\n`;
}
