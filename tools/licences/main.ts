/** `node tools/licences/main.ts`: prints every dependency whose licence we cannot keep; ends with 1 if there is one. */
import { join } from "node:path";
import { checkLicences } from "./check-licences.ts";

const offences = checkLicences(join(import.meta.dirname, "..", ".."));
for (const { path, licence, advice } of offences) console.log(`${path}: ${licence}\n    ${advice}`);
process.exitCode = offences.length === 0 ? 0 : 1;
