import type { TemplateGuard } from "./category-guard.ts";
import type { LimitsView } from "./limits.ts";
import type {
  HeaderFormat,
  StoredTemplateStatus,
  TemplateCategory,
  TemplateDefinition,
} from "./template.ts";

/** A message's category: its template's, or `service` for free-form. */
export type MessageCategory = TemplateCategory | "service";

/**
 * Everything of an account that a send depends on, as it stood at one version. Immutable: a change
 * makes a new version, and whoever holds an old one notices by comparing.
 */
export interface AccountSnapshot {
  accountId: string;
  version: bigint;
  active: boolean;
  currency: string;
  countries: readonly string[];
  /** By the token's SHA-256 in hex. Revoked and expired ones are left out or dated. */
  tokens: ReadonlyMap<string, TokenView>;
  projects: ReadonlyMap<string, ProjectView>;
  /** The one that free-form sends of an unconfined token go through: the oldest active, else the oldest. */
  defaultProjectId: string | null;
  channels: ReadonlyMap<string, ChannelView>;
  /** By `id_template`. */
  templatesByNumber: ReadonlyMap<number, TemplateView>;
  prices: readonly PriceView[];
  limits: LimitsView;
}

/** A token as the hot path needs it. */
export interface TokenView {
  id: string;
  kind: "ws" | "api" | "admin";
  login: string;
  /** False when the person is disabled. */
  active: boolean;
  projectId: string | null;
  scopes: readonly string[];
  expiresAtMs: number | null;
}

/** A project as the hot path needs it. */
export interface ProjectView {
  id: string;
  active: boolean;
  timeZone: string;
  channelId: string | null;
  /** Tried when the first one is known not to have taken a message; null: none. */
  fallbackChannelId: string | null;
  marketingMax: number;
  marketingWindowMs: number;
  /** Messages of a template after its category became dearer, until somebody decides. */
  categoryGuardLimit: number;
  /** Milliseconds by category; absent: the default. */
  deadlineMs: Partial<Record<MessageCategory, number>>;
}

/** A channel as the hot path needs it; no secret in it. */
export interface ChannelView {
  id: string;
  active: boolean;
  provider: string;
  officialNumber: string;
  numberId: string;
  ratePerSecond: number;
}

/** A template as the hot path needs it. */
export interface TemplateView {
  id: string;
  number: number;
  projectId: string;
  name: string;
  language: string;
  category: TemplateCategory;
  status: StoredTemplateStatus;
  definition: TemplateDefinition;
  variables: number;
  header: HeaderFormat | null;
  providerTemplateId: string | null;
  rejectedReason: string | null;
  /** Its approved twins at other numbers: the provider's id of each, by channel. */
  twins: ReadonlyMap<string, string>;
  /** Its category became dearer and nobody has agreed; null: nothing to decide. */
  guard: TemplateGuard | null;
}

/** A price, valid for a time, in 1/10,000 of the currency's unit. */
export interface PriceView {
  country: string;
  category: MessageCategory;
  amount: bigint;
  fromMs: number;
  toMs: number | null;
}

/**
 * The price of a message now: the country's own, else that for all (`*`); the latest that is valid.
 * Null when there is none: then nothing can be sent.
 */
export function findPrice(
  snapshot: AccountSnapshot,
  wanted: { country: string; category: MessageCategory },
  nowMs: number,
): bigint | null {
  const valid = snapshot.prices.filter(
    (price) =>
      price.category === wanted.category &&
      price.fromMs <= nowMs &&
      (price.toMs === null || nowMs < price.toMs),
  );
  const latest = (country: string) =>
    valid
      .filter((price) => price.country === country)
      .sort((left, right) => right.fromMs - left.fromMs)[0];
  return (latest(wanted.country) ?? latest("*"))?.amount ?? null;
}

const namedTemplates = new WeakMap<AccountSnapshot, Map<string, TemplateView[]>>();

/** The templates of that name and language: one in each project at most. */
export function findTemplatesNamed(
  snapshot: AccountSnapshot,
  { name, language }: { name: string; language: string },
): readonly TemplateView[] {
  let byName = namedTemplates.get(snapshot);
  if (!byName) {
    const views = [...snapshot.templatesByNumber.values()];
    byName = Map.groupBy(views, (view) => `${view.language} ${view.name}`);
    namedTemplates.set(snapshot, byName);
  }
  return byName.get(`${language} ${name}`) ?? [];
}

const templatesById = new WeakMap<AccountSnapshot, Map<string, TemplateView>>();

/** The template of a message, by the id that it was accepted with; null when it is gone. */
export function findTemplateById(
  snapshot: AccountSnapshot,
  templateId: string | null,
): TemplateView | null {
  let byId = templatesById.get(snapshot);
  if (!byId) {
    const views = [...snapshot.templatesByNumber.values()];
    byId = new Map(views.map((view) => [view.id, view]));
    templatesById.set(snapshot, byId);
  }
  return byId.get(templateId ?? "") ?? null;
}
