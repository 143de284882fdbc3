import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SECRET_PATTERNS } from "@recado/contract/secret-patterns";

/*
 * Every log that a product wrote is read when it stops, for every secret that it made or was given: those of its files, of its
 * settings, of what the command line printed, and whatever looks like one of ours.
 */

/** Where to look and what for. */
export interface LogSearch {
  /** The product's folder: every `.log` file below it, PostgreSQL's too, is read. */
  folder: string;
  dataDir: string;
  /** The settings that it was given. */
  env: Readonly<Record<string, string>>;
  /** What the demonstration's greeting shows a newcomer on purpose; in a log line proper it is a leak all the same. */
  greeting: readonly string[];
}

/** Where a secret stands in a log: the file and the line with the secret cut out. */
export interface Leak {
  file: string;
  line: string;
}

const told = new Set<string>();
/** Shorter texts stand in logs by chance. */
const SECRET_LENGTH_MIN = 8;
const SECRET_NAMES = /token|secret|password|key|invitation|recovery/iu;
/** Beside the secrets in the same files: they are no secrets. */
const OPEN_NAMES = /_?id$|hint|label|url|idempotency/iu;
const SECRET_FILES = ["demo-secrets.json", "postgres-access.json", "admin-token", "secret.key"];

/** Notes every secret in a JSON answer, by the names of its fields. */
export function noteSecretsOf(answer: unknown, name = ""): void {
  if (typeof answer === "string") {
    if (SECRET_NAMES.test(name) && !OPEN_NAMES.test(name)) noteSecret(answer);
    else if (URL.canParse(answer)) noteSecret(decodeURIComponent(new URL(answer).password));
    return;
  }
  if (typeof answer !== "object" || answer === null) return;
  const isList = Array.isArray(answer);
  for (const [key, value] of Object.entries(answer)) noteSecretsOf(value, isList ? name : key);
}

/** Notes a secret that a test made itself: a password that it chose, a cookie that it got. */
export function noteSecret(secret: string): void {
  if (secret.length >= SECRET_LENGTH_MIN) told.add(secret);
}

/** Every place of a log that shows a secret; empty when all is well. */
export function findLeakedSecrets({ folder, dataDir, env, greeting }: LogSearch): Leak[] {
  for (const name of SECRET_FILES) noteFile(join(dataDir, name));
  noteSecretsOf(env);
  return listLogs(folder).flatMap((file) =>
    readFileSync(file, "utf8")
      .split("\n")
      .map((line) => (line.startsWith("{") ? line : withoutAll(line, greeting)))
      .flatMap((line) => (isLeak(line) ? [{ file, line: blank(line) }] : [])),
  );
}

function isLeak(line: string): boolean {
  if (Object.values(SECRET_PATTERNS).some((pattern) => line.match(pattern))) return true;
  return [...told].some((secret) => line.includes(secret));
}

/** The line without its secrets: a report must not repeat what it complains of. */
function blank(line: string): string {
  const patterned = Object.values(SECRET_PATTERNS).reduce(
    (text, pattern) => text.replace(pattern, "■"),
    line,
  );
  return withoutAll(patterned, [...told]).slice(0, 400);
}

function withoutAll(line: string, secrets: readonly string[]): string {
  return secrets.reduce((text, secret) => text.replaceAll(secret, "■"), line);
}

function noteFile(path: string): void {
  if (!existsSync(path)) return;
  const text = readFileSync(path, "utf8").trim();
  if (path.endsWith(".json")) noteSecretsOf(JSON.parse(text));
  else noteSecret(text);
}

function listLogs(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(".log"))
    .map((entry) => join(entry.parentPath, entry.name));
}
