import { AppError } from "../platform/app-error.ts";
import { createBatcher } from "../platform/batcher.ts";
import type { Clock } from "../platform/clock.ts";
import { type IdMaker, isUuid } from "../platform/ids.ts";
import type { SecretBox } from "../platform/secret-box.ts";
import { createSharedRoom } from "../platform/shared-room.ts";
import type { Strain } from "../platform/strain.ts";
import type { HookPost, HookSecrets, Provider } from "../providers/provider.ts";
import { type Database, withTransaction } from "../storage/connect.ts";
import { insertJournal, type NewJournalRow } from "../storage/journal.ts";
import { findSealedApp } from "../storage/provider-apps.ts";

/** Takes in what providers post. */
export interface Intake {
  /**
   * Verifies a post and stores it as it came; resolves when it is durable, so that 200 may be answered.
   * Rejects with `not_found` (no such app), `signature_invalid`, or the database's error.
   */
  take(address: HookAddress, post: HookPost): Promise<void>;
  /** The answer to a provider's subscription check; null refuses it. */
  challenge(
    address: HookAddress,
    query: Record<string, string | undefined>,
  ): Promise<string | null>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

/** Where it was posted: `/hooks/<provider>/<app>`. */
export interface HookAddress {
  provider: string;
  appId: string;
}

/** What the intake needs. */
export interface IntakeDeps {
  pool: Database;
  clock: Clock;
  ids: IdMaker;
  secretBox: SecretBox;
  provider(name: string): Provider | null;
  /** Told after each commit, of how many posts. */
  onTaken(count: number): void;
  onRejected(address: HookAddress): void;
  /** Told, for each account, how long the oldest of its posts in a group waited for its place on the disk. */
  strain?: Strain;
  /** Bytes of posts that may wait; see {@link createSharedRoom}. Default 128 MB. */
  waitingBytesMax?: number;
}

interface OpenApp {
  accountId: string;
  provider: Provider;
  secrets: HookSecrets;
  readAtMs: number;
}

const GROUP_SIZE_MAX = 200;
const WAITING_MAX = 20_000;
const WAITING_BYTES_MAX = 128 * 1024 * 1024;
/** Bytes of posts in one statement: it travels as one text, twice as long, and neither text nor message may be of any length. */
const STATEMENT_BYTES_MAX = 16 * 1024 * 1024;
/** How long opened secrets are used before they are read again. */
const SECRETS_LIFE_MS = 5_000;
const APPS_MAX = 5_000;

/** Starts the intake. */
export function createIntake(deps: IntakeDeps): Intake {
  const apps = new Map<string, OpenApp>();
  const room = createSharedRoom(deps.waitingBytesMax ?? WAITING_BYTES_MAX);
  const batcher = createBatcher<NewJournalRow, void>({
    sizeMax: GROUP_SIZE_MAX,
    lanesMax: 2,
    waitingMax: WAITING_MAX,
    ownerOf: (row) => row.accountId,
    overflow: tooMany,
    async run(group) {
      await withTransaction(deps.pool, async (sql) => {
        for (const portion of cutPortions(group)) await insertJournal(sql, portion);
      });
      noteWaits(deps, group);
      deps.onTaken(group.length);
      return group.map(() => undefined);
    },
  });
  const accessApp = async (address: HookAddress): Promise<OpenApp> => {
    const nowMs = deps.clock.now();
    const known = apps.get(address.appId);
    // A clock that was set back must not keep them for as long as it was.
    if (known && Math.abs(nowMs - known.readAtMs) < SECRETS_LIFE_MS)
      return checkProvider(known, address);
    const app = await openApp(deps, address.appId, nowMs);
    if (apps.size >= APPS_MAX) apps.clear();
    apps.set(address.appId, app);
    return checkProvider(app, address);
  };
  return {
    async take(address, post) {
      const app = await accessApp(address);
      if (!app.provider.verify(post, app.secrets)) {
        deps.onRejected(address);
        throw new AppError("signature_invalid", "The signature does not match the body.");
      }
      const leave = room.take(app.accountId, post.body.length);
      if (!leave) throw tooMany();
      const nowMs = deps.clock.now();
      const row = {
        accountId: app.accountId,
        id: deps.ids.next(nowMs),
        appId: address.appId,
        provider: app.provider.name,
        body: post.body,
        receivedAt: new Date(nowMs),
      };
      await batcher.add(row).finally(leave);
    },
    async challenge(address, query) {
      const app = await accessApp(address);
      return app.provider.answerChallenge(query, app.secrets);
    },
    idle: batcher.idle,
  };
}

function tooMany(): AppError {
  return new AppError("not_ready", { message: "Too many posts wait.", retryAfterS: 5 });
}

/** The posts in their order, no portion larger than a statement may be. */
function cutPortions(group: readonly NewJournalRow[]): NewJournalRow[][] {
  const portions: NewJournalRow[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const row of group) {
    bytes += row.body.length;
    if (bytes > STATEMENT_BYTES_MAX) {
      portions.push([]);
      bytes = row.body.length;
    }
    portions.at(-1)?.push(row);
  }
  return portions;
}

function noteWaits({ strain, clock }: IntakeDeps, group: readonly NewJournalRow[]): void {
  if (!strain) return;
  const nowMs = clock.now();
  const noted = new Set<string>();
  for (const { accountId, receivedAt } of group) {
    // The first of each is its oldest.
    if (noted.has(accountId)) continue;
    noted.add(accountId);
    strain.note(accountId, nowMs - receivedAt.getTime());
  }
}

async function openApp(deps: IntakeDeps, appId: string, nowMs: number): Promise<OpenApp> {
  const row = isUuid(appId) ? await findSealedApp(deps.pool, appId) : null;
  const provider = row && deps.provider(row.provider);
  if (!row || !provider) throw noApp();
  const secrets = deps.secretBox.open(row.secrets, `app:${appId}`) as HookSecrets;
  return { accountId: row.accountId, provider, secrets, readAtMs: nowMs };
}

function checkProvider(app: OpenApp, address: HookAddress): OpenApp {
  if (app.provider.name !== address.provider) throw noApp();
  return app;
}

function noApp(): AppError {
  return new AppError("not_found", "No app receives webhooks at this address.");
}
