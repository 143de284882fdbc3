import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const ALWAYS = ["/recado.svg", "/manifest.webmanifest"];

/** Writes `sw.js`: the worker with the files that the built page names, under a name that changes with them. */
export function addServiceWorker(): Plugin {
  let root = "";
  let folder = "";
  return {
    name: "recado-add-service-worker",
    apply: "build",
    configResolved(config) {
      root = config.root;
      folder = join(config.root, config.build.outDir);
    },
    // Only the written page knows the last names of its files.
    closeBundle() {
      const page = readFileSync(join(folder, "index.html"), "utf8");
      const named = [...page.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css))"/gu)];
      const files = new Set([...named.flatMap(([, file]) => file ?? []), ...ALWAYS]);
      const worker = readFileSync(join(root, "service-worker.js"), "utf8");
      const hash = createHash("sha256").update(page).update(worker).digest("hex");
      writeFileSync(
        join(folder, "sw.js"),
        worker
          .replace("%BUILD%", `recado-${hash.slice(0, 12)}`)
          .replace('["%FILES%"]', JSON.stringify([...files])),
      );
    },
  };
}
