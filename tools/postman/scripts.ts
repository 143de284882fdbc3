import type { PostmanEvent } from "./postman-format.ts";

/** What a request's answer must be, and what is taken from it. */
export interface Judgement {
  status: number;
  /** The manual's `code`: one of these. */
  codes?: readonly number[];
  /** Why the answer is not the usual one. */
  because?: string;
  captures?: Record<string, string>;
  holds?: Record<string, unknown>;
  until?: { path: string; oneOf?: readonly string[] };
}

const TRIES_MAX = 40;
const PAUSE_MS = 500;

/** The script that judges an answer, takes ids from it, and asks again while it is too early. */
export function makeTestScript(judgement: Judgement): PostmanEvent {
  const { status, codes, because, captures = {}, holds = {}, until } = judgement;
  const taken = Object.entries(captures).map(([name, path]) => take(name, path));
  const held = Object.entries(holds).map(([path, value]) => hold(path, value));
  const looked = [...held, ...taken];
  const exec = [
    ...(because === undefined ? [] : [`// ${because}`]),
    `pm.test("HTTP ${status}", () => pm.response.to.have.status(${status}));`,
    ...(codes === undefined ? [] : [checkCode(codes)]),
    ...(looked.length > 0 || until ? READ : []),
    ...(until ? askAgain(until, looked) : looked),
  ];
  return { listen: "test", script: { type: "text/javascript", exec } };
}

/** The script before every request: moments that are reckoned from now. */
export function makeMomentsScript(
  moments: readonly { name: string; offsetS: number; chars: number }[],
): PostmanEvent {
  const exec = moments.map(
    ({ name, offsetS, chars }) =>
      `pm.variables.set("${name}", new Date(Date.now() + ${offsetS * 1000}).toISOString().slice(0, ${chars}));`,
  );
  return { listen: "prerequest", script: { type: "text/javascript", exec } };
}

const READ = [
  "const body = pm.response.code < 300 ? pm.response.json() : {};",
  'const find = (path) => path.split(".").reduce((at, key) => (at ?? {})[key], body);',
];

function checkCode(codes: readonly number[]): string {
  const list = codes.join(", ");
  return `pm.test("code ${list}", () => pm.expect([${list}]).to.include(pm.response.json().code));`;
}

function take(name: string, path: string): string {
  return `pm.test("${name}", () => { pm.expect(find("${path}")).to.be.ok; pm.collectionVariables.set("${name}", find("${path}")); });`;
}

function hold(path: string, value: unknown): string {
  return `pm.test("${path}", () => pm.expect(find("${path}")).to.eql(${JSON.stringify(value)}));`;
}

/** In a run of the collection a request is made again; sent by hand, it only says that it is too early. */
function askAgain(
  { path, oneOf }: { path: string; oneOf?: readonly string[] },
  thenLook: readonly string[],
): string[] {
  const isThere =
    oneOf === undefined
      ? `find("${path}") !== undefined`
      : `${JSON.stringify(oneOf)}.includes(find("${path}"))`;
  return [
    `const tries = Number(pm.collectionVariables.get("tries") || 0) + 1;`,
    `const done = ${isThere};`,
    `if (!done && tries < ${TRIES_MAX}) {`,
    `  pm.collectionVariables.set("tries", tries);`,
    `  pm.execution.setNextRequest(pm.info.requestId);`,
    `  setTimeout(() => {}, ${PAUSE_MS});`,
    "} else {",
    `  pm.collectionVariables.set("tries", 0);`,
    `  pm.test("${path}${oneOf === undefined ? "" : `: ${oneOf.join(", ")}`}", () => pm.expect(done).to.eql(true));`,
    ...thenLook.map((line) => `  ${line}`),
    "}",
  ];
}
