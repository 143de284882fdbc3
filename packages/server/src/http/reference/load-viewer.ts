import { hash } from "node:crypto";
import { Worker } from "node:worker_threads";

/** A script as it is sent. */
export interface Viewer {
  gzipped: Buffer;
  etag: string;
}

/** Gives the viewer of OpenAPI documents. The first call takes about a second, beside the main thread; it is then kept, packed. */
export function createViewerLoader(): () => Promise<Viewer> {
  let loading: Promise<Viewer> | null = null;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = null; // The next request tries again.
      throw error;
    });
    return loading;
  };
}

function load(): Promise<Viewer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./pack-viewer.ts", import.meta.url));
    worker.once("message", (packed: Uint8Array) => {
      const gzipped = Buffer.from(packed);
      resolve({ gzipped, etag: `"${hash("sha256", gzipped)}"` });
    });
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`the viewer's thread ended with ${code}`)));
  });
}
