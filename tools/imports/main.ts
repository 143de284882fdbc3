/** `node tools/imports/main.ts`: prints every import that breaks a rule; ends with 1 if there is one. */
import { join } from "node:path";
import { checkImports } from "./check-imports.ts";

const root = join(import.meta.dirname, "..", "..");
const offences = await checkImports(root, join(root, ".dependency-cruiser.cjs"));
for (const { rule, from, to, advice } of offences) {
  console.log(`${from}${to === null ? "" : ` → ${to}`}\n    ${rule}: ${advice}`);
}
process.exitCode = offences.length === 0 ? 0 : 1;
