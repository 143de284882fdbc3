import { startEmbeddedPostgres } from "../../packages/server/src/storage/embedded/supervisor.ts";
import { type Place, startServer, startSimulator } from "./programs.ts";
import { type StoredWish, storeMessages } from "./stored-messages.ts";

/** For writing much at once; a server that starts later has its own settings again. */
const SETTINGS = {
  max_wal_size: "8GB",
  checkpoint_timeout: "1h",
  shared_buffers: "1GB",
  maintenance_work_mem: "512MB",
  autovacuum: "off",
};
const QUIET = { info() {}, warn() {}, error() {} };

/**
 * Brings a place that nobody uses to the state that is wished for: the demonstration and all migrations by a start of the product,
 * then what is missing of the stored messages. May be ended at any moment and called again.
 */
export async function fillPlace(
  place: Place,
  wish: StoredWish,
  say: (line: string) => void,
): Promise<void> {
  const simulator = startSimulator(place);
  const server = await startServer(place, ["demo"]);
  await server.stop();
  await simulator.stop();
  const postgres = await startEmbeddedPostgres({
    dataDir: place.dataDir,
    logger: QUIET,
    settings: SETTINGS,
  });
  try {
    await storeMessages(postgres.url, wish, say);
  } finally {
    await postgres.stop();
  }
}
