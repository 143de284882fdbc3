import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Demo } from "@recado/contract/demo";
import { browseChannels, findLogin } from "../accounts/browse.ts";
import { updateChannel } from "../accounts/channels.ts";
import { createToken } from "../accounts/tokens.ts";
import type { Foundation } from "../compose-foundation.ts";
import { changeEndpoint } from "../webhooks/endpoints.ts";
import { post, registerNumber, waitForSimulator } from "./demo-number.ts";
import { DEMO_PEOPLE, demoEmail, seedDemoPeople } from "./demo-people.ts";
import { type DemoState, readDemoState, writeDemoState, writeWhole } from "./demo-state.ts";
import { type DemoPlace, loginOf, seedDemo } from "./seed-demo.ts";

const CHANNELS_MAX = 500;

/**
 * Makes the demonstration ready: fills the platform the first time, and on every start brings the
 * addresses up to date and writes `demo.json` (wire contract §5) and the operator's `admin-token`.
 */
export async function runDemo(base: Foundation, place: DemoPlace): Promise<void> {
  const dataDir = base.config.DATA_DIR;
  await waitForSimulator(place.simulatorUrl);
  const known = readDemoState(dataDir);
  const standing = known && (await isStanding(base, known));
  const state = known && standing ? known : await seedDemo(base, place);
  writeDemoState(dataDir, state);
  await seedDemoPeople(base, state);
  await refreshAddresses(base, place, state);
  await post(`${place.simulatorUrl}/sim/receiver-secret/demo`, { secret: state.webhookSecret });
  await writeAdminToken(base, dataDir);
  const demo = await describe(base, place, state);
  await post(`${place.simulatorUrl}/sim/hints`, { curl: formatCurl(demo) });
  writeWhole(join(dataDir, "demo.json"), demo);
}

async function isStanding(base: Foundation, state: DemoState): Promise<boolean> {
  const { directory, pool } = base.shared;
  return (await directory.snapshots(pool, [state.accountId])).has(state.accountId);
}

/** Ports may be others than the last time. */
async function refreshAddresses(
  base: Foundation,
  place: DemoPlace,
  state: DemoState,
): Promise<void> {
  const { shared } = base;
  const channels = await browseChannels(shared.pool, null, { limit: CHANNELS_MAX });
  for (const channel of channels.items) {
    const number = Object.values(state.numbers).find((one) => one.numberId === channel.numberId);
    if (!number) continue;
    await updateChannel(shared, channel, { baseUrl: `${place.simulatorUrl}/meta` });
    const callback = `${place.address}/hooks/${channel.provider}/${channel.appId}`;
    await registerNumber(place.simulatorUrl, number, callback);
  }
  const key = { accountId: state.accountId, id: state.endpointId };
  const url = `${place.simulatorUrl}/sim/receiver/demo`;
  await changeEndpoint({ ...shared, guard: base.guard }, key, { url });
}

/** A token for the command line beside it. The one before stays good: it may be in use. */
async function writeAdminToken(base: Foundation, dataDir: string): Promise<void> {
  const path = join(dataDir, "admin-token");
  const { token } = await createToken(base.shared, {
    kind: "admin",
    accountId: null,
    label: "npm start",
  });
  writeFileSync(path, `${token}\n`, { mode: 0o600 });
  chmodSync(path, 0o600);
}

async function describe(base: Foundation, place: DemoPlace, state: DemoState): Promise<Demo> {
  const { directory, pool } = base.shared;
  const snapshot = (await directory.snapshots(pool, [state.accountId])).get(state.accountId);
  const others: Record<string, { login: string; token: string; id_template?: number }> = {};
  for (const name of Object.keys(state.tokens)) {
    if (name !== "demo" && name !== "api") others[name] = await describeOther(base, state, name);
  }
  return {
    baseUrl: place.address,
    simulatorUrl: place.simulatorUrl,
    consoleUrl: `${place.address}/`,
    login: loginOf("demo"),
    token: state.tokens.demo ?? "",
    apiToken: state.tokens.api ?? "",
    console: { email: demoEmail(loginOf("demo")), password: state.password },
    people: DEMO_PEOPLE.map((person) => ({
      ...person,
      email: demoEmail(person.login),
      password: state.password,
    })),
    projectId: snapshot?.defaultProjectId ?? "",
    officialNumber: state.numbers.demo?.officialNumber ?? "",
    templates: [...(snapshot?.templatesByNumber.values() ?? [])].flatMap(
      ({ number, name, category, status, variables, header }) =>
        status === "draft"
          ? []
          : [{ id_template: number, name, category, status, variables, header }],
    ),
    webhookSecret: state.webhookSecret,
    others: others as Demo["others"],
  };
}

/** Another account's way in, with the number of its template where it has one. */
async function describeOther(base: Foundation, state: DemoState, name: string) {
  const login = loginOf(name);
  const { directory, pool } = base.shared;
  const user = await findLogin(pool, login);
  const snapshots = await directory.snapshots(pool, user ? [user.accountId] : []);
  const template = [...(snapshots.get(user?.accountId ?? "")?.templatesByNumber.values() ?? [])][0];
  const token = state.tokens[name] ?? "";
  return template ? { login, token, id_template: template.number } : { login, token };
}

/** The manual's own request, ready to be copied. */
function formatCurl(demo: Demo): string {
  const template = demo.templates.find((one) => one.variables === 3);
  return [
    `curl ${demo.baseUrl}/bot/chat_wa/ws/send/`,
    `-d login=${demo.login} -d token=${demo.token}`,
    `-d id_template=${template?.id_template} -d mobile=573102111111 -d custom_field=pedido-881`,
    `--data-urlencode 'template_variables=[Carlos] [la doctora Rojas] [miércoles]'`,
  ].join(" \\\n  ");
}
