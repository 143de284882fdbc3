import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

const notOurs = new Set(["node_modules", "dist", "data", ".cache", ".git"]);
const listBytesMax = 64 * 1024 * 1024;

/**
 * The files of the repository as paths below `root` with `/`, sorted: what git tracks or would track. Where git has no
 * answer (an unpacked archive, a folder of another owner), everything but what is installed or built.
 */
export function listFiles(root: string): string[] {
  const args = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
  const answer = spawnSync("git", args, { cwd: root, encoding: "utf8", maxBuffer: listBytesMax });
  const tracked = answer.status === 0 ? answer.stdout.split("\0").filter(Boolean) : [];
  const files = tracked.length > 0 ? tracked : filesBelow(root, "");
  // What is deleted but not yet committed is still in git's list.
  return [...new Set(files)].filter((path) => existsSync(join(root, path))).sort();
}

function filesBelow(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (notOurs.has(entry.name) || entry.isSymbolicLink()) return [];
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(root, path) : [path];
  });
}
