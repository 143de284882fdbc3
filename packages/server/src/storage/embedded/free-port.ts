import { createServer } from "node:net";

/** A port of 127.0.0.1 on which nobody listens now. Another program may take it before the caller does. */
export async function findFreePort(): Promise<number> {
  const port = await tryToListen(0);
  if (port === undefined) {
    throw new Error("The system gave no free port on 127.0.0.1.");
  }
  return port;
}

/** True when nobody listens on the port of 127.0.0.1 and we may. */
export async function isPortFree(port: number): Promise<boolean> {
  return (await tryToListen(port)) !== undefined;
}

async function tryToListen(port: number): Promise<number | undefined> {
  const probe = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once("error", reject);
      probe.listen(port, "127.0.0.1", resolve);
    });
  } catch {
    return undefined;
  }
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return address === null || typeof address === "string" ? undefined : address.port;
}
