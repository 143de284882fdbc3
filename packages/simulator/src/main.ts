import fastify from "fastify";
import { readSettings } from "./settings.ts";
import { startSimulator } from "./start-simulator.ts";

const forcedExitMs = 1_900;

// Fastify brings the logger; this is the shortest way to one that is configured as its own.
const { log } = fastify({ logger: { level: "info", base: { name: "simulator" } } });
const settings = readSettings(process.env);
if (typeof settings === "string") {
  log.error(settings);
  process.exit(2);
}
const simulator = await startSimulator({ ...settings, logger: log }).catch((error: unknown) => {
  log.error({ err: error }, "simulator.not-started");
  process.exit(1);
});
log.info({ url: simulator.url, dataDir: settings.dataDir }, "simulator.ready");

let isEnding = false;
function end(): void {
  // The signal can come twice, from npm and from the terminal.
  if (isEnding) return;
  isEnding = true;
  setTimeout(() => process.exit(0), forcedExitMs).unref();
  simulator.close().then(
    () => process.exit(0),
    () => process.exit(0),
  );
}
process.on("SIGINT", end);
process.on("SIGTERM", end);
