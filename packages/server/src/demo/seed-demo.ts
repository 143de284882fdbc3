import { randomBytes } from "node:crypto";
import { TOKEN_SCOPES } from "@recado/contract/admin-api";
import { type Account, createAccount, disableAccount } from "../accounts/accounts.ts";
import { createChannel } from "../accounts/channels.ts";
import { createPriceBook, setPrice } from "../accounts/prices.ts";
import { createProject } from "../accounts/projects.ts";
import { createToken } from "../accounts/tokens.ts";
import { createUser } from "../accounts/users.ts";
import type { Foundation } from "../compose-foundation.ts";
import { topUp } from "../wallet/topup.ts";
import { createEndpoint } from "../webhooks/endpoints.ts";
import { type DemoNumber, registerNumber, seedTemplates } from "./demo-number.ts";
import { demoEmail } from "./demo-people.ts";
import type { DemoState } from "./demo-state.ts";
import { DEMO_TEMPLATES, type DemoTemplate, PLAIN_TEMPLATE } from "./demo-templates.ts";

/** Where everything is. */
export interface DemoPlace {
  address: string;
  simulatorUrl: string;
}

/** In whole pesos; WhatsApp's categories. */
const PRICES = { marketing: 95n, utility: 28n, authentication: 32n, service: 12n } as const;
const UNIT = 10_000n;
/** Pays 100,000 sends of the dearest kind, twice. */
const DEMO_BALANCE = 20_000_000n * UNIT;

/** The accounts that show one refusal each, and how they differ from one that can send. */
const OTHERS: Record<string, Wish> = {
  noProject: { called: "sin proyecto", project: null },
  noBalance: { called: "sin saldo", balance: 0n },
  inactive: { called: "proyecto inactivo", project: "inactive" },
  disabled: { called: "desactivada", disabled: true },
  noTemplates: {
    called: "sin plantillas",
    templates: [{ ...PLAIN_TEMPLATE, decision: "PENDING" }],
  },
  stranger: { called: "otra empresa" },
};

interface Wish {
  /** What is added to its name. */
  called?: string;
  project?: "inactive" | null;
  balance?: bigint;
  disabled?: boolean;
  templates?: readonly DemoTemplate[];
}

/** Fills an empty platform with the demonstration, through the same functions that operators use. */
export async function seedDemo(base: Foundation, place: DemoPlace): Promise<DemoState> {
  const operator = base.shared;
  const book = await createPriceBook(operator, { name: "Demostración" });
  for (const [category, amount] of Object.entries(PRICES)) {
    const price = { category: category as keyof typeof PRICES, amount: amount * UNIT };
    await setPrice(operator, {
      priceBookId: book.id,
      country: "*",
      cost: price.amount / 2n,
      ...price,
    });
  }
  const state: DemoState = {
    accountId: "",
    numbers: {},
    tokens: {},
    password: randomBytes(12).toString("base64url"),
    endpointId: "",
    webhookSecret: "",
  };
  const demo = await seedAccount(
    base,
    { name: "demo", bookId: book.id, place, state },
    {
      balance: DEMO_BALANCE,
      templates: DEMO_TEMPLATES,
    },
  );
  state.accountId = demo.account.accountId;
  const api = { kind: "api", accountId: state.accountId, label: "demo /v1" } as const;
  state.tokens.api = (await createToken(operator, { ...api, scopes: TOKEN_SCOPES })).token;
  const { endpoint, secret } = await createEndpoint(
    { ...operator, guard: base.guard },
    { accountId: state.accountId, projectId: demo.projectId },
    { url: `${place.simulatorUrl}/sim/receiver/demo` },
  );
  state.endpointId = endpoint.id;
  state.webhookSecret = secret;
  for (const [name, wish] of Object.entries(OTHERS)) {
    await seedAccount(base, { name, bookId: book.id, place, state }, wish);
  }
  return state;
}

interface Seeding {
  name: string;
  bookId: string;
  place: DemoPlace;
  state: DemoState;
}

async function seedAccount(
  base: Foundation,
  { name, bookId, place, state }: Seeding,
  wish: Wish,
): Promise<{ account: Account; projectId: string }> {
  const operator = base.shared;
  const label = ["Demostración", wish.called ?? []].flat().join(": ");
  const account = await createAccount(operator, { name: label, priceBookId: bookId });
  const { accountId } = account;
  const login = loginOf(name);
  const user = await createUser(operator, {
    accountId,
    login,
    email: demoEmail(login),
    role: "owner",
    ...(name === "demo" ? { password: state.password } : {}),
  });
  const made = await createToken(operator, {
    kind: "ws",
    accountId,
    userId: user.id,
    label: "demo ws",
  });
  state.tokens[name] = made.token;
  const balance = wish.balance ?? 100_000n * UNIT;
  if (balance > 0n) {
    const topup = { reference: "demo", amount: balance, note: "Demostración", createdBy: null };
    await topUp(operator, { accountId, ...topup });
  }
  const projectId =
    wish.project === null ? "" : await seedNumber(base, { name, place, state, account }, wish);
  if (wish.disabled) await disableAccount(operator, accountId);
  return { account, projectId };
}

async function seedNumber(
  base: Foundation,
  { name, place, state, account }: Omit<Seeding, "bookId"> & { account: Account },
  wish: Wish,
): Promise<string> {
  const operator = base.shared;
  const { accountId } = account;
  const number = makeNumber(name, Object.keys(state.numbers).length);
  state.numbers[name] = number;
  const { channel } = await createChannel(operator, {
    accountId,
    officialNumber: number.officialNumber,
    numberId: number.numberId,
    businessId: number.businessId,
    baseUrl: `${place.simulatorUrl}/meta`,
    accessToken: number.accessToken,
    app: { appSecret: number.appSecret, verifyToken: number.verifyToken },
    ratePerSecond: 1_000,
  });
  const callbackUrl = `${place.address}/hooks/${channel.provider}/${channel.appId}`;
  await registerNumber(place.simulatorUrl, number, callbackUrl);
  const project = await createProject(operator, {
    accountId,
    name: name === "demo" ? "Atención al cliente" : name,
    channelId: channel.id,
    state: wish.project ?? "active",
  });
  const templates = wish.templates ?? [PLAIN_TEMPLATE];
  await seedTemplates(
    base,
    { simulatorUrl: place.simulatorUrl, number, channel, project },
    templates,
  );
  return project.id;
}

/** The login of a demonstration account. */
export function loginOf(name: string): string {
  return name === "demo" ? "demo" : `demo-${name.toLowerCase()}`;
}

function makeNumber(name: string, index: number): DemoNumber {
  const secret = () => randomBytes(24).toString("base64url");
  return {
    // A database that is seeded anew must not meet the numbers of the one before in the simulator.
    numberId: `10${digits(13)}`,
    businessId: `20${digits(13)}`,
    officialNumber: `57300520202${index}`,
    name: name === "demo" ? "Clínica Los Andes" : `Recado ${name}`,
    accessToken: secret(),
    appSecret: secret(),
    verifyToken: secret(),
  };
}

function digits(count: number): string {
  return [...randomBytes(count)].map((byte) => String(byte % 10)).join("");
}
