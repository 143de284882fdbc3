import { join } from "node:path";
import type { Logger } from "pino";
import { type ChannelKeys, createChannelKeys } from "./accounts/channel-keys.ts";
import { createDirectory, type Directory } from "./accounts/directory.ts";
import type { Config } from "./config.ts";
import { MEDIA_LIMITS, type MediaLimits } from "./gateway/media-sink.ts";
import { type AddressGuard, createAddressGuard } from "./platform/address-guard.ts";
import { type Clock, systemClock } from "./platform/clock.ts";
import { createIdMaker, type IdMaker } from "./platform/ids.ts";
import { describeInstance, type Instance } from "./platform/instance.ts";
import { deriveKey, loadMasterSecret } from "./platform/keys.ts";
import { createLinkSigner, type LinkSigner } from "./platform/link-signer.ts";
import { createMailer, type Mailer } from "./platform/mailer.ts";
import { createMetrics, type MeteredMoney, type Metrics } from "./platform/metrics.ts";
import { createSafeFetch, type SafeFetch } from "./platform/safe-fetch.ts";
import { createSecretBox, type SecretBox } from "./platform/secret-box.ts";
import { createStrain, type Strain } from "./platform/strain.ts";
import { noTracer, type Tracer } from "./platform/tracer.ts";
import { createUpstreamHttp, type UpstreamHttp } from "./platform/upstream-http.ts";
import { type BlobStore, createFolderBlobStore } from "./storage/blob-store.ts";
import { createPool, type Database } from "./storage/connect.ts";

/** What nearly every part is handed. */
export interface Shared {
  pool: Database;
  clock: Clock;
  ids: IdMaker;
  logger: Logger;
  directory: Directory;
  secretBox: SecretBox;
  keys: ChannelKeys;
  links: LinkSigner;
  store: BlobStore;
  http: UpstreamHttp;
  fetcher: SafeFetch;
  limits: MediaLimits;
  metrics: Metrics;
  tracer: Tracer;
  onMoney(money: MeteredMoney): void;
  /** Of the intake of providers' posts. */
  strain: Strain;
  /** Known once the server listens. */
  publicUrl(): string;
}

/** The ground that everything stands on. */
export interface Foundation {
  config: Config;
  self: Instance;
  shared: Shared;
  guard: AddressGuard;
  /** Null: no e-mails are sent. */
  mailer: Mailer | null;
  allowedHosts: string[];
  setPublicUrl(url: string): void;
  close(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 10_000;
const DOWNLOADS_PER_HOST_MAX = 8;
/** Providers that wait so long for their 200 come before the reading of what they posted. */
const STRAIN_HIGH_MS = 40;
const STRAIN_LIFE_MS = 250;

/** Lays the foundation on a database that is migrated. */
export function composeFoundation(
  config: Config,
  given: { databaseUrl: string; logger: Logger; tracer?: Tracer },
): Foundation {
  const { databaseUrl, logger, tracer = noTracer } = given;
  const master = loadMasterSecret(config.SECRET_KEY, config.DATA_DIR);
  const secretBox = createSecretBox([deriveKey(master, "secrets at rest")]);
  const allowedHosts = splitList(config.PRIVATE_HOSTS_ALLOWED);
  const guard = createAddressGuard({ allow: allowedHosts });
  const mailer = createMailer({ url: config.SMTP_URL, from: config.MAIL_FROM });
  const ids = createIdMaker();
  const connectionsMax = config.SUBMIT_CONCURRENCY;
  const http = createUpstreamHttp({ connectionsMax, connectTimeoutMs: CONNECT_TIMEOUT_MS });
  const fetcher = createSafeFetch({
    guard,
    connectionsMax: DOWNLOADS_PER_HOST_MAX,
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
  });
  const pool = createPool(databaseUrl, {
    applicationName: "recado",
    connectionsMax: config.DATABASE_CONNECTIONS_MAX,
    onError: (error) => logger.warn({ err: error }, "database.connection_lost"),
  });
  let publicUrl = config.PUBLIC_URL.replace(/\/+$/u, "");
  const metrics = createMetrics();
  const shared: Shared = {
    pool,
    clock: systemClock,
    ids,
    logger,
    directory: createDirectory(),
    secretBox,
    keys: createChannelKeys(secretBox),
    links: createLinkSigner(deriveKey(master, "links to files")),
    store: createFolderBlobStore({ root: join(config.DATA_DIR, "files") }),
    http,
    fetcher,
    limits: {
      ...MEDIA_LIMITS,
      base64BytesMax: config.MEDIA_BASE64_BYTES_MAX,
      fileBytesMax: config.MEDIA_FILE_BYTES_MAX,
    },
    metrics,
    tracer,
    onMoney: metrics.countMoney,
    strain: createStrain({ clock: systemClock, highMs: STRAIN_HIGH_MS, lifeMs: STRAIN_LIFE_MS }),
    publicUrl: () => publicUrl,
  };
  return {
    config,
    self: describeInstance(ids.next(systemClock.now())),
    shared,
    guard,
    mailer,
    allowedHosts,
    setPublicUrl(url) {
      publicUrl ||= url;
    },
    async close() {
      mailer?.close();
      await Promise.allSettled([http.close(), fetcher.close()]);
      await pool.end();
      await tracer.stop();
    },
  };
}

function splitList(text: string): string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
