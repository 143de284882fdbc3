/** `node tools/tidy/main.ts`: prints what breaks a rule of the house; ends with 1 if anything does. */
import { join } from "node:path";
import { openFileTree } from "../tree/file-tree.ts";
import { checkTidy, formatOffence } from "./check-tidy.ts";

const offences = checkTidy(openFileTree(join(import.meta.dirname, "..", "..")));
for (const offence of offences) console.log(formatOffence(offence));
process.exitCode = offences.length === 0 ? 0 : 1;
