import type { PostmanEvent } from "./postman-format.ts";

/** What a request's answer must be, and what is taken from it. */
export interface Judgement {
  status: number;
  /** The manual's `code`: one of these. */
  codes?: readonly number[];
  /** Why the answer is not the usual one. */
  because?: string;
  captures?: Record<string, string>;
  until?: { path: string; oneOf?: readonly string[] };
}

const TRIES_MAX = 40;
const PAUSE_MS = 500;

/** The script that judges an answer, takes ids from it, and asks again while it is too early. */
export function makeTestScript(judgement: Judgement): PostmanEvent {
  const { status, codes, because, captures = {}, until } = judgement;
  const taken = Object.entries(captures);
  const exec = [
    ...(because === undefined ? [] : [`// ${because}`]),
    `pm.test("HTTP ${status}", () => pm.response.to.have.status(${status}));`,
    ...(codes === undefined
      ? []
      : [
          `pm.test("code ${codes.join(", ")}", () => pm.expect(${JSON.stringify(codes)}).to.include(pm.response.json().code));`,
        ]),
    ...(taken.length > 0 || until ? [...READ] : []),
    ...taken.map(
      ([name, path]) =>
        `if (find("${path}") !== undefined) pm.collectionVariables.set("${name}", find("${path}"));`,
    ),
    ...(until ? askAgain(until) : []),
  ];
  return { listen: "test", script: { type: "text/javascript", exec } };
}

/** The script before every request: moments that are reckoned from now. */
export function makeMomentsScript(
  moments: readonly { name: string; offsetS: number }[],
): PostmanEvent {
  const exec = moments.map(
    ({ name, offsetS }) =>
      `pm.variables.set("${name}", new Date(Date.now() + ${offsetS * 1000}).toISOString());`,
  );
  return { listen: "prerequest", script: { type: "text/javascript", exec } };
}

const READ = [
  "const body = pm.response.code < 300 ? pm.response.json() : {};",
  'const find = (path) => path.split(".").reduce((at, key) => (at ?? {})[key], body);',
];

/** In a run of the collection a request is made again; sent by hand, it only says that it is too early. */
function askAgain({ path, oneOf }: { path: string; oneOf?: readonly string[] }): string[] {
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
    "}",
  ];
}
