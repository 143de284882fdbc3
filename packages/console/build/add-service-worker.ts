import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const ALWAYS = ["/theme.js", "/recado.svg", "/manifest.webmanifest"];

/** Writes `sw.js`: the worker with the files of this build's first page, under a name that changes with them. */
export function addServiceWorker(): Plugin {
  let root = "";
  return {
    name: "recado-add-service-worker",
    apply: "build",
    configResolved(config) {
      root = config.root;
    },
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((each) => each.type === "chunk");
      const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
      const files = new Set<string>();
      const walk = (name: string) => {
        const chunk = byName.get(name);
        if (chunk === undefined || files.has(`/${name}`)) return;
        files.add(`/${name}`);
        chunk.imports.forEach(walk);
      };
      for (const { fileName, isEntry } of chunks) if (isEntry) walk(fileName);
      for (const { fileName } of Object.values(bundle)) {
        if (/(index|vendor|frame)-[^/]*\.css$/u.test(fileName)) files.add(`/${fileName}`);
      }
      const hash = createHash("sha256").update(Object.keys(bundle).sort().join("\n"));
      const worker = readFileSync(join(root, "service-worker.js"), "utf8");
      this.emitFile({
        type: "asset",
        fileName: "sw.js",
        source: worker
          .replace("%BUILD%", `recado-${hash.digest("hex").slice(0, 12)}`)
          .replace('["%FILES%"]', JSON.stringify([...files, ...ALWAYS])),
      });
    },
  };
}
