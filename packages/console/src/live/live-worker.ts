import { openLiveConnection } from "./live-connection.ts";
import { streamAddress } from "./live-line.ts";
import { makeUuid } from "./make-uuid.ts";
import { shareStream, type TabPort } from "./share-stream.ts";

/* The shared worker of all tabs of one person: its name says whose. It lives as long as one of them. */

const worker = globalThis as unknown as {
  name: string;
  onconnect: (event: { ports: readonly TabPort[] }) => void;
};
const clientId = makeUuid();

const takeIn = shareStream((after, listener) =>
  openLiveConnection({
    address: (from) => streamAddress(worker.name, clientId, from),
    after: String(after),
    listener,
  }),
);
worker.onconnect = ({ ports }) => {
  for (const port of ports) takeIn(port);
};
