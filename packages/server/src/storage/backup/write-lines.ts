import { createReadStream, createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { hashFile, type Part } from "./manifest.ts";

/** Writes lines into a compressed file that must not exist, durably. */
export async function writeLines(path: string, lines: AsyncIterable<string>): Promise<Part> {
  const sink = createWriteStream(path, { flags: "wx", mode: 0o600, flush: true });
  const text = async function* () {
    for await (const line of lines) yield `${line}\n`;
  };
  await pipeline(Readable.from(text()), createGzip({ level: 1 }), sink);
  return hashFile(path);
}

/** The lines of such a file, in groups. */
export async function* readLines(path: string, sizeMax: number): AsyncGenerator<string[]> {
  const source = createReadStream(path);
  const plain = createGunzip();
  source.on("error", (error) => plain.destroy(error));
  // A line of readline ends at U+2028 too, which JSON from PostgreSQL may hold: cut at \n by hand.
  let group: string[] = [];
  let rest = "";
  for await (const chunk of source.pipe(plain).setEncoding("utf8")) {
    const parts = (rest + chunk).split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) {
      group.push(part);
      if (group.length < sizeMax) continue;
      yield group;
      group = [];
    }
  }
  if (group.length > 0) yield group;
}
