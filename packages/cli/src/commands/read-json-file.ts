import { readFile } from "node:fs/promises";
import { CommandFailure } from "../command-failure.ts";

/** The JSON of a file. Fails with what is wrong with it. */
export async function readJsonFile(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandFailure(`${file} cannot be read as JSON: ${why}`);
  }
}
