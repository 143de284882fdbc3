import { once } from "node:events";
import { connect, type Socket } from "node:net";

/**
 * A load generator of our own: for each connection a socket that is kept alive and one request at a time, built and
 * read with as little work as can be, because it shares two cores with what it measures. Responses must carry a
 * content-length.
 */
export interface LoadTarget {
  port: number;
  path: string;
  /** The next form body; each must be one that is accepted. */
  nextBody(): string;
}

/** What a load came to. */
export interface LoadResult {
  /** Answers with `"code":1` a second. */
  perSecond: number;
  latenciesMs: number[];
  /** Any other answer, by its first 200 characters. */
  others: Map<string, number>;
}

/** An answer to one request. */
export interface Answer {
  status: number;
  body: string;
}

/** A connection that takes one request at a time. */
export interface Connection {
  /** Rejects when the connection ends first. */
  post(path: string, form: string): Promise<Answer>;
  close(): void;
}

/** Keeps `connections` requests under way for `durationMs`. */
export async function runLoad(
  target: LoadTarget,
  { connections, durationMs }: { connections: number; durationMs: number },
): Promise<LoadResult> {
  const opened = await Promise.all(Array.from({ length: connections }, () => open(target.port)));
  const result: LoadResult = { perSecond: 0, latenciesMs: [], others: new Map() };
  const startedAt = performance.now();
  const endsAt = startedAt + durationMs;
  await Promise.all(
    opened.map(async (connection) => {
      for (let at = performance.now(); at < endsAt; ) {
        const answer = await connection.post(target.path, target.nextBody());
        const now = performance.now();
        if (isAccepted(answer)) result.latenciesMs.push(now - at);
        else note(result.others, answer);
        at = now;
      }
      connection.close();
    }),
  );
  result.perSecond = (result.latenciesMs.length * 1000) / (performance.now() - startedAt);
  return result;
}

/** Whether the server took the message. */
export function isAccepted(answer: Answer): boolean {
  return answer.status === 200 && /"code":\s?1\b/u.test(answer.body);
}

/** Counts an answer that was not hoped for. */
export function note(others: Map<string, number>, answer: Answer): void {
  const text = `${answer.status} ${answer.body.slice(0, 200)}`;
  others.set(text, (others.get(text) ?? 0) + 1);
}

/** Opens a connection to this machine. */
export async function open(port: number): Promise<Connection> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  await once(socket, "connect");
  return createConnection(socket, port);
}

function createConnection(socket: Socket, port: number): Connection {
  let waiting: { resolve(answer: Answer): void; reject(error: Error): void } | undefined;
  let received = "";
  socket.setEncoding("latin1");
  socket.on("data", (text: string) => {
    received += text;
    const answer = readAnswer(received);
    if (answer === undefined) return;
    received = "";
    waiting?.resolve(answer);
  });
  let ended = false;
  const fail = () => {
    ended = true;
    waiting?.reject(new Error("the server closed the connection"));
  };
  socket.on("error", fail).on("close", fail);
  return {
    post: (path, form) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        // It tells of its end once, and that may have been while nobody waited.
        if (ended) return fail();
        socket.write(
          `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/x-www-form-urlencoded\r\n` +
            `content-length: ${Buffer.byteLength(form)}\r\n\r\n${form}`,
        );
      }),
    close: () => socket.destroy(),
  };
}

function readAnswer(received: string): Answer | undefined {
  const headEnd = received.indexOf("\r\n\r\n");
  if (headEnd === -1) return undefined;
  const head = received.slice(0, headEnd);
  const length = Number(/\r\ncontent-length: (\d+)/iu.exec(head)?.[1] ?? Number.NaN);
  if (Number.isNaN(length)) throw new Error(`an answer without content-length: ${head}`);
  const body = received.slice(headEnd + 4);
  if (body.length < length) return undefined;
  return { status: Number(head.slice(9, 12)), body };
}
