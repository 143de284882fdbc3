import { buildReseller } from "../product/build-reseller.ts";
import { codeOf } from "../product/console-page.ts";
import { findDemoAccount } from "../product/find-demo-account.ts";
import { waitUntil } from "../product/wait-until.ts";
import type { Product } from "../start-product.ts";
import { type ConsoleCaller, signInByCall } from "./console-caller.ts";

/** The password of everybody whom {@link makeBusiness} makes. */
export const SECOND_PASSWORD = "una frase que recuerdo bien";

interface WithId {
  id: string;
}

/** What the pages of integrators, administrators and operators show beside the demonstration's own. */
export async function makeBusiness(product: Product, owner: ConsoleCaller) {
  const { cli, demo } = product;
  const endpoints = await makeEndpoints(product, owner);
  const account = await findDemoAccount(cli);
  const { sends_mail: sendsMail } = await owner.call<{ sends_mail: boolean }>(
    "GET",
    "/console/api/session",
  );
  const emails = sendsMail ? ["caja@example.com"] : [];
  await owner.call("POST", "/v1/balance-alerts", { threshold: "25000", emails });
  await owner.call("PUT", `/console/api/projects/${demo.projectId}/cap`, {
    ...{ messages_max: 5_000, amount_max: "400000" },
  });
  await owner.call("POST", "/console/api/tokens", { kind: "api", label: "ERP de la tienda" });
  const invitation = { name: "Natalia Salcedo", email: "natalia@example.com", role: "supervisor" };
  const invited = await owner.call<{ link: { one_time_link: string } }>(
    "POST",
    "/console/api/people",
    invitation,
  );
  const template = await owner.call<{ id: number }>("POST", "/v1/templates", {
    ...{ name: "pedido_en_camino", language: "es_CO", category: "utility" },
    ...{ project_id: demo.projectId, body: "¡Hola {{1}}! Su pedido ya va en camino." },
    examples: ["Laura"],
  });
  const { reseller, customer } = await makeReseller(product);
  const empty = (await cli.json<WithId>(["account", "create", "Cafetería La Nube"])).id;
  for (const [id, login, role, name] of [
    [empty, "nube", "owner", "Beatriz Arango"],
    [account, "demo-dos-pasos", "agent", "Felipe Duque"],
    [reseller, "valle", "owner", "Ana del Valle"],
  ] as const) {
    const user = ["user", "create", id, login, "--role", role, "--name", name, "--password", "-"];
    await cli.json(user, `${SECOND_PASSWORD}\n`);
  }
  await beginSecondFactor(demo.baseUrl);
  return {
    ...{ account, reseller, customer, empty, endpoints, template: template.id },
    invitation: invited.link.one_time_link,
  };
}

/** One that works, one that fails, and one that is shut with what it has not got. */
async function makeEndpoints({ simulator, demo, ws }: Product, owner: ConsoleCaller) {
  const make = async (name: string, more: object = {}) => {
    const url = `${demo.simulatorUrl}/sim/receiver/${name}`;
    const body = { url, project_id: demo.projectId, ...more };
    return (await owner.call<{ endpoint: WithId }>("POST", "/v1/webhook-endpoints", body)).endpoint
      .id;
  };
  await simulator.receiverBehaviour("erp-pedidos", { status: 503, times: 1_000 });
  const headers = { "X-Sistema": "pedidos" };
  const failing = await make("erp-pedidos", { events: ["failed", "sent", "reply"], headers });
  const shut = await make("bodega");
  await owner.call("PATCH", `/v1/webhook-endpoints/${shut}`, { state: "disabled" });
  const template = demo.templates.find(({ name }) => name === "gracias_por_su_compra");
  await ws.send({ mobile: "573104445599", id_template: template?.id_template ?? 0 });
  await simulator.inbound({
    from: "573104445599",
    to: demo.officialNumber,
    text: "¿Cuánto cuesta?",
  });
  const list = (id: string) =>
    owner.call<{ items: WithId[] }>("GET", `/v1/webhook-endpoints/${id}/deliveries`);
  const { items } = await waitUntil("a delivery that fails", async () => {
    const found = await list(failing);
    return found.items.length > 0 && found;
  });
  const all = await owner.call<{ items: (WithId & { url: string })[] }>(
    "GET",
    "/v1/webhook-endpoints",
  );
  const good = all.items.find(({ url }) => url.endsWith("/demo"))?.id ?? "";
  const [delivered] = (await list(good)).items;
  return { good, failing, shut, delivery: items[0]?.id ?? "", delivered: delivered?.id ?? "" };
}

/** With customers, settled days and what was handed on. */
async function makeReseller(product: Product) {
  const { id, customers, person } = await buildReseller(product, "Mensajes del Valle");
  const key = ["token", "create", "admin", "--account", id, "--label", "Ana del Valle"];
  await product.cli.json(key);
  const reseller = await signInByCall(product.demo.baseUrl, person);
  for (const [at, { id: to }] of customers.entries()) {
    await reseller.call("POST", `/admin/accounts/${to}/topups`, {
      ...{ amount: "250000", reference: `consignacion-${at + 1}`, note: "Saldo de noviembre" },
    });
  }
  return { reseller: id, customer: customers[0]?.id ?? "" };
}

/** So that somebody is asked for a code. */
async function beginSecondFactor(baseUrl: string): Promise<void> {
  const person = { login: "demo-dos-pasos", password: SECOND_PASSWORD };
  const caller = await signInByCall(baseUrl, person);
  const proof = { current_password: SECOND_PASSWORD };
  const { otp_secret } = await caller.call<{ otp_secret: string }>(
    "POST",
    "/console/api/me/second-factor",
    proof,
  );
  const code = { one_time_code: codeOf(otp_secret) };
  await caller.call("POST", "/console/api/me/second-factor/confirm", code);
}
