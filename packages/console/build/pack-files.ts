import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

const packed = /\.(js|css|html|svg|json|webmanifest|wasm)$/u;
/** Below this the answer's head weighs more than what is saved. */
const bytesMin = 1_024;

/** Lays a `.br` and a `.gz` beside every text that was built, so that the server packs nothing while it serves. */
export function packFiles(): Plugin {
  let folder = "";
  return {
    name: "recado-pack-files",
    apply: "build",
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    async closeBundle() {
      const files = readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && packed.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name));
      await Promise.all(files.map(pack));
    },
  };
}

async function pack(file: string): Promise<void> {
  // The page itself gets a new nonce with every answer.
  if (file.endsWith("index.html")) return;
  const content = readFileSync(file);
  if (content.length < bytesMin) return;
  const params = { [constants.BROTLI_PARAM_QUALITY]: 10 };
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(content, { params }),
    promisify(gzip)(content, { level: 9 }),
  ]);
  writeFileSync(`${file}.br`, br);
  writeFileSync(`${file}.gz`, gz);
}
