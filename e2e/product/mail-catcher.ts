import { createServer, type Socket } from "node:net";

/** A mail server that keeps what it gets (RFC 5321, as little of it as a sender needs). */
export interface MailCatcher {
  /** For `SMTP_URL`. */
  url: string;
  /** Whole mails, oldest first. */
  mails: readonly string[];
  close(): Promise<void>;
}

/** Starts it on a free port of this machine. */
export async function startMailCatcher(): Promise<MailCatcher> {
  const mails: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
    serve(socket, (mail) => mails.push(mail));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function serve(socket: Socket, keep: (mail: string) => void): void {
  let text = "";
  let inMail = false;
  socket.write("220 catcher\r\n");
  socket.on("data", (chunk) => {
    text += chunk.toString();
    for (;;) {
      const end = inMail ? "\r\n.\r\n" : "\r\n";
      const at = text.indexOf(end);
      if (at === -1) return;
      const said = text.slice(0, at);
      text = text.slice(at + end.length);
      if (inMail) keep(said);
      const asksForMail = !inMail && /^DATA/iu.test(said);
      socket.write(
        asksForMail ? "354 go on\r\n" : /^QUIT/iu.test(said) ? "221 bye\r\n" : "250 ok\r\n",
      );
      inMail = asksForMail;
    }
  });
}
