import type { Product } from "../start-product.ts";
import type { ConsoleCaller } from "./console-caller.ts";

interface Office {
  product: Product;
  owner: ConsoleCaller;
  conversations: Record<"ana" | "laura" | "carlos" | "long", string>;
}

const LABELS = [
  ["Citas", "teal"],
  ["Garantía", "orange"],
  ["Cliente frecuente", "violet"],
  ["Urgente", "red"],
] as const;
const REPLIES = [
  ["hola", "¡Hola, {contact.name}! Soy {agent.name}. ¿En qué le puedo ayudar?"],
  [
    "horario",
    "Atendemos de lunes a viernes de 8:00 a. m. a 6:00 p. m. y los sábados hasta el mediodía.",
  ],
  ["gracias", "¡Gracias por escribirnos! Que tenga un feliz día."],
] as const;
const INBOX = "/console/api/inbox";

/** What organises the work: teams, labels, replies, saved views, hours, a rating that is asked for. */
export async function makeOffice({ owner, conversations }: Office): Promise<void> {
  const { items: people } = await owner.call<{ items: { id: string; login: string }[] }>(
    "GET",
    "/console/api/people",
  );
  const members = (names: readonly string[]) =>
    people.filter(({ login }) => names.includes(login)).map(({ id }) => id);
  const make = async (path: string, body: unknown) =>
    (await owner.call<{ id: string }>("POST", `${INBOX}/${path}`, body)).id;
  const sales = await make("teams", {
    name: "Ventas",
    member_ids: members(["demo-agente", "demo"]),
  });
  await make("teams", { name: "Servicio y garantías", member_ids: members(["demo-agente-2"]) });
  const labels: string[] = [];
  for (const [name, color] of LABELS) labels.push(await make("labels", { name, color }));
  for (const [shortcut, text] of REPLIES) await make("canned-replies", { shortcut, text });
  await make("views", {
    name: "Citas sin leer",
    filter: { view: "open", label_id: labels[0], unread: "true" },
  });
  await make("views", {
    name: "Ventas en cola",
    filter: { view: "queue", team_id: sales },
    shared: true,
  });
  const label = (id: string, at: readonly number[]) =>
    owner.call("PUT", `${INBOX}/conversations/${id}/labels`, {
      label_ids: at.map((one) => labels[one]),
    });
  await label(conversations.ana, [0, 2]);
  await label(conversations.carlos, [1]);
  await label(conversations.long, [0, 1, 2, 3]);
  const words = { enabled: true, question: "¿Cómo le atendimos?", thanks: "¡Gracias!" };
  const projects = "/console/api/inbox-work/projects";
  const { items } = await owner.call<{ items: { project_id: string; rating: object }[] }>(
    "GET",
    projects,
  );
  for (const { project_id, rating } of items) {
    await owner.call("PATCH", `${projects}/${project_id}`, { rating: { ...rating, ...words } });
  }
}
