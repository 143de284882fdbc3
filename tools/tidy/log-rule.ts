/** No credential in a log line: the calls of the logger are read for the names that credentials have. */
import { isTesting, isTypeScript } from "../tree/file-tree.ts";
import type { Finding, TidyRule } from "./tidy-rule.ts";

const logCall = /\b(?:log|logger)\.(?:trace|debug|info|warn|error|fatal)\(/g;
const quoted = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g;
const credential =
  /\b\w*(?:token|password|secret|authorization|cookie|credential|apikey|masterkey|privatekey)s?(?!\w)/i;
const callCharsMax = 2_000;

/** See {@link TidyRule}. A name that goes on after the credential (`tokenId`, `secretCount`) is about it, not it. */
export const logRule: TidyRule = {
  name: "no-credentials-in-the-log",
  reason:
    "Log the id of a token or secret, never the thing itself: logs are copied, kept and read by many.",
  check: (tree) =>
    tree.paths
      .filter((path) => /^packages\//.test(path) && isTypeScript(path) && !isTesting(path))
      .flatMap((path) => findCredentials(path, tree.read(path))),
  passes: [
    { "packages/server/src/http/a.ts": 'log.info({ tokenId, login }, "token.revoked");' },
    { "packages/server/src/http/a.ts": 'log.warn({ secretCount: 2 }, "a secret is old");' },
    { "packages/server/src/http/a.ts": 'log.info({ id }, "ok");\nverify(token, secret);' },
  ],
  fails: [
    { "packages/server/src/http/a.ts": 'log.info({ token }, "accepted");' },
    { "packages/server/src/http/a.ts": 'logger.error({\n  id,\n  key: row.app_secret,\n}, "x");' },
    { "packages/server/src/http/a.ts": "log.debug({ headers: { authorization: value } });" },
    { "packages/server/src/http/a.ts": "log.info(`got $" + "{accessToken}`);" },
  ],
};

function findCredentials(path: string, text: string): Finding[] {
  return [...text.matchAll(logCall)].flatMap((match) => {
    const call = readCall(text, match.index + match[0].length);
    const hit = credential.exec(call.replace(quoted, '""'));
    const line = text.slice(0, match.index).split("\n").length;
    return hit === null ? [] : [{ path, line, found: hit[0] }];
  });
}

/** The arguments of a call whose opening parenthesis ends at `from`. */
function readCall(text: string, from: number): string {
  let depth = 1;
  for (let at = from; at < text.length && at - from < callCharsMax; at++) {
    if (text[at] === "(") depth++;
    if (text[at] === ")" && --depth === 0) return text.slice(from, at);
  }
  return text.slice(from, from + callCharsMax);
}
