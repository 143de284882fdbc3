import { setTimeout as sleep } from "node:timers/promises";
import type { Channel } from "../accounts/channels.ts";
import type { Project } from "../accounts/projects.ts";
import type { Foundation } from "../compose-foundation.ts";
import { importTemplates } from "../gateway/templates.ts";
import { findProvider } from "../providers/registry.ts";
import { countJournalItems } from "../storage/journal.ts";
import type { DemoTemplate } from "./demo-templates.ts";

/** An official number as the simulator must know it. */
export interface DemoNumber {
  numberId: string;
  businessId: string;
  officialNumber: string;
  name: string;
  accessToken: string;
  appSecret: string;
  verifyToken: string;
}

const SIMULATOR_WAIT_MS = 30_000;
const DECISIONS_WAIT_MS = 15_000;
const LANGUAGE = "es_CO";

/** Resolves when the simulator answers; says what to do when it does not. */
export async function waitForSimulator(simulatorUrl: string): Promise<void> {
  const untilMs = Date.now() + SIMULATOR_WAIT_MS;
  while (Date.now() < untilMs) {
    const answers = await fetch(`${simulatorUrl}/sim/state`).then(
      (reply) => reply.ok,
      () => false,
    );
    if (answers) return;
    await sleep(100);
  }
  throw new Error(
    `The simulator does not answer at ${simulatorUrl}: start both with npm start, or see SIMULATOR_PORT.`,
  );
}

/** Makes the number known to the simulator, or tells it a new address of ours. */
export async function registerNumber(
  simulatorUrl: string,
  number: DemoNumber,
  callbackUrl: string,
): Promise<void> {
  await post(`${simulatorUrl}/sim/numbers`, {
    id: number.numberId,
    wabaId: number.businessId,
    displayNumber: number.officialNumber,
    verifiedName: number.name,
    accessToken: number.accessToken,
    appSecret: number.appSecret,
    verifyToken: number.verifyToken,
    callbackUrl,
    throughputPerSecond: 1_000,
  });
}

/**
 * Submits templates as anybody would, lets the simulated WhatsApp decide about them, and imports them.
 * Templates that the number has already are left alone.
 */
export async function seedTemplates(
  base: Foundation,
  place: { simulatorUrl: string; number: DemoNumber; channel: Channel; project: Project },
  wanted: readonly DemoTemplate[],
): Promise<void> {
  const { number, channel, simulatorUrl, project } = place;
  const provider = findProvider(channel.provider);
  const { baseUrl, apiVersion, officialNumber, numberId, businessId } = channel;
  const { accessToken } = number;
  const address = { baseUrl, apiVersion, officialNumber, numberId, businessId, accessToken };
  const call = { http: base.shared.http, channel: address };
  const listed = await provider?.listTemplates(call);
  const known = new Set(
    listed?.kind === "listed" ? listed.templates.map((template) => template.name) : [],
  );
  for (const template of wanted.filter((one) => !known.has(one.name))) {
    const { decision, ...content } = template;
    const format = template.definition.header?.format;
    const headerHandle = format && format !== "text" ? "4::ZGVtbw==" : null;
    const made = await provider?.createTemplate({
      ...call,
      template: { ...content, language: LANGUAGE, headerHandle },
    });
    if (made?.kind !== "created") {
      throw new Error(`The simulator refused ${template.name}: ${made?.failure.reason}`);
    }
    if (decision === "PENDING") continue;
    const reason = decision === "REJECTED" ? { rejectedReason: "PROMOTIONAL" } : {};
    const url = `${simulatorUrl}/sim/templates/${made.providerTemplateId}`;
    await post(url, { status: decision, ...reason });
  }
  await importTemplates({ ...base.shared, findProvider }, project);
  const decided = wanted.filter((one) => one.decision !== "PENDING" && !known.has(one.name)).length;
  await waitForDecisions(base, project.accountId, decided);
  // A decision that was told late may have overtaken the list: what the list says is true.
  await importTemplates({ ...base.shared, findProvider }, project);
}

/** Resolves when every decision has been told and read, so that nothing changes behind demo.json. */
async function waitForDecisions(base: Foundation, accountId: string, count: number): Promise<void> {
  const untilMs = Date.now() + DECISIONS_WAIT_MS;
  while ((await countJournalItems(base.shared.pool, accountId)) < count) {
    if (Date.now() > untilMs) return;
    await sleep(50);
  }
}

/** Posts JSON to the simulator; throws what it answers unless that is a success. */
export async function post(url: string, body: unknown): Promise<void> {
  const reply = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!reply.ok) throw new Error(`${url} answered ${reply.status}: ${await reply.text()}`);
}
