import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { PUBLIC, type RoomCall } from "../testkit/dns-room.ts";

const room = fileURLToPath(new URL("../testkit/dns-room.ts", import.meta.url));
const seen = playRoom();

describe("a name that the system's own resolver looks up", {
  skip: seen === null && "needs root, unshare and ip: a network of its own",
}, () => {
  const calls = (name: string): RoomCall[] => seen?.[name] ?? [];

  test("is called at its public address", () => {
    const answered = { kind: "reply", reached: [PUBLIC] };
    assert.deepEqual(calls("honest"), [answered, answered]);
  });

  test("that turns to this machine after it was checked is never called here", () => {
    assert.deepEqual(calls("changesItsMind"), [
      { kind: "reply", reached: [PUBLIC] },
      { kind: "refused", reached: [] },
    ]);
  });

  test("that says a public and a private address at once is refused", () => {
    const refused = { kind: "refused", reached: [] };
    assert.deepEqual(calls("saysBoth"), [refused, refused]);
  });

  test("that means the cloud's own metadata is refused", () => {
    const refused = { kind: "refused", reached: [] };
    assert.deepEqual(calls("metadata"), [refused, refused]);
  });
});

function playRoom(): Record<string, RoomCall[]> | null {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return null;
  const inRoom = ["--mount", "--net"];
  try {
    execFileSync("unshare", [...inRoom, "ip", "link", "set", "lo", "up"], { stdio: "ignore" });
  } catch {
    return null;
  }
  const command = [...inRoom, process.execPath, "--disable-warning=ExperimentalWarning", room];
  return JSON.parse(execFileSync("unshare", command, { encoding: "utf8", timeout: 60_000 }));
}
