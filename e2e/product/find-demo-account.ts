import type { Recado } from "./run-recado.ts";

/** The id of the demonstration's account, for commands that want one. */
export async function findDemoAccount(cli: Recado): Promise<string> {
  const args = ["account", "list"];
  const { items } = await cli.json<{ items: { id: string; name: string }[] }>(args);
  const found = items.find(({ name }) => name === "Demostración");
  if (!found) throw new Error("there is no account of the demonstration");
  return found.id;
}
