import { randomUUID } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Failure } from "../domain/send-outcome.ts";
import type { Clock } from "../platform/clock.ts";
import { listChannels } from "../storage/channels.ts";
import type { Database } from "../storage/connect.ts";
import {
  findAppSilences,
  findDatabaseFacts,
  findUnpricedAccounts,
} from "../storage/doctor-queries.ts";
import { readMigrations } from "../storage/migrate.ts";
import type { Channel } from "./channels.ts";

/** One thing that was looked at. `cure` says what to do unless it is ok. */
export interface DoctorCheck {
  name: string;
  state: "ok" | "warn" | "fail";
  detail: string;
  cure: string | null;
}

/** What the examination is handed. What is null is not looked at. */
export interface DoctorDeps {
  pool: Database;
  clock: Clock;
  /** Whether a provider answers for a number; null when it does. */
  probeChannel(channel: Channel): Promise<Failure | null>;
  /** How long the oldest due work of each lane has waited. */
  lagProbe: (() => Promise<{ lane: string; ageMs: number }[]>) | null;
  /** The folder of the blob store. */
  blobFolder: string | null;
  /** Where a provider is told to post an app's webhooks. */
  hookUrl(app: { appId: string; provider: string }): string;
}

const DATABASE_VERSION_MIN = 150_000;
const CLOCK_SKEW_MAX_MS = 5_000;
const LAG_WARN_MS = 60_000;
const LAG_FAIL_MS = 600_000;
const THINGS_MAX = 50;

/**
 * Looks at everything that must work and says how it is and what to do. Never throws: an examination
 * that fails is itself a finding.
 */
export async function runDoctor(deps: DoctorDeps): Promise<DoctorCheck[]> {
  const examinations: [string, (deps: DoctorDeps) => Promise<DoctorCheck[]>][] = [
    ["database", checkDatabase],
    ["lanes", checkLanes],
    ["files", checkFiles],
    ["channels", checkChannels],
    ["webhooks in", checkSubscriptions],
    ["prices", checkPrices],
  ];
  const found = await Promise.all(
    examinations.map(async ([name, examine]) => {
      try {
        return await examine(deps);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        return [bad("fail", name, { detail: why, cure: "See the server's log." })];
      }
    }),
  );
  return found.flat();
}

async function checkDatabase(deps: DoctorDeps): Promise<DoctorCheck[]> {
  const facts = await findDatabaseFacts(deps.pool);
  const known = (await readMigrations()).map((migration) => migration.name);
  const missing = known.filter((name) => !facts.migrations.includes(name));
  const skewMs = Math.abs(facts.now.getTime() - deps.clock.now());
  const version = `PostgreSQL ${Math.floor(facts.version / 10_000)}.${facts.version % 10_000}`;
  return [
    facts.version >= DATABASE_VERSION_MIN
      ? ok("database", version)
      : bad("fail", "database", { detail: version, cure: "Use PostgreSQL 15 to 18." }),
    missing.length === 0
      ? ok("migrations", `${known.length} of ${known.length} have run`)
      : bad("fail", "migrations", {
          detail: `missing: ${missing.join(", ")}`,
          cure: "Run: recado migrate",
        }),
    skewMs <= CLOCK_SKEW_MAX_MS
      ? ok("clock", "server and database agree")
      : bad("warn", "clock", {
          detail: `server and database differ by ${Math.round(skewMs / 1000)} s`,
          cure: "Let both machines follow a time server (NTP).",
        }),
  ];
}

async function checkLanes(deps: DoctorDeps): Promise<DoctorCheck[]> {
  if (!deps.lagProbe) return [];
  return (await deps.lagProbe()).map(({ lane, ageMs }) => {
    const detail = `the oldest due item has waited ${Math.round(ageMs / 1000)} s`;
    if (ageMs < LAG_WARN_MS) return ok(`lane ${lane}`, detail);
    return bad(ageMs < LAG_FAIL_MS ? "warn" : "fail", `lane ${lane}`, {
      detail,
      cure: "Is a process with the role worker running? Its log says what holds it up.",
    });
  });
}

async function checkFiles(deps: DoctorDeps): Promise<DoctorCheck[]> {
  if (deps.blobFolder === null) return [];
  const file = join(deps.blobFolder, `.doctor-${randomUUID()}`);
  try {
    // The blob store makes it with the first file.
    await mkdir(deps.blobFolder, { recursive: true, mode: 0o700 });
    await writeFile(file, "", { flag: "wx", mode: 0o600 });
    return [ok("files", `${deps.blobFolder} can be written`)];
  } catch (error) {
    return [
      bad("fail", "files", {
        detail: error instanceof Error ? error.message : String(error),
        cure: `Let the server's user write to ${deps.blobFolder}, and see that the disk is not full.`,
      }),
    ];
  } finally {
    await rm(file, { force: true }).catch(() => {});
  }
}

async function checkChannels(deps: DoctorDeps): Promise<DoctorCheck[]> {
  const channels = await listChannels(deps.pool, null, { before: null, limit: THINGS_MAX });
  const active = channels.filter((channel) => channel.state === "active");
  return Promise.all(
    active.map(async (channel) => {
      const name = `channel ${channel.officialNumber}`;
      const failure = await tryChannel(deps, channel);
      if (failure) {
        return bad("fail", name, {
          detail: `${failure.code} ${failure.reason}`,
          cure: `Check base address, business id and token: recado channel update ${channel.id} --access-token …`,
        });
      }
      const resting = channel.restUntil && channel.restUntil.getTime() > deps.clock.now();
      if (!resting) return ok(name, `${channel.provider} answers for it`);
      return bad("warn", name, {
        detail: `rests until ${channel.restUntil?.toISOString()}: ${channel.restReason ?? ""}`,
        cure: "The provider asked for it; a new access token ends it.",
      });
    }),
  );
}

/** What hinders one number must not hide how the others are. */
async function tryChannel(
  deps: DoctorDeps,
  channel: Channel,
): Promise<Pick<Failure, "code" | "reason"> | null> {
  try {
    return await deps.probeChannel(channel);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { code: "-", reason };
  }
}

async function checkSubscriptions(deps: DoctorDeps): Promise<DoctorCheck[]> {
  const apps = await findAppSilences(deps.pool, THINGS_MAX);
  return apps.map((app) => {
    const name = `webhooks of app ${app.name}`;
    return app.lastWebhookAt
      ? ok(name, `the last one came at ${app.lastWebhookAt.toISOString()}`)
      : bad("warn", name, {
          detail: "none has ever come",
          cure: `At the provider, subscribe ${deps.hookUrl(app)} with the app's verify token.`,
        });
  });
}

async function checkPrices(deps: DoctorDeps): Promise<DoctorCheck[]> {
  const accounts = await findUnpricedAccounts(deps.pool, THINGS_MAX);
  if (accounts.length === 0) return [ok("prices", "every account with a project has a price book")];
  return accounts.map((account) =>
    bad("warn", `prices of ${account.name}`, {
      detail: "the account has no price book, so it cannot send",
      cure: `Run: recado account update ${account.accountId} --price-book <id>`,
    }),
  );
}

function ok(name: string, detail: string): DoctorCheck {
  return { name, state: "ok", detail, cure: null };
}

function bad(
  state: "warn" | "fail",
  name: string,
  { detail, cure }: { detail: string; cure: string },
): DoctorCheck {
  return { name, state, detail, cure };
}
