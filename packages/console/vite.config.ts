import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { addServiceWorker } from "./build/add-service-worker.ts";
import { packFiles } from "./build/pack-files.ts";

const api = process.env.RECADO_URL ?? "http://127.0.0.1:8080";
/** What the server answers itself; while the page is being worked on, Vite hands it on (`RECADO_URL` says to whom). */
const served = ["/v1", "/admin", "/console/api", "/media", "/bot"];

export default defineConfig({
  plugins: [react(), addServiceWorker(), packFiles()],
  build: {
    // Files instead of data: addresses, so that a strict content security policy can stand.
    assetsInlineLimit: 0,
    target: "es2023",
    manifest: true,
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      output: {
        // What every page needs, in few files: a file for each shared module would be a hundred requests.
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            { name: "vendor", test: /\/node_modules\//u, tags: ["$initial"] },
            { name: "frame", tags: ["$initial"] },
          ],
        },
      },
    },
  },
  server: {
    host: "127.0.0.1",
    proxy: Object.fromEntries(served.map((path) => [path, { target: api }])),
  },
});
