import { randomUUID, timingSafeEqual } from "node:crypto";
import formbody from "@fastify/formbody";
import fastify from "fastify";
import pg from "pg";

/*
 * What one would write first, and what acceptance is compared with: Fastify, the same few checks, one INSERT with its
 * own commit for each request, on the same PostgreSQL and with as many connections. It charges nothing, knows no
 * template and refuses no repetition; ours does.
 *
 *   DATABASE_URL, PORT, FLOOR_LOGIN and FLOOR_TOKEN from the environment. The table is made anew at every start.
 */

const CONNECTIONS_MAX = 16;

interface Fields {
  login?: string;
  token?: string;
  mobile?: string;
  id_template?: string;
  template_variables?: string;
  custom_field?: string;
}

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL ?? "",
  max: CONNECTIONS_MAX,
});
await pool.query("drop table if exists bench_floor");
await pool.query(
  `create table bench_floor (
     id uuid primary key, account_id uuid not null, project_id uuid not null, channel_id uuid not null,
     mobile text not null, category text not null, template integer not null, variables text[] not null,
     custom_field text not null, price bigint not null, status text not null, lane text,
     due_at timestamptz, deadline_at timestamptz, accepted_at timestamptz not null)`,
);
await pool.query("create index on bench_floor (account_id, mobile, id)");
await pool.query("create index on bench_floor (lane, due_at) where lane is not null");

const token = Buffer.from(process.env.FLOOR_TOKEN ?? "");
const account = randomUUID();
const app = fastify();
await app.register(formbody);

/** The checks of a send; a number is the answer's code, else the variables. */
function checkFields(body: Fields): number | string[] {
  const given = Buffer.from(body.token ?? "");
  const isKnown = given.length === token.length && timingSafeEqual(given, token);
  if (body.login !== process.env.FLOOR_LOGIN || !isKnown) return 2;
  if (!/^57\d{10}$/u.test(body.mobile ?? "")) return 4;
  if (!/^\d{1,9}$/u.test(body.id_template ?? "")) return 7;
  const variables = [...(body.template_variables ?? "").matchAll(/\[([^\]]*)\]/gu)].map(
    ([, value]) => value ?? "",
  );
  return variables.some((value) => value.trim() === "") ? 6 : variables;
}

const ACCEPTED = { code: 1, concept: "Message sent", description: "Mensaje enviado" };

app.post<{ Body: Fields }>("/send", async ({ body }) => {
  const variables = checkFields(body);
  if (typeof variables === "number") return { code: variables };
  const id = randomUUID();
  const now = new Date();
  await pool.query({
    name: "insert",
    text: `insert into bench_floor values
             ($1, $2, $2, $2, $3, 'utility', $4, $5, $6, 280000, 'accepted', 'queued', $7, $7, $7)`,
    values: [id, account, body.mobile, body.id_template, variables, body.custom_field ?? "", now],
  });
  return { ...ACCEPTED, messageId: id };
});
// What is left when nothing is stored: no server on this library can answer more than this.
app.post<{ Body: Fields }>("/bare", async ({ body }) => {
  const variables = checkFields(body);
  if (typeof variables === "number") return { code: variables };
  return { ...ACCEPTED, messageId: randomUUID() };
});
app.get("/ready", async () => ({ ready: true }));
await app.listen({ port: Number(process.env.PORT) });
process.on("SIGTERM", () => process.exit(0));
