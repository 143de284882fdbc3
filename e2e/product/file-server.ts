import { once } from "node:events";
import { createServer } from "node:http";
import { findFreePorts } from "./free-ports.ts";

/** A web server from which the platform fetches media. */
export interface FileServer {
  /** `host:port`, for `PRIVATE_HOSTS_ALLOWED`. */
  host: string;
  /** Where `path` is answered with these bytes from now on; a number instead is an HTTP status. */
  serve(path: string, answer: Buffer | number): string;
  close(): Promise<void>;
}

/** Starts a {@link FileServer} on 127.0.0.1; what was not served is 404. */
export async function openFileServer(): Promise<FileServer> {
  const [port = 0] = await findFreePorts(1);
  const answers = new Map<string, Buffer | number>();
  const server = createServer((request, response) => {
    const answer = answers.get(request.url ?? "") ?? 404;
    if (typeof answer === "number") response.writeHead(answer).end();
    else response.end(answer);
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const host = `127.0.0.1:${port}`;
  return {
    host,
    serve(path, answer) {
      answers.set(path, answer);
      return `http://${host}${path}`;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
