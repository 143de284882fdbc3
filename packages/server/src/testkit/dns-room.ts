/*
 * `unshare --mount --net node dns-room.ts`: a room with a network of its own, in which this program is the name server of the
 * machine and of the Internet's addresses. It plays one caller's webhook address that changes its mind between two look-ups, through
 * the system's own resolver, and prints what the guarded client did as JSON. Needs root; its test says so when it cannot run.
 */
import { execFileSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createAddressGuard } from "../platform/address-guard.ts";
import { createSafeFetch } from "../platform/safe-fetch.ts";

/** What the room saw of one call. */
export interface RoomCall {
  /** How the client's call ended. */
  kind: string;
  /** The addresses of this machine at which a request arrived. */
  reached: string[];
}

/** A public address: here it is one of the room's own. */
export const PUBLIC = "93.184.215.14";
const PORT = 8_099;
const TYPE_A = 1;
const QUESTION_AT = 12;

/** Answers to the questions for addresses, one for each look-up; the last one stays. */
type Script = string[][];

async function playRoom(): Promise<Record<string, RoomCall[]>> {
  execFileSync("ip", ["link", "set", "lo", "up"]);
  execFileSync("ip", ["address", "add", `${PUBLIC}/32`, "dev", "lo"]);
  // Only the room sees these mounts: they end with it.
  execFileSync("mount", ["-t", "tmpfs", "none", "/mnt"]);
  writeFileSync("/mnt/resolv.conf", "nameserver 127.0.0.1\noptions attempts:1 timeout:1\n");
  execFileSync("mount", ["--bind", "/mnt/resolv.conf", "/etc/resolv.conf"]);
  let script: Script = [];
  const names = createSocket("udp4");
  names.on("message", (question, from) => {
    const answers = readType(question) === TYPE_A ? takeAnswers(script) : [];
    names.send(formatReply(question, answers), from.port, from.address);
  });
  await new Promise<void>((resolve) => names.bind(53, "127.0.0.1", resolve));
  let reached: string[] = [];
  const site = createServer((request, reply) => {
    reached.push(request.socket.localAddress ?? "");
    reply.setHeader("connection", "close").end("seen");
  });
  await new Promise<void>((resolve) => site.listen(PORT, "0.0.0.0", resolve));
  const client = createSafeFetch({
    guard: createAddressGuard({ allow: [] }),
    connectionsMax: 1,
    connectTimeoutMs: 1_000,
  });
  const call = async (): Promise<RoomCall> => {
    reached = [];
    const reply = await client.send({
      method: "POST",
      url: `http://hooks.customer.test.recado.dev:${PORT}/`,
      headers: {},
      body: "{}",
      timeoutMs: 4_000,
    });
    return { kind: reply.kind, reached };
  };
  const play = async (given: Script): Promise<RoomCall[]> => {
    script = given.map((answers) => [...answers]);
    return [await call(), await call()];
  };
  const seen = {
    honest: await play([[PUBLIC]]),
    changesItsMind: await play([[PUBLIC], ["127.0.0.1"]]),
    saysBoth: await play([[PUBLIC, "127.0.0.1"]]),
    metadata: await play([["169.254.169.254"]]),
  };
  names.close();
  site.close();
  await client.close();
  return seen;
}

function takeAnswers(script: Script): string[] {
  return (script.length > 1 ? script.shift() : script[0]) ?? [];
}

function readType(question: Buffer): number {
  let at = QUESTION_AT;
  while ((question[at] ?? 0) > 0) at += (question[at] ?? 0) + 1;
  return question.readUInt16BE(at + 1);
}

/** A reply of RFC 1035 §4.1: the question, and an address record without time to live for each answer. */
function formatReply(question: Buffer, answers: readonly string[]): Buffer {
  let end = QUESTION_AT;
  while ((question[end] ?? 0) > 0) end += (question[end] ?? 0) + 1;
  const asked = question.subarray(QUESTION_AT, end + 5);
  const header = Buffer.from(question.subarray(0, QUESTION_AT));
  header.writeUInt16BE(0x8180, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(answers.length, 6);
  header.writeUInt32BE(0, 8);
  const records = answers.map((address) =>
    Buffer.from([
      0xc0,
      QUESTION_AT,
      0,
      TYPE_A,
      0,
      1,
      0,
      0,
      0,
      0,
      0,
      4,
      ...address.split(".").map(Number),
    ]),
  );
  return Buffer.concat([header, asked, ...records]);
}

if (import.meta.main) process.stdout.write(JSON.stringify(await playRoom()));
