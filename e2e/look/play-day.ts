import { findTemplate } from "../product/demo-templates.ts";
import { paintShoe } from "../product/paint-shoe.ts";
import { makePdf } from "../product/sample-files.ts";
import { waitUntil } from "../product/wait-until.ts";
import type { Product } from "../start-product.ts";
import { type ConsoleCaller, signInByCall } from "./console-caller.ts";
import { makeBusiness } from "./make-business.ts";
import { makeOffice } from "./make-office.ts";
import { makeVoiceNote } from "./voice-note.ts";

/** Who writes, and what stands in the list for each; the names are given by hand, as people do. */
const PEOPLE = {
  ana: ["573167778899", "Ana Lucía Quintero"],
  carlos: ["573104445566", "Carlos Mendoza"],
  laura: ["573001234567", "Laura Gómez"],
  failing: ["573009131026", "Julián Rueda"],
  long: ["573158887766", "María Fernanda de los Ángeles Restrepo Echavarría"],
  snoozed: ["573112223344", "Óscar Peña"],
  resolved: ["573123334455", "Íngrid Muñoz"],
  silent: ["573008000002", "Pedro Nel Ospina"],
} as const;
const QUEUE = [
  ["573201110001", "Buenas, ¿a qué hora abren mañana?"],
  ["573201110002", "Necesito cambiar la talla de los zapatos que compré el sábado"],
  ["573201110003", "¿Hacen envíos a Leticia?"],
  ["573201110004", "Gracias, quedo atenta"],
  [
    "573201110005",
    "Mi pedido 5512 no ha llegado y ya pasaron ocho días, ¿me pueden decir dónde va?",
  ],
  ["573201110006", "https://example.com/tienda/zapatos-rojos ¿este lo tienen?"],
  ["573201110007", "Ok"],
] as const;

/** What a day left behind, for pages that are about one thing. */
export interface Day {
  conversations: Record<Exclude<keyof typeof PEOPLE, "silent"> | "hidden", string>;
  messages: Record<"failed" | "read" | "scheduled" | "cancelled" | "inbound", string>;
  business: Awaited<ReturnType<typeof makeBusiness>>;
}

/**
 * Lives a day in the demonstration's account: conversations in each state with media, notes and failures, endpoints that work and
 * that do not, people, money, and an account of a reseller's. What only a clock could bring is not there.
 */
export async function playDay(product: Product): Promise<Day> {
  const { demo } = product;
  const seat = (role: string) => {
    const person = demo.people.find((each) => each.role === role);
    if (!person) throw new Error(`nobody is ${role}`);
    return signInByCall(demo.baseUrl, person);
  };
  const owner = await seat("owner");
  const agent = await seat("agent");
  const messages = await sendMessages(product, owner);
  const conversations = await holdConversations(product, owner);
  await makeOffice({ product, owner, conversations });
  await work(product, { owner, agent, conversations });
  const business = await makeBusiness(product, owner);
  const [inbound] = (
    await owner.call<{ items: { id: string }[] }>("GET", "/v1/messages?direction=in&limit=1")
  ).items;
  return { conversations, messages: { ...messages, inbound: inbound?.id ?? "" }, business };
}

/** One message for each way in which messages end. */
async function sendMessages({ demo, ws }: Product, owner: ConsoleCaller) {
  const reminder = findTemplate(demo, { name: "recordatorio_cita" }).id_template;
  const thanks = findTemplate(demo, { name: "gracias_por_su_compra" }).id_template;
  const send = async (mobile: string, custom_field: string) => {
    const template_variables = "[Ana] [la doctora Rojas] [miércoles a las 15:30]";
    const answer = await ws.send({
      mobile,
      id_template: reminder,
      template_variables,
      custom_field,
    });
    return answer.messageId ?? "";
  };
  const later = (mobile: string) =>
    owner.call<{ id: string }>("POST", "/v1/messages", {
      ...{ mobile, template: { id: thanks }, campaign: "temporada_navidad" },
      send_at: new Date(Date.now() + 7_200_000).toISOString(),
    });
  const invoice = Buffer.concat([makePdf("Factura FE-881"), Buffer.alloc(87_000, " ")]);
  await ws.send({
    ...{ mobile: PEOPLE.carlos[0], template_variables: "[Carlos] [$ 125.000]" },
    id_template: findTemplate(demo, { name: "factura_electronica" }).id_template,
    ...{ media: invoice.toString("base64"), media_name: "_factura-FE-881.pdf" },
    custom_field: "factura-881",
  });
  for (const code of ["131049", "132001"]) await send(`573009${code}`, "cita-5514");
  const read = await send(PEOPLE.ana[0], "cita-5512");
  const failed = await send("573009131048", "cita-5513");
  await send(PEOPLE.silent[0], "cita-5515");
  const scheduled = (await later("573104445566")).id;
  const cancelled = (await later("573104445567")).id;
  await owner.call("POST", `/v1/messages/${cancelled}/cancel`);
  return { read, failed, scheduled, cancelled };
}

/** Everybody writes; the answers are written by {@link work}. */
async function holdConversations({ demo, simulator }: Product, owner: ConsoleCaller) {
  const to = demo.officialNumber;
  const from = (who: keyof typeof PEOPLE) => ({ from: PEOPLE[who][0], to });
  for (const [mobile, text] of QUEUE) await simulator.inbound({ from: mobile, to, text });
  await simulator.inbound({ ...from("ana"), text: "¿Puedo cambiar la cita para el *jueves*?" });
  const shoe = { kind: "image", mime: "image/png", base64: paintShoe().toString("base64") };
  const media = { ...shoe, name: "zapato.png", caption: "¿Tienen este en 38?" };
  const sound = { kind: "audio", mime: "audio/ogg; codecs=opus", base64: makeVoiceNote() };
  const pdf = { kind: "document", mime: "application/pdf", name: "cotizacion-2026.pdf" };
  const office = { name: "Oficina", address: "Calle 93 # 11-26, Bogotá" };
  await simulator.inbound({ ...from("carlos"), media });
  await simulator.inbound({ ...from("carlos"), media: sound });
  await simulator.inbound({
    ...from("carlos"),
    location: { latitude: 4.6766, longitude: -74.0478, ...office },
  });
  await simulator.inbound({
    ...from("carlos"),
    contact: { name: "Marta Solano", phones: ["+57 315 000 1122"] },
  });
  const base64 = makePdf("Cotizacion").toString("base64");
  await simulator.inbound({ ...from("laura"), media: { ...pdf, base64 } });
  await simulator.inbound({ ...from("laura"), text: "¿Me confirman si llegó la cotización?" });
  await simulator.inbound({ ...from("failing"), text: "Hola, ¿me pueden llamar?" });
  await simulator.inbound({ ...from("long"), text: `¿${"Superextraordinariamente".repeat(4)}?` });
  await simulator.inbound({ ...from("snoozed"), text: "El lunes le mando los papeles" });
  await simulator.inbound({ ...from("resolved"), text: "Ya me llegó, ¡muchas gracias!" });
  await simulator.inbound({
    from: "573008887777",
    to,
    text: "Prefiero no dar mi número",
    hidden: true,
  });
  const list = async () => {
    const path = "/console/api/inbox/conversations?view=open&limit=50";
    return (await owner.call<{ items: Row[] }>("GET", path)).items;
  };
  const rows = await waitUntil("the conversations", async () => {
    const found = await list();
    return found.length >= QUEUE.length + 8 && found;
  });
  const idOf = (mobile: string | null) =>
    rows.find(({ contact }) => contact.mobile?.replace("+", "") === (mobile ?? undefined))?.id ??
    "";
  const hidden = rows.find(({ contact }) => contact.mobile === null)?.id ?? "";
  const entries = Object.entries(PEOPLE).map(([who, [mobile]]) => [who, idOf(mobile)]);
  for (const row of rows) {
    const name = Object.values(PEOPLE).find(([mobile]) => idOf(mobile) === row.id)?.[1];
    if (name) await owner.call("PATCH", `/v1/contacts/${row.contact.id}`, { name });
  }
  return { ...Object.fromEntries(entries), hidden } as Day["conversations"];
}

interface Row {
  id: string;
  contact: { id: string; mobile: string | null };
}

interface Work {
  owner: ConsoleCaller;
  agent: ConsoleCaller;
  conversations: Day["conversations"];
}

/** Two people answer, note, snooze, resolve and begin to write. */
async function work({ demo, simulator }: Product, { owner, agent, conversations }: Work) {
  const at = (who: keyof Day["conversations"], what: string) =>
    `/console/api/inbox/conversations/${conversations[who]}/${what}`;
  const say = (caller: ConsoleCaller, who: keyof Day["conversations"], text: string) =>
    caller.call("POST", at(who, "messages"), { text });
  await say(agent, "ana", "Claro que sí, *Ana*. ¿Le sirve el jueves a las 10:00?");
  await agent.call("POST", at("ana", "notes"), { text: "Prefiere los jueves en la mañana." });
  const to = demo.officialNumber;
  await simulator.inbound({ from: PEOPLE.ana[0], to, text: "Sí, perfecto. ¡Gracias!" });
  await say(
    owner,
    "laura",
    "¡Hola, Laura! Sí: la revisamos hoy mismo.\n\n1. Precio\n2. Entrega\n3. Garantía",
  );
  const { items } = await owner.call<{ items: { id: string; login: string; name: string }[] }>(
    "GET",
    "/console/api/people",
  );
  const me = items.find(({ login }) => login === "demo");
  const mentioned = { text: `@${me?.name} ¿le damos el descuento?`, mentions: [me?.id] };
  await agent.call("POST", at("laura", "notes"), mentioned);
  await simulator.inbound({ from: PEOPLE.laura[0], to, text: "Listo, quedo pendiente" });
  await say(owner, "failing", "¡Claro! ¿A qué hora le queda bien?");
  await owner.call("PUT", at("laura", "draft"), { text: "Ya casi termino de revisarla" });
  const until = new Date(Date.now() + 86_400_000).toISOString();
  await owner.call("POST", at("snoozed", "snooze"), { until });
  // Whoever has just answered keeps the composer for a while.
  await agent.call("DELETE", at("ana", "composer"));
  await say(agent, "resolved", "¡Con mucho gusto!");
  await agent.call("POST", at("resolved", "resolve"), {});
  const question = await waitUntil("the question", async () =>
    (await simulator.messages(PEOPLE.resolved[0])).find(({ text }) => text?.includes("atendimos")),
  );
  const button = "5 · Excelente";
  await simulator.inbound({ from: PEOPLE.resolved[0], to, button, replyTo: question.id });
}
