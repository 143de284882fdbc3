import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/**
 * The page is served by the simulator itself, so its addresses are relative. While it is being worked on, Vite hands
 * `/sim` on to a simulator that runs apart (`RECADO_SIMULATOR_URL`, default its usual port on this machine).
 */
export default defineConfig({
  base: "./",
  plugins: [react()],
  // Files instead of data: addresses, so that a strict content security policy can stand.
  build: { assetsInlineLimit: 0, target: "es2023", chunkSizeWarningLimit: 400 },
  server: {
    host: "127.0.0.1",
    proxy: { "/sim": process.env.RECADO_SIMULATOR_URL ?? "http://127.0.0.1:8090" },
  },
});
