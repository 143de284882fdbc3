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
  close(): Promise<void>;
}

interface Line {
  near: Socket;
  far: Socket;
}

/** Opens it on a free port of 127.0.0.1. `targets`: ports; each connection goes to the first, in turn, that takes it. */
export async function openTcpProxy(targets: readonly number[]): Promise<TcpProxy> {
  const lines = new Set<Line>();
  let isHeld = false;
  let refused = false;
  let turn = 0;
  const join = async (near: Socket) => {
    near.on("error", () => {});
    turn += 1;
    const far = refused ? null : await reach(targets, turn);
    if (far === null || near.destroyed) {
      near.resetAndDestroy();
      far?.destroy();
      return;
    }
    const line = { near, far };
    lines.add(line);
    const end = () => {
      lines.delete(line);
      near.destroy();
      far.destroy();
    };
    near.on("close", end);
    far.on("error", () => {}).on("close", end);
    if (isHeld) return;
    flow(line);
  };
  const server = createServer({ noDelay: true, pauseOnConnect: true }, (near) => void join(near));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    cut(share, random) {
      const hit = [...lines].filter(() => random() < share);
      for (const { near, far } of hit) {
        near.resetAndDestroy();
        far.resetAndDestroy();
      }
      return hit.length;
    },
    hold() {
      isHeld = true;
      for (const { near, far } of lines) {
        near.unpipe(far).pause();
        far.unpipe(near).pause();
      }
    },
    release() {
      isHeld = false;
      for (const line of lines) flow(line);
    },
    refuse(isRefused) {
      refused = isRefused;
    },
    async close() {
      for (const { near, far } of lines) {
        near.destroy();
        far.destroy();
      }
      server.close();
      await once(server, "close");
    },
  };
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
