import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A call that a receiver got. */
export interface ReceivedCall {
  headers: IncomingHttpHeaders;
  body: string;
}

/** How a receiver answers a call: a status, or whatever it does to the reply itself. */
export type ReceiverAnswer = number | ((reply: ServerResponse) => void);

/** An integrator's server on the loopback address that answers as told. */
export interface WebhookReceiver {
  readonly url: string;
  /** `host:port`, for an allow list. */
  readonly host: string;
  /** What came, oldest first, refused calls too. */
  readonly calls: ReceivedCall[];
  /** How it answers from now on; 204 to everything at the beginning. */
  answer: (call: ReceivedCall) => ReceiverAnswer | Promise<ReceiverAnswer>;
  close(): Promise<void>;
}

/** Starts a {@link WebhookReceiver} on a free port. */
export async function openWebhookReceiver(): Promise<WebhookReceiver> {
  const server = createServer(async (request, reply) => {
    const call = { headers: request.headers, body: await text(request) };
    receiver.calls.push(call);
    const answer = await receiver.answer(call);
    if (typeof answer === "function") answer(reply);
    else reply.writeHead(answer).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const receiver: WebhookReceiver = {
    url: `http://${host}/hook`,
    host,
    calls: [],
    answer: () => 204,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return receiver;
}
