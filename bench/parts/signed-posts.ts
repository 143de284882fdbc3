import { createHmac } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** What a load of posts came to. */
export interface PostedLoad {
  /** From the moment a post was due to its answer, of those that were answered 200. */
  latenciesMs: number[];
  /** Statuses lines of other answers, by how often. */
  others: Map<string, number>;
  /** Posts that were due and found no free connection until the end. */
  unsent: number;
}

const TICK_MS = 5;

/** Posts bodies at a fixed rate whatever the server does, signed as Meta signs (`X-Hub-Signature-256`). */
export async function offerPosts(
  to: { port: number; path: string; appSecret: string },
  bodies: Iterator<string>,
  load: { perSecond: number; durationMs: number; connections: number },
): Promise<PostedLoad> {
  const free = await Promise.all(Array.from({ length: load.connections }, () => open(to.port)));
  const all = [...free];
  const result: PostedLoad = { latenciesMs: [], others: new Map(), unsent: 0 };
  const total = Math.floor((load.perSecond * load.durationMs) / 1_000);
  const startedAt = performance.now();
  const underWay = new Set<Promise<void>>();
  let sent = 0;
  while (performance.now() - startedAt < load.durationMs) {
    const due = Math.min(total, ((performance.now() - startedAt) * load.perSecond) / 1_000);
    while (sent < due && free.length > 0) {
      const socket = free.pop();
      const body = bodies.next();
      if (socket === undefined || body.done) break;
      const dueAt = startedAt + (sent * 1_000) / load.perSecond;
      sent += 1;
      const done = post(socket, to, body.value).then((line) => {
        if (/^HTTP\/1\.1 200/u.test(line)) result.latenciesMs.push(performance.now() - dueAt);
        else result.others.set(line, (result.others.get(line) ?? 0) + 1);
        free.push(socket);
        underWay.delete(done);
      });
      underWay.add(done);
    }
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }
  await Promise.all(underWay);
  result.unsent = total - sent;
  for (const socket of all) socket.destroy();
  return result;
}

async function open(port: number): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  await once(socket, "connect");
  return socket.setEncoding("latin1");
}

/** The first line of the answer. Answers are short and have a length: the end of what came is the end of the answer. */
function post(
  socket: Socket,
  to: { port: number; path: string; appSecret: string },
  body: string,
): Promise<string> {
  const signature = createHmac("sha256", to.appSecret).update(body).digest("hex");
  socket.write(
    `POST ${to.path} HTTP/1.1\r\nhost: 127.0.0.1:${to.port}\r\ncontent-type: application/json\r\n` +
      `x-hub-signature-256: sha256=${signature}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  return new Promise((resolve) => {
    let received = "";
    const read = (text: string) => {
      received += text;
      if (!received.includes("\r\n\r\n")) return;
      socket.off("data", read);
      resolve(received.slice(0, received.indexOf("\r\n")));
    };
    socket.on("data", read);
  });
}
