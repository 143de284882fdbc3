import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A file system of a size of its own, which can be full. */
export interface SmallDisk {
  folder: string;
  /** Leaves not a byte. */
  fill(): void;
  empty(): void;
  /** Takes it away with all that is on it. */
  close(): void;
}

/** Mounts it in `folder`; a text says why that is not possible here. */
export function mountSmallDisk(folder: string, megabytes: number): SmallDisk | string {
  mkdirSync(folder, { recursive: true });
  if (process.platform !== "linux" || process.getuid?.() !== 0)
    return "only root on Linux can mount a tmpfs";
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=0755`, "tmpfs", folder], {
      stdio: ["ignore", "ignore", "pipe"],
    });
  } catch (error) {
    return `no tmpfs can be mounted here (${error instanceof Error ? error.message.trim() : error})`;
  }
  const close = () => {
    try {
      execFileSync("umount", ["-l", folder], { stdio: "ignore" });
    } catch {
      // It was taken away already.
    }
  };
  process.once("exit", close);
  const ballast = [join(folder, "ballast"), join(folder, "ballast-rest")] as const;
  return {
    folder,
    fill() {
      for (const [path, step] of [
        [ballast[0], 1_048_576],
        [ballast[1], 4_096],
      ] as const) {
        const block = Buffer.alloc(step);
        try {
          for (;;) writeFileSync(path, block, { flag: "a" });
        } catch {
          // Full: as wanted.
        }
      }
    },
    empty() {
      for (const path of ballast) rmSync(path, { force: true });
    },
    close() {
      process.off("exit", close);
      close();
    },
  };
}
