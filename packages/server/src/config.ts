import { AppError } from "./platform/app-error.ts";

/**
 * Every setting: its default, its limits and a sentence. Read from the environment, once, by main.ts;
 * everything else is handed the values that it needs. `docs/settings.md` says the same.
 */
export const SETTINGS = {
  HOST: text("127.0.0.1", "Address to listen on; 0.0.0.0 for all."),
  PORT: whole(8080, { min: 0, max: 65_535 }, "Port to listen on; 0 takes a free one."),
  DATA_DIR: text("./data", "Folder of the embedded database, files, keys and demo.json."),
  DATABASE_URL: text("", "A PostgreSQL 15 to 18 of your own; empty: the embedded one."),
  DATABASE_CONNECTIONS_MAX: whole(16, { min: 4, max: 500 }, "Connections of each process."),
  PUBLIC_URL: text("", "Where others reach this server; empty: http://HOST:PORT."),
  SECRET_KEY: text(
    "",
    "64 hex digits that seal secrets; empty: DATA_DIR/secret.key, made when missing.",
  ),
  LOG_LEVEL: text("info", "fatal, error, warn, info, debug or trace."),
  TRUST_PROXY: text(
    "",
    "Addresses or CIDR of proxies whose X-Forwarded-For is believed; empty: none.",
  ),
  PRIVATE_HOSTS_ALLOWED: text(
    "",
    "host:port or CIDR, separated by commas, inside your own network that webhooks and media URLs may lead to.",
  ),
  MEDIA_BASE64_BYTES_MAX: whole(
    33_554_432,
    { min: 16_777_216, max: 104_857_600 },
    "Largest file that comes as base64, decoded.",
  ),
  MEDIA_FILE_BYTES_MAX: whole(
    104_857_600,
    { min: 104_857_600, max: 1_073_741_824 },
    "Largest file that comes as a file part or by URL.",
  ),
  UPLOADED_MEDIA_DAYS: whole(
    30,
    { min: 1, max: 3_650 },
    "Days for which a file of POST /v1/media is kept after it was last sent.",
  ),
  SENDS_WAITING_MAX: whole(
    10_000,
    { min: 500, max: 100_000 },
    "Sends that wait before one answers 429.",
  ),
  SUBMIT_CONCURRENCY: whole(
    256,
    { min: 2, max: 2_000 },
    "Calls to providers under way in each process.",
  ),
  WEBHOOK_CONCURRENCY: whole(256, { min: 2, max: 2_000 }, "Webhooks under way in each process."),
  UNKNOWN_OUTCOME_AFTER_S: whole(
    3_600,
    { min: 1, max: 86_400 },
    "How long to wait for news of a call that was cut before it is failed and refunded.",
  ),
  SMTP_URL: text("", "smtp://user:password@host:587 that e-mails leave by; empty: none are sent."),
  MAIL_FROM: text("", "From whom e-mails are: Recado <avisos@example.com>."),
  SESSION_IDLE_HOURS: whole(
    72,
    { min: 1, max: 8_760 },
    "Hours without a click after which a person is signed out of the console.",
  ),
  SESSION_DAYS: whole(
    30,
    { min: 1, max: 365 },
    "Days after which a person has to sign in again, however busy.",
  ),
  METRICS_TOKEN: secret(
    16,
    "Whoever shows it may read /metrics (Authorization: Bearer); empty: there is no /metrics.",
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: text(
    "",
    "Base address of an OTLP/HTTP receiver that traces are sent to; empty: none are made.",
  ),
  OTEL_SERVICE_NAME: text("recado", "What a receiver of traces files ours under."),
  TRACES_PERCENT: whole(100, { min: 0, max: 100 }, "Of every hundred traces so many are recorded."),
  READY_LAG_S: whole(
    120,
    { min: 5, max: 86_400 },
    "Age of the oldest due work from which /health/ready says 503.",
  ),
  SIMULATOR_PORT: whole(
    8090,
    { min: 0, max: 65_535 },
    "Demonstration only: port of the simulator.",
  ),
} as const;

/** The settings' values. */
export type Config = {
  [Name in keyof typeof SETTINGS]: ReturnType<(typeof SETTINGS)[Name]["read"]>;
};

/** Reads the settings; throws one AppError that names everything that is wrong. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const errors: { path: string; message: string }[] = [];
  const entries = Object.entries(SETTINGS).map(([name, setting]) => {
    try {
      return [name, setting.read(environment[name])];
    } catch (error) {
      errors.push({ path: name, message: (error as Error).message });
      return [name, undefined];
    }
  });
  if (errors.length > 0) {
    const message = errors.map((error) => `${error.path} ${error.message}`).join("; ");
    throw new AppError("invalid_request", { message: `Settings: ${message}`, errors });
  }
  return Object.fromEntries(entries) as Config;
}

interface Setting<T> {
  sentence: string;
  fallback: T;
  read(given: string | undefined): T;
}

function text(fallback: string, sentence: string): Setting<string> {
  return { sentence, fallback, read: (given) => given ?? fallback };
}

/** Empty, or long enough not to be guessed. */
function secret(lengthMin: number, sentence: string): Setting<string> {
  return {
    sentence,
    fallback: "",
    read(given = "") {
      const usable = given.length >= lengthMin && /^[\x21-\x7e]+$/u.test(given);
      if (given === "" || usable) return given;
      throw new RangeError(`must be empty, or ${lengthMin} or more characters without spaces`);
    },
  };
}

function whole(
  fallback: number,
  limits: { min: number; max: number },
  sentence: string,
): Setting<number> {
  return {
    sentence,
    fallback,
    read(given) {
      if (given === undefined || given === "") return fallback;
      const value = /^\d{1,12}$/u.test(given) ? Number(given) : Number.NaN;
      if (value >= limits.min && value <= limits.max) return value;
      throw new RangeError(`must be a whole number from ${limits.min} to ${limits.max}`);
    },
  };
}
