import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

interface ManifestChunk {
  file: string;
  isEntry?: boolean;
  imports?: string[];
  dynamicImports?: string[];
}

/** A part of the first page, and how many bytes of it go over the wire. */
export interface FirstPageFile {
  file: string;
  bytes: number;
}

/**
 * The JavaScript that a browser needs until it shows the inbox, of a built console: entry, the inbox's page with all that they
 * import, and the words of one language. `inbox` are modules as the manifest names them. Sizes are packed by Brotli, as
 * browsers get them over https.
 */
export function listFirstPage(dist: string, inbox: readonly string[]): FirstPageFile[] {
  const manifest: Record<string, ManifestChunk | undefined> = JSON.parse(
    readFileSync(join(dist, ".vite", "manifest.json"), "utf8"),
  );
  const seen = new Map<string, ManifestChunk>();
  const walk = (name: string) => {
    const chunk = manifest[name];
    if (chunk === undefined) throw new Error(`the build has no ${name}`);
    if (seen.has(name)) return;
    seen.set(name, chunk);
    for (const next of chunk.imports ?? []) walk(next);
  };
  const entries = Object.keys(manifest).filter((name) => manifest[name]?.isEntry === true);
  for (const name of [...entries, ...inbox]) walk(name);
  return [...seen.values()]
    .filter(({ file }) => file.endsWith(".js"))
    .map(({ file }) => ({
      file,
      bytes: brotliCompressSync(readFileSync(join(dist, file))).length,
    }));
}
