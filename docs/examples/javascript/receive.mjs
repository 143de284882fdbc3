// Recibe webhooks · Receives webhooks (PORT, RECADO_WEBHOOK_SECRET)
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const key = Buffer.from(process.env.RECADO_WEBHOOK_SECRET.replace(/^whsec_/, ""), "base64");
const bodyBytesMax = 1_000_000;

// En su sistema, una clave única de la base de datos · In your system, a unique key of the database
const done = new Set();

const server = createServer(async (request, response) => {
  const body = await readBody(request).catch(() => null);
  if (body === null || !isSigned(request.headers, body)) return response.writeHead(401).end();
  const id = request.headers["webhook-id"];
  if (!done.has(id)) {
    const event = JSON.parse(body.toString());
    process.stdout.write(`${event.type2 ?? "reply"} ${event.messageId ?? event.mobile}\n`);
    done.add(id);
  }
  response.writeHead(204).end();
});
server.listen(Number(process.env.PORT ?? 9000), "127.0.0.1");

async function readBody(request) {
  const chunks = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > bodyBytesMax) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function isSigned(headers, body) {
  const timestamp = headers["webhook-timestamp"] ?? "";
  const isRecent = Math.abs(Date.now() / 1000 - Number(timestamp)) <= 300;
  if (!/^\d+$/.test(timestamp) || !isRecent) return false;
  const mac = createHmac("sha256", key).update(`${headers["webhook-id"]}.${timestamp}.`);
  const expected = Buffer.from(`v1,${mac.update(body).digest("base64")}`);
  return (headers["webhook-signature"] ?? "").split(" ").some((signature) => {
    const given = Buffer.from(signature);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}
