/**
 * Makes a clone runnable: what package-lock.json names is in node_modules, and a Node that runs our
 * TypeScript is at hand. Costs a few milliseconds when all is well.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { withLock } from "./process-lock.mjs";
import { runQuietly } from "./quiet-command.mjs";

const installMsMax = 20 * 60_000;
const oldestNode = [22, 19];

/**
 * Installs with `npm ci` when node_modules is missing or is not what the lock file says, and gives the path
 * of the Node to run our sources with. Safe when several processes ask at once. `install` is for tests.
 */
export async function ensureInstalled(root, { say = console.log, signal, install = npmCi } = {}) {
  if (!isInstalled(root)) {
    const onWait = () => say("recado: waiting for another installation in this folder …");
    const work = () => installUnlessDone(root, { say, signal, install });
    await withLock(join(root, ".cache", "install.lock"), work, { signal, onWait });
  }
  return findNode(root);
}

/**
 * The Node that npm carried into node_modules, else the one that is running, if it can run TypeScript
 * (22.19 or later). Throws with advice when there is neither.
 */
export function findNode(root) {
  const carried = join(root, "node_modules", ".bin", "node");
  if (existsSync(carried)) {
    const answer = spawnSync(carried, ["--version"], { encoding: "utf8" });
    if (answer.status === 0 && isRecent(answer.stdout.trim())) return carried;
  }
  if (isRecent(process.version)) return process.execPath;
  throw new Error(
    `Recado needs Node ${oldestNode.join(".")} or later and this is ${process.version}. npm has no Node 24 ` +
      `for this machine (${process.platform} ${process.arch}): please install it from https://nodejs.org.`,
  );
}

function isRecent(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  return major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
}

/** True when the stamp of the last installation, or npm's own record, agrees with the lock file. */
function isInstalled(root) {
  const lock = read(join(root, "package-lock.json"));
  if (lock === null) throw new Error(`There is no package-lock.json in ${root}.`);
  if (read(stampPath(root)) === fingerprint(lock)) return true;
  const record = read(join(root, "node_modules", ".package-lock.json"));
  if (record === null || !agrees(lock, record)) return false;
  try {
    writeFileSync(stampPath(root), fingerprint(lock));
  } catch {
    // Somebody else's node_modules, and good enough to read: compare again next time.
  }
  return true;
}

/** Somebody who installs by hand leaves no stamp, but npm leaves its record: do not install all again. */
function agrees(lockText, recordText) {
  try {
    const wanted = JSON.parse(lockText).packages;
    const present = JSON.parse(recordText).packages;
    const isNeeded = (name) => name.includes("node_modules/") && !wanted[name].optional;
    const isRight = (name) =>
      present[name]?.version === wanted[name]?.version &&
      present[name]?.integrity === wanted[name]?.integrity;
    return (
      Object.keys(wanted)
        .filter(isNeeded)
        .every((name) => name in present) &&
      Object.keys(present).every((name) => name in wanted && isRight(name))
    );
  } catch {
    return false;
  }
}

async function installUnlessDone(root, { say, signal, install }) {
  if (isInstalled(root)) return;
  say("recado: installing packages; this happens once and takes up to a minute …");
  const startedAtMs = Date.now();
  const before = fingerprint(readFileSync(join(root, "package-lock.json"), "utf8"));
  await install(root, { signal });
  writeFileSync(stampPath(root), before);
  say(`recado: packages installed in ${Math.round((Date.now() - startedAtMs) / 1000)} s`);
}

/** `--include` because NODE_ENV=production would otherwise leave out what builds the page. */
function npmCi(root, { signal }) {
  const args = ["ci", "--no-audit", "--no-fund", "--include=dev", "--include=optional"];
  const env = { ...process.env, PATH: pathWithoutOurs(), npm_config_loglevel: "error" };
  const npm = process.env.npm_execpath ?? "";
  const node = process.env.npm_node_execpath ?? process.execPath;
  const isNpm = /npm-cli\.c?js$/.test(npm) && existsSync(npm) && existsSync(node);
  const [command, first] = isNpm ? [node, [npm]] : ["npm", []];
  return runQuietly(command, [...first, ...args], {
    cwd: root,
    env,
    signal,
    limitMs: installMsMax,
  });
}

/** `npm ci` removes node_modules/.bin, and with it the Node that `npm run` has put first in PATH. */
function pathWithoutOurs() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.filter((folder) => !/node_modules[\\/]\.bin[\\/]?$/.test(folder)).join(delimiter);
}

function fingerprint(lock) {
  const platform = `${process.platform} ${process.arch}`;
  return createHash("sha256").update(platform).update(lock).digest("hex");
}

function stampPath(root) {
  return join(root, "node_modules", ".recado-lock");
}

function read(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : null;
}
