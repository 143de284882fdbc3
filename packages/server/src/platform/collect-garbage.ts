import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

interface Collection {
  type: "minor" | "major";
  execution: "sync";
  flavor?: "last-resort";
}

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as (collection: Collection) => void;
setFlagsFromString("--no-expose-gc");

/** Has V8 collect what is young and used up, while everything waits: about a millisecond where little is alive. */
export function collectYoung(): void {
  collect({ type: "minor", execution: "sync" });
}

/** Has V8 collect all that is used up and give back what it can, while everything waits: for a moment at which nobody does. */
export function collectAll(): void {
  collect({ type: "major", execution: "sync", flavor: "last-resort" });
}
