import { execFile } from "node:child_process";
import { noteSecretsOf } from "./leaked-secrets.ts";
import { COMPILED, ROOT } from "./processes.ts";

/** How a run of the command line ended. */
export interface RecadoRun {
  code: number;
  stdout: string;
  stderr: string;
}

/** The command line against one server. */
export interface Recado {
  /** Runs `recado <args>`, whatever comes of it. */
  run(args: readonly string[], stdin?: string): Promise<RecadoRun>;
  /** Runs `recado <args> --json` and gives the JSON; throws with what it said unless it ended with 0. */
  json<T>(args: readonly string[], stdin?: string): Promise<T>;
}

const OUTPUT_BYTES_MAX = 64 * 1024 * 1024;

/**
 * A command line that finds the server at `baseUrl` and its token in `dataDir`, unless it is given another one. `databaseUrl`
 * is for commands that go to the database themselves, when it is not the embedded one.
 */
export function createRecado(
  baseUrl: string,
  dataDir: string,
  { token, databaseUrl }: { token?: string; databaseUrl?: string | undefined } = {},
): Recado {
  const env = {
    ...COMPILED,
    PATH: process.env.PATH ?? "",
    RECADO_URL: baseUrl,
    DATA_DIR: dataDir,
    ...(token === undefined ? {} : { RECADO_TOKEN: token }),
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
  };
  const run: Recado["run"] = (args, stdin = "") =>
    new Promise((resolve) => {
      const command = ["packages/cli/bin/recado.mjs", ...args];
      const options = { cwd: ROOT, env, maxBuffer: OUTPUT_BYTES_MAX };
      const child = execFile(process.execPath, command, options, (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
        resolve({ code, stdout, stderr });
      });
      child.stdin?.end(stdin);
    });
  return {
    run,
    async json<T>(args: readonly string[], stdin?: string) {
      const { code, stdout, stderr } = await run([...args, "--json"], stdin);
      if (code !== 0) throw new Error(`recado ${args.join(" ")} ended with ${code}: ${stderr}`);
      const answer: unknown = JSON.parse(stdout);
      noteSecretsOf(answer);
      return answer as T;
    },
  };
}
