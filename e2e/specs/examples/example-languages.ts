import { spawnSync } from "node:child_process";

/** A language in which there are examples, and how its programs are run. */
export interface ExampleLanguage {
  name: "curl" | "php" | "python" | "javascript" | "csharp";
  extension: string;
  /** Asked for its version to see whether the machine has it. */
  probe: readonly [command: string, ...args: string[]];
  /** The command line that runs a program. */
  run(file: string): [command: string, ...args: string[]];
  /** The command line that listens on a port; null: this language only checks by hand. */
  listen: ((file: string, port: number) => [command: string, ...args: string[]]) | null;
}

/** All of them, in the guide's order. */
export const LANGUAGES: readonly ExampleLanguage[] = [
  {
    name: "curl",
    extension: "sh",
    probe: ["curl", "--version"],
    run: (file) => ["bash", file],
    listen: null,
  },
  {
    name: "php",
    extension: "php",
    probe: ["php", "--version"],
    run: (file) => ["php", file],
    listen: (file, port) => ["php", "-S", `127.0.0.1:${port}`, file],
  },
  {
    name: "python",
    extension: "py",
    probe: ["python3", "--version"],
    run: (file) => ["python3", file],
    listen: (file) => ["python3", file],
  },
  {
    name: "javascript",
    extension: "mjs",
    probe: [process.execPath, "--version"],
    run: (file) => [process.execPath, file],
    listen: (file) => [process.execPath, file],
  },
  {
    name: "csharp",
    extension: "cs",
    probe: ["dotnet", "--version"],
    run: (file) => ["dotnet", "run", file],
    listen: (file) => ["dotnet", "run", file],
  },
];

/** Why the examples of a language cannot run on this machine; false when they can. */
export function reasonToSkip({ name, probe }: ExampleLanguage): string | false {
  const [command, ...args] = probe;
  const { status, stdout } = spawnSync(command, args, { encoding: "utf8", timeout: 30_000 });
  if (status !== 0) return `this machine has no ${command}`;
  // Older ones cannot run a single file.
  const isTooOld = name === "csharp" && Number.parseInt(stdout, 10) < 10;
  return isTooOld ? `dotnet ${stdout.trim()} cannot run a single file; 10 can` : false;
}
