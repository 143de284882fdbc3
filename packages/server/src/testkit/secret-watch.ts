import { SECRET_PATTERNS } from "@recado/contract/secret-patterns";
import { type Logger, pino } from "pino";
import type { SecretBox } from "../platform/secret-box.ts";

/** Reads whatever a world logs, at every level, and knows the secrets that were sealed or named in it. */
export interface SecretWatch {
  logger: Logger;
  /** Everything that was logged. */
  lines: string[];
  /** The same box; what it seals is looked for in the log from then on. */
  watchBox(box: SecretBox): SecretBox;
  /** A secret that no box sees. */
  note(secret: string): void;
  /** Throws when a line holds a secret; the message shows the line's event and which kind of secret, not the secret. */
  check(): void;
}

/** Shorter texts stand in logs by chance. */
const SECRET_LENGTH_MIN = 8;

/** Opens a watch for one world; its `check` belongs into the world's `close`. */
export function createSecretWatch(): SecretWatch {
  const lines: string[] = [];
  const secrets = new Set<string>();
  const note = (secret: string) => {
    if (secret.length >= SECRET_LENGTH_MIN) secrets.add(secret);
  };
  return {
    logger: pino({ level: "trace" }, { write: (line: string) => void lines.push(line) }),
    lines,
    note,
    watchBox: (box) => ({
      seal(value, place) {
        for (const text of listTexts(value)) note(text);
        return box.seal(value, place);
      },
      open: (sealed, place) => box.open(sealed, place),
    }),
    check() {
      const found = lines.flatMap((line) =>
        listKinds(line, secrets).map((kind) => `${kind} in ${nameLine(line)}`),
      );
      if (found.length > 0) throw new Error(`secrets in the log: ${found.join("; ")}`);
    },
  };
}

/** Every text in a value that is sealed: tokens, secrets, passwords. Ids of upstreams are none. */
function listTexts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(listTexts);
}

function listKinds(line: string, secrets: ReadonlySet<string>): string[] {
  const patterned = Object.entries(SECRET_PATTERNS).filter(([, pattern]) => line.match(pattern));
  const known = [...secrets].filter((secret) => line.includes(secret));
  return [...patterned.map(([kind]) => kind), ...known.map(() => "something sealed")];
}

function nameLine(line: string): string {
  const { msg = "a line without a name" } = JSON.parse(line) as { msg?: string };
  return msg;
}
