/** `node tools/tidy/main.ts`: prints what breaks a rule of the house; ends with 1 if anything does. */
import { join } from "node:path";
import { openFileTree } from "../tree/file-tree.ts";
import { checkTidy, formatOffences } from "./check-tidy.ts";

const offences = checkTidy(openFileTree(join(import.meta.dirname, "..", "..")));
for (const line of formatOffences(offences)) console.log(line);
process.exitCode = offences.length === 0 ? 0 : 1;
