import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";

/** A wire between a browser and a server that a test can cut. */
export interface CuttingProxy {
  url: string;
  /** Cuts every connection that is open now, in the middle of whatever it carries. */
  cut(): void;
  /** How many connections that are open now were last asked for a path that begins so. */
  countOpen(path: string): number;
  close(): Promise<void>;
}

/** Lays a wire to the server at `url`. */
export async function startCuttingProxy(url: string): Promise<CuttingProxy> {
  const { hostname, port } = new URL(url);
  const open = new Set<Socket>();
  const asked = new Map<Socket, string>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on("close", () => open.delete(socket));
      // Cutting makes both ends complain; that is what it is for.
      socket.on("error", () => socket.destroy());
    }
    near.pipe(far).pipe(near);
    near.on("data", (chunk: Buffer) => {
      const path = /^[A-Z]+ (\S+) HTTP\/1/u.exec(chunk.toString("latin1", 0, 4_096))?.[1];
      if (path !== undefined) asked.set(near, path);
    });
    near.on("close", () => asked.delete(near));
    near.on("close", () => far.destroy());
    far.on("close", () => near.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    countOpen: (path) => [...asked.values()].filter((each) => each.startsWith(path)).length,
    close: async () => {
      server.close();
      cut();
      await once(server, "close");
    },
  };
}
