import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";
import { type LiveMessage, type LiveState, openLiveConnection } from "./live-connection.ts";

/* Against a real server that has a numbered log and breaks its streams where a test asks for it. */

const closers: (() => void)[] = [];
after(() => {
  for (const close of closers) close();
});

async function serve(answer: (after: number, response: ServerResponse) => void): Promise<string> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    answer(Number(url.searchParams.get("after")), response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/live`;
}

const open = (response: ServerResponse) =>
  response.writeHead(200, { "content-type": "text/event-stream" });

test("a stream that is cut sixty times at any byte gives every event once and in order", async () => {
  const last = 400;
  const log = Array.from({ length: last }, (_, index) => {
    const seq = index + 1;
    return `id: ${seq}\nevent: change\ndata: {"seq":${seq},"text":"ñandú ${seq}"}\n\n`;
  });
  let cuts = 0;
  const base = await serve((from, response) => {
    open(response);
    const rest = Buffer.from(log.slice(from).join(""));
    if (cuts < 60) {
      cuts += 1;
      // In the middle of a letter, of a line, of a message.
      response.write(rest.subarray(0, 7 * cuts), () => response.destroy());
    } else response.write(rest);
  });
  const seen: number[] = [];
  let newest = 0;
  await new Promise<void>((resolve) => {
    const connection = openLiveConnection({
      address: (from) => `${base}?after=${from}`,
      after: "0",
      chance: () => 0,
      listener: {
        onState: (state) => state === "lost" && setTimeout(connection.hurry),
        onMessages: (messages: LiveMessage[]) => {
          for (const { data } of messages) {
            const { seq, text } = data as { seq: number; text: string };
            assert.equal(text, `ñandú ${seq}`);
            seen.push(seq);
            newest = Math.max(newest, seq);
          }
          if (newest === last) {
            connection.close();
            resolve();
          }
        },
      },
    });
  });
  assert.equal(cuts, 60);
  assert.deepEqual(
    seen,
    log.map((_, index) => index + 1),
  );
});

test("a session that the server does not know is told and not tried again", async () => {
  let calls = 0;
  const base = await serve((_, response) => {
    calls += 1;
    response.writeHead(401).end();
  });
  const states: LiveState[] = [];
  await new Promise<void>((resolve) => {
    const connection = openLiveConnection({
      address: () => base,
      after: "0",
      listener: {
        onMessages: () => assert.fail("nothing was said"),
        onState: (state) => {
          states.push(state);
          if (state === "refused") {
            connection.hurry();
            connection.close();
            resolve();
          }
        },
      },
    });
  });
  assert.deepEqual(states, ["connecting", "refused"]);
  assert.equal(calls, 1);
});

test("a stream that stays silent is taken for dead and opened anew", async () => {
  let calls = 0;
  const base = await serve((_, response) => {
    calls += 1;
    open(response).write(": hello\n\n");
  });
  await new Promise<void>((resolve) => {
    const connection = openLiveConnection({
      address: () => base,
      after: "0",
      silenceMaxMs: 40,
      listener: {
        onMessages: () => assert.fail("nothing was said"),
        onState: (state) => {
          if (state === "lost") setTimeout(connection.hurry);
          if (state === "live" && calls === 2) {
            connection.close();
            resolve();
          }
        },
      },
    });
  });
  assert.equal(calls, 2);
});
