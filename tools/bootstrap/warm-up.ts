/** Imports everything that the product imports, so that Node keeps it compiled; see ensure-compiled.mjs. */
await import("../../packages/server/src/compose.ts");
await import("../../packages/server/src/demo/run-demo.ts");
await import("kysely");
await import("../../packages/simulator/src/start-simulator.ts");
process.exit(0);
