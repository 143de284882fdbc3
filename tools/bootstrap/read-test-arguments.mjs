/** What `npm test` and `npm run e2e` are told besides paths: see test.mjs. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

/**
 * Takes our own options out of the command line; what else begins with `-` is for `node --test`, and the rest are paths. Throws
 * when `--postgres` names no folder with PostgreSQL's programs.
 */
export function readTestArguments(args) {
  const left = [...args];
  const at = left.findIndex((arg) => arg === "--postgres" || arg.startsWith("--postgres="));
  let postgresBin = null;
  if (at >= 0) {
    const [first] = left.splice(at, 1);
    const given = first.includes("=") ? first.slice("--postgres=".length) : left.splice(at, 1)[0];
    postgresBin = resolve(given ?? "");
    if (!given || !existsSync(join(postgresBin, "postgres"))) {
      throw new Error(
        `--postgres takes the folder of PostgreSQL's programs, such as /usr/lib/postgresql/15/bin; ${given ?? "nothing"} is none`,
      );
    }
  }
  const databaseOnly = left.includes("--database");
  const others = left.filter((arg) => arg !== "--database");
  return {
    postgresBin,
    databaseOnly,
    flags: others.filter((arg) => arg.startsWith("-")),
    wanted: others.filter((arg) => !arg.startsWith("-")),
  };
}
