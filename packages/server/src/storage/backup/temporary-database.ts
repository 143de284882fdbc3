import { randomBytes } from "node:crypto";
import pg from "pg";

/** Makes an empty database beside the one at `url`, hands over its address, and removes it whatever happens. */
export async function withTemporaryDatabase<T>(
  url: string,
  work: (temporaryUrl: string) => Promise<T>,
): Promise<T> {
  const name = `recado_rehearsal_${randomBytes(6).toString("hex")}`;
  await runAlone(url, `create database ${name} template template0 encoding 'UTF8'`);
  const temporary = new URL(url);
  temporary.pathname = `/${name}`;
  try {
    return await work(temporary.href);
  } finally {
    await runAlone(url, `drop database if exists ${name} with (force)`);
  }
}

async function runAlone(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
