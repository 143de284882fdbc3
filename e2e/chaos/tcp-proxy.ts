import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** A cable between two programs that can be cut and held. */
export interface TcpProxy {
  port: number;
  /** Cuts each connection with this probability (1: all), as a broken line does: without a goodbye. Says how many. */
  cut(share: number, random: () => number): number;
  /** Nothing passes until `release`; connections stay open, as when a router is full. */
  hold(): void;
  release(): void;
  /** New connections are refused until this is called with false. */
  refuse(isRefused: boolean): void;
  /**
   * How many requests can have been lost on it so far: one for each connection that was cut or led nowhere, and one for each that ended at
   * either side while an answer was due. Right for protocols that ask one thing at a time.
   */
  lost(): number;
  close(): Promise<void>;
}

interface Line {
  near: Socket;
  far: Socket;
  /** Something was asked that has not been answered. */
  isAsked: boolean;
}

/** So long after the far side has ended something can still come from the near one. */
const LATE_MS = 1_000;

/** Opens it on a free port of 127.0.0.1. `targets`: ports; each connection goes to the first, in turn, that takes it. */
export async function openTcpProxy(targets: readonly number[]): Promise<TcpProxy> {
  const lines = new Set<Line>();
  let isHeld = false;
  let turn = 0;
  let lost = 0;
  const join = async (near: Socket) => {
    near.on("error", () => {});
    turn += 1;
    const far = await reach(targets, turn);
    if (far === null || near.destroyed) {
      lost += 1;
      near.resetAndDestroy();
      far?.destroy();
      return;
    }
    const line = { near, far, isAsked: false };
    lines.add(line);
    near.on("data", () => {
      if (far.destroyed && lines.has(line)) end(true);
      line.isAsked = true;
    });
    far.on("data", () => {
      line.isAsked = false;
    });
    const end = (isLost: boolean) => {
      if (!lines.delete(line)) return;
      if (isLost) lost += 1;
      near.destroy();
      far.destroy();
    };
    near.on("close", () => end(line.isAsked));
    far
      .on("error", () => {})
      .on("close", () => {
        if (line.isAsked) return end(true);
        // The near side is told, and may have asked something before it hears.
        near.end();
        near.resume();
        setTimeout(() => end(false), LATE_MS).unref();
      });
    if (isHeld) pauseLine(line);
    if (isHeld) return;
    flow(line);
  };
  const server = createServer(
    { noDelay: true, pauseOnConnect: true, allowHalfOpen: true },
    (near) => void join(near),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    port,
    cut(share, random) {
      const hit = [...lines].filter(() => random() < share);
      for (const line of hit) {
        const { near, far } = line;
        lines.delete(line);
        lost += 1;
        near.resetAndDestroy();
        far.resetAndDestroy();
      }
      return hit.length;
    },
    hold() {
      isHeld = true;
      for (const line of lines) pauseLine(line);
    },
    release() {
      isHeld = false;
      for (const line of lines) flow(line);
    },
    refuse(isRefused) {
      // Not shut after it was opened: whoever comes must hear at once that nothing of his was taken.
      if (isRefused === !server.listening) return;
      if (isRefused) server.close();
      else server.listen(port, "127.0.0.1");
    },
    lost: () => lost,
    async close() {
      for (const { near, far } of lines) {
        near.destroy();
        far.destroy();
      }
      if (server.listening) server.close();
    },
  };
}

function pauseLine({ near, far }: Line): void {
  near.unpipe(far).pause();
  far.unpipe(near).pause();
}

function flow({ near, far }: Line): void {
  near.pipe(far);
  far.pipe(near);
}

/** A socket to the first target that answers, beginning with another one each time. */
async function reach(targets: readonly number[], turn: number): Promise<Socket | null> {
  for (let at = 0; at < targets.length; at += 1) {
    const port = targets[(turn + at) % targets.length] ?? 0;
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    const opened = await once(socket, "connect").then(
      () => true,
      () => false,
    );
    if (opened) return socket;
    socket.destroy();
  }
  return null;
}
