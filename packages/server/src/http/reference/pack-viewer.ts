import { parentPort } from "node:worker_threads";
import { gzipSync } from "node:zlib";
import viewer from "@scalar/fastify-api-reference";
import Fastify from "fastify";

/*
 * Runs in a thread of its own: takes the viewer's script out of the library, which holds it as one text of 5 MB inside a
 * module, and hands it over packed. The thread ends, and the module's memory with it.
 */

const app = Fastify();
await app.register(viewer, { routePrefix: "/", configuration: { url: "/v1/openapi.json" } });
const { statusCode, rawPayload } = await app.inject("/js/scalar.js");
await app.close();
if (statusCode !== 200) throw new Error(`The viewer's library answered ${statusCode}.`);
parentPort?.postMessage(gzipSync(rawPayload));
