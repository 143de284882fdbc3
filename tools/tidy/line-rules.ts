/** The rules of the house that one line can break. */
import { isTesting, isTypeScript } from "../tree/file-tree.ts";
import { lineRule, type TidyRule } from "./tidy-rule.ts";

const isText = (path: string): boolean =>
  /\.(tsx?|mjs|cjs|sql|css|html|md|json|ya?ml|sh)$/.test(path) &&
  !/\/fixtures\/|^package-lock\.json$/.test(path);
const isTest = (path: string): boolean => /\.test\.(tsx?|mjs)$/.test(path);
const isProduct = (path: string): boolean =>
  /^packages\/[^/]+\/src\//.test(path) && isTypeScript(path) && !isTesting(path);

/** In the order in which they are reported. */
export const lineRules: TidyRule[] = [
  lineRule({
    name: "no-stray-todo",
    reason: "What is left to do is an issue. Name it, `#12`, or do it now.",
    appliesTo: isText,
    pattern: /\b(TODO|FIXME|XXX)\b(?!\W{0,2}#\d)/,
    examplePath: "packages/server/src/domain/phone.ts",
    passes: ["// TODO(#12): other countries", "// FIXME #7: slow", 'const lang = "todo el día";'],
    fails: ["// TODO: other countries", "/* FIXME */", "// XXX (later)"],
  }),
  lineRule({
    name: "every-test-runs",
    reason:
      "A test that is switched off protects nothing; one left alone switches off the others. When a machine lacks what it needs: `{ skip: reason }`.",
    appliesTo: isTest,
    pattern: /\b(test|it|describe|suite)\.(only|skip|todo)\(|\b(only|skip|todo): true\b/,
    examplePath: "packages/server/src/domain/phone.test.ts",
    passes: [
      'test("refuses a landline", { skip: reasonToSkip }, () => {',
      "const only = list.filter(isOne);",
    ],
    fails: [
      'test.only("x", () => {',
      'describe.skip("x", () => {',
      'test("x", { skip: true }, f);',
    ],
  }),
  lineRule({
    name: "settings-are-read-in-one-place",
    reason:
      "A setting that is read elsewhere has no limits, no default and no line in docs/settings.md.",
    appliesTo: (path) => isProduct(path) && !/\/(config|main)\.ts$/.test(path),
    // PATH is not a setting of ours: whoever starts another program has to hand it on.
    pattern: /\bprocess\.env\b(?!\.PATH\b)/,
    ignoresComments: true,
    examplePath: "packages/server/src/http/server.ts",
    passes: [
      "start(config.port);",
      "// process.env is read in config.ts",
      "{ PATH: process.env.PATH }",
    ],
    fails: ["const port = process.env.PORT;", "start({ ...process.env });"],
  }),
  lineRule({
    name: "the-log-is-the-only-mouth",
    reason: "Lines that do not go through the logger are neither redacted nor found again.",
    appliesTo: (path) => isProduct(path) && !/^packages\/cli\/|\/main\.ts$/.test(path),
    pattern: /\bconsole\.\w+\(|\bprocess\.(stdout|stderr)\.write\(/,
    ignoresComments: true,
    examplePath: "packages/server/src/http/server.ts",
    passes: ['log.info({ port }, "server.listening");', "openConsole();"],
    fails: ['console.log("listening");', "process.stdout.write(line);"],
  }),
  lineRule({
    name: "time-and-chance-are-handed-in",
    reason: "Rules about money and messages are tested with a clock and ids that the test holds.",
    appliesTo: (path) =>
      /^packages\/server\/src\/(domain|gateway|wallet)\//.test(path) && isProduct(path),
    pattern: /\bMath\.random\(|\bDate\.now\(|\bnew Date\(\)/,
    ignoresComments: true,
    examplePath: "packages/server/src/wallet/ledger.ts",
    passes: ["const at = clock.now();", "const at = new Date(row.acceptedAtMs);"],
    fails: ["const at = Date.now();", "const at = new Date();", "if (Math.random() < 0.5) return;"],
  }),
  lineRule({
    name: "queries-have-names",
    reason: "SQL lives in storage, behind a function that says what it promises.",
    appliesTo: (path) =>
      /^packages\/server\/src\/(?!storage\/|jobs\/)/.test(path) && isProduct(path),
    pattern: /\.query(<[^>]*>)?\(|\bsql`/,
    ignoresComments: true,
    examplePath: "packages/server/src/wallet/ledger.ts",
    passes: ["const row = await findAccount(pool, id);", "readQuery(request.query);"],
    fails: ['await pool.query("select 1");', "await client.query<Row>(text, values);"],
  }),
  lineRule({
    name: "nothing-of-the-workplace",
    reason: "Whoever clones the repository has neither our folders nor our notes.",
    appliesTo: (path) => isText(path) && !path.startsWith(".ci/"),
    pattern: /(^|[^\w.])\/work\/|\.\.\/shared\//,
    examplePath: "docs/ARCHITECTURE.md",
    passes: ["See [the map](../docs/map.md).", "POST https://example.com/network/1"],
    // Put together here, so that this file does not break its own rule.
    fails: [
      `The law is in ${["", "work", "x.md"].join("/")}.`,
      `See ${["..", "shared", ""].join("/")}`,
    ],
  }),
];
