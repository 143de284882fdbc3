import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAccount } from "../accounts/accounts.ts";
import { createChannel } from "../accounts/channels.ts";
import { createProject } from "../accounts/projects.ts";
import type { SubmissionDeps } from "../gateway/submit-template.ts";
import { createDraft, type NewTemplate, reread } from "../gateway/template-drafts.ts";
import { importTemplates } from "../gateway/templates.ts";
import { createIdMaker } from "../platform/ids.ts";
import { createSecretBox } from "../platform/secret-box.ts";
import { createUpstreamHttp } from "../platform/upstream-http.ts";
import { findProvider } from "../providers/registry.ts";
import { createFolderBlobStore } from "../storage/blob-store.ts";
import type { ChannelRow } from "../storage/channels.ts";
import { insertUploadedMedia } from "../storage/media.ts";
import type { ProjectRow } from "../storage/projects.ts";
import { lockTemplates, type TemplateRow } from "../storage/templates.ts";
import { openTestDatabase } from "./database.ts";
import { GATE_HOOK, openSimulatorGate, type SimulatorGate } from "./simulator-gate.ts";

/** A project with a number of its own at the simulator, and a business account that nobody else has. */
export interface TemplatePlace {
  accountId: string;
  project: ProjectRow;
  channel: ChannelRow;
  wabaId: string;
}

/** What the simulator keeps of a template, as far as tests look at it. */
export interface SimulatedTemplate {
  id: string;
  wabaId: string;
  name: string;
  language: string;
  status: string;
  category: string;
  components: { type: string; text?: string; example?: unknown }[];
}

/** Templates on a real database, and the simulator as their provider. */
export type TemplateWorld = Awaited<ReturnType<typeof openTemplateWorld>>;

/** Opens the world; `close` ends it. Its clock stands still until a test moves it. */
export async function openTemplateWorld() {
  const database = await openTestDatabase();
  const gate = await openSimulatorGate();
  const folder = mkdtempSync(join(tmpdir(), "recado-templates-"));
  const http = createUpstreamHttp({ connectionsMax: 8, connectTimeoutMs: 2_000 });
  const time = { nowMs: Date.UTC(2026, 10, 22, 15) };
  const { pool } = database;
  const source: SubmissionDeps = {
    ...{ pool, clock: { now: () => time.nowMs }, ids: createIdMaker(), http, findProvider },
    secretBox: createSecretBox([Buffer.alloc(32, 7)]),
    media: { store: createFolderBlobStore({ root: folder }) },
  };
  const world = {
    ...{ pool, time, gate, source },
    /** Another number, with its project: of a new account unless one is named. */
    place: (provider: "meta-cloud" | "gupshup" = "meta-cloud", accountId: string | null = null) =>
      openPlace(source, gate, { provider, accountId }),
    /** Writes a template that nothing is wrong with; what is given is otherwise. */
    draft: (place: TemplatePlace, given: Partial<NewTemplate> = {}) =>
      createDraft(source, place.project, makeDraft(given)),
    /** What the simulator has of the place's templates. */
    async there(place: TemplatePlace): Promise<SimulatedTemplate[]> {
      const all = (await gate.control("/templates")) as SimulatedTemplate[];
      return all.filter(({ wabaId }) => wabaId === place.wabaId);
    },
    /** WhatsApp decides, and its list is read a second later. */
    async decide(place: TemplatePlace, row: TemplateRow, status: string): Promise<TemplateRow> {
      const { name, language } = row;
      const all = await world.there(place);
      const found = all.find((one) => one.name === name && one.language === language);
      await gate.control(`/templates/${found?.id}`, { status });
      time.nowMs += 1_000;
      await importTemplates(source, place.project);
      return reread(pool, row);
    },
    /** Every template of the place, those deleted too, by their numbers. */
    rows: ({ project }: TemplatePlace) => lockTemplates(pool, project),
    /** An uploaded file. */
    async upload(accountId: string, mime: string, bytes: Buffer): Promise<string> {
      const writer = await source.media.store.create();
      await writer.write(bytes);
      const { storageKey } = await writer.commit();
      const id = randomUUID();
      await insertUploadedMedia(pool, {
        ...{ accountId, id, projectId: null, storageKey, sha256: "00".repeat(32), mime },
        ...{ bytes: bytes.length, createdAt: new Date(time.nowMs) },
      });
      return id;
    },
    ...createLooks(pool),
    async close() {
      await http.close();
      await gate.close();
      rmSync(folder, { recursive: true, force: true });
      await database.close();
    },
  };
  return world;
}

/** Registers a number at the simulator and makes it a channel of ours. */
async function openPlace(
  source: SubmissionDeps,
  gate: SimulatorGate,
  given: { provider: "meta-cloud" | "gupshup"; accountId: string | null },
): Promise<TemplatePlace> {
  const { provider } = given;
  const accountId = given.accountId ?? (await createAccount(source, { name: "x" })).accountId;
  const { id, appName, ...number } = makeNumber(provider);
  const isGupshup = provider === "gupshup";
  const rest = isGupshup
    ? { appName, provider }
    : { appSecret: "a-secret", verifyToken: "a-verify-token" };
  await gate.control("/numbers", { ...number, id, ...rest, callbackUrl: gate.url + GATE_HOOK });
  const { wabaId, accessToken, displayNumber: officialNumber } = number;
  const { channel } = await createChannel(source, {
    ...{ accountId, provider, accessToken, officialNumber },
    numberId: isGupshup ? appName : id,
    businessId: isGupshup ? id : wabaId,
    baseUrl: `${gate.url}/${isGupshup ? "gupshup" : "meta"}`,
    app: { appSecret: "a-secret" },
  });
  const project = await createProject(source, { accountId, name: "x", channelId: channel.id });
  return { accountId, project, channel, wabaId };
}

/** Ways to look at what a change left behind. */
function createLooks(pool: SubmissionDeps["pool"]) {
  return {
    /** It grows with each change that senders must see. */
    async version(accountId: string): Promise<bigint> {
      const { rows } = await pool.query("select version from accounts where account_id = $1", [
        accountId,
      ]);
      return rows[0].version;
    },
    /** What was noted of the account's templates, oldest first. */
    async history(accountId: string): Promise<string[]> {
      const { rows } = await pool.query(
        `select kind, from_value, to_value, source, applied from template_changes
         where account_id = $1 order by id`,
        [accountId],
      );
      return rows.map(
        (row) => `${row.kind} ${row.from_value} ${row.to_value} ${row.source} ${row.applied}`,
      );
    },
    /** What integrators are told of the account's templates, oldest first. */
    async told(accountId: string): Promise<string[]> {
      const { rows } = await pool.query(
        "select kind from events where account_id = $1 and kind like 'template.%' order by seq",
        [accountId],
      );
      return rows.map((row) => row.kind);
    },
    /** When the place's templates are next read from the provider; sets it first when a moment is given. */
    async dueAt({ project }: TemplatePlace, setTo?: Date): Promise<Date | null> {
      const key = [project.accountId, project.id];
      if (setTo) {
        await pool.query(
          "update projects set templates_due_at = $3 where account_id = $1 and id = $2",
          [...key, setTo],
        );
      }
      const { rows } = await pool.query(
        "select templates_due_at as due from projects where account_id = $1 and id = $2",
        key,
      );
      return rows[0].due;
    },
  };
}

/** The text of {@link makeDraft}. */
export const DRAFT_BODY = "Hola {{1}}, su pedido va en camino desde la sede.";

/** A text and nothing around it. */
export function formOf(body: string): NewTemplate["definition"] {
  return { header: null, body, footer: null, buttons: [], parameterFormat: "positional" };
}

/** What somebody writes, without fault. */
export function makeDraft(given: Partial<NewTemplate> = {}): NewTemplate {
  return {
    ...{ name: "pedido", language: "es_CO", category: "utility", examples: ["Ana"] },
    ...{ definition: formOf(DRAFT_BODY), sampleMediaId: null },
    ...given,
  };
}

let numbers = 0;

function makeNumber(provider: "meta-cloud" | "gupshup") {
  numbers += 1;
  const tail = String(numbers).padStart(6, "0");
  return {
    id: provider === "gupshup" ? randomUUID() : `106540352${tail}`,
    appName: `Tienda${tail}`,
    wabaId: `204000000${tail}`,
    displayNumber: `573001${tail}`,
    verifiedName: "Tienda",
    accessToken: `token-of-${tail}`,
  };
}
