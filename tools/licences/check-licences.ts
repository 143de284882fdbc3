import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A package that we may not use as we do. */
export interface LicenceOffence {
  /** Where it lies, as the lock file names it. */
  path: string;
  licence: string;
  advice: string;
}

interface LockedPackage {
  license?: string;
  dev?: boolean;
  link?: boolean;
}

/** Asks nothing but a notice: may be shipped in and beside our own code. */
const FREE = [
  ...["MIT", "MIT-0", "ISC", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "Unlicense"],
  ...["BlueOak-1.0.0", "CC0-1.0", "Zlib", "PostgreSQL"],
];
/** Shared only for changes to its own files, which we do not make: shipped as it is, in a chunk of its own. */
const UNCHANGED = ["MPL-2.0"];
/** For tools that stay here: data under attribution, and licences that ask nothing of what they make. */
const TOOLS = ["Python-2.0", "CC-BY-3.0", "CC-BY-4.0", "WTFPL"];
/** Tools whose manifests name no licence; each was read by a person. */
const READ_BY_HAND: Readonly<Record<string, string>> = {
  "node_modules/httpntlm": "MIT",
  "node_modules/stack-trace": "MIT",
};

/** Every package of the lock file whose licence is missing or not one that we can keep. */
export function checkLicences(root: string): LicenceOffence[] {
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    packages: Record<string, LockedPackage>;
  };
  const theirs = Object.entries(lock.packages).filter(
    ([path, { link }]) => path.includes("node_modules/") && link !== true,
  );
  if (theirs.length === 0) throw new Error("package-lock.json names no package");
  return theirs.flatMap(([path, locked]) => {
    const licence = locked.license ?? READ_BY_HAND[path] ?? readManifest(root, path);
    const allowed = [...FREE, ...UNCHANGED, ...(locked.dev === true ? TOOLS : [])];
    if (isAllowed(licence, allowed)) return [];
    const advice = `ask before it is used; allowed: ${allowed.join(", ")}`;
    return [{ path, licence: licence === "" ? "none named" : licence, advice }];
  });
}

/** Of alternatives one must be allowed; of a sum, each (SPDX expressions of one level, as npm has them). */
function isAllowed(expression: string, allowed: readonly string[]): boolean {
  const terms = expression.replace(/[()]/gu, "");
  if (terms.includes(" OR ")) return terms.split(" OR ").some((one) => allowed.includes(one));
  return terms.split(" AND ").every((one) => allowed.includes(one));
}

function readManifest(root: string, path: string): string {
  const manifest = join(root, path, "package.json");
  if (!existsSync(manifest)) return "";
  const { license } = JSON.parse(readFileSync(manifest, "utf8")) as { license?: unknown };
  return typeof license === "string" ? license : "";
}
