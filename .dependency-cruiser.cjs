// The architecture, as a table that fails the build. `tools/imports` runs it, and its test plants an offence
// for every rule below.
const SERVER = "^packages/server/src/";
const CONSOLE = "^packages/console/src/";
const PLAIN = "^packages/contract/src/plain/";
const PLAIN_OR_CODES = "^packages/contract/src/(plain/|failure-codes[.]ts$)";
const TEST = "[.]test[.]tsx?$";
const TESTING = [TEST, "/testkit/"];

const core = ["domain", "platform"];
const base = [...core, "storage", "jobs"];
const features = ["accounts", "wallet", "live", "contacts", "webhooks", "gateway", "inbox", "bot"];

/** What each folder of the server may import besides itself. */
const mayImport = {
  platform: [],
  domain: ["platform"],
  providers: core,
  storage: core,
  jobs: [...core, "storage"],
  accounts: base,
  wallet: base,
  live: base,
  contacts: [...base, "accounts"],
  webhooks: [...base, "accounts"],
  gateway: [...base, "accounts", "contacts", "wallet", "providers"],
  inbox: [...base, "accounts", "contacts", "gateway", "live"],
  bot: [...base, "accounts", "gateway"],
  http: [...core, ...features],
  demo: [...base, "providers", ...features],
};

const rule = (name, comment, { from, to }) => ({ name, comment, severity: "error", from, to });

const folderRules = Object.entries(mayImport).map(([folder, friends]) =>
  rule(`${folder}-keeps-its-place`, `May import: ${friends.join(", ") || "nothing of ours"}.`, {
    from: { path: `${SERVER}${folder}/`, pathNot: TEST },
    to: {
      path: SERVER,
      pathNot: [
        `${SERVER}(${[folder, ...friends].join("|")})/`,
        // The demonstration is handed the foundation, and must be able to say so.
        ...(folder === "demo" ? [`${SERVER}compose-foundation[.]ts$`] : []),
      ],
    },
  }),
);

module.exports = {
  forbidden: [
    ...folderRules,
    rule("every-folder-has-a-place", "A new folder of the server needs a line in the table.", {
      from: {
        path: `${SERVER}[^/]+/`,
        pathNot: [`${SERVER}(${Object.keys(mayImport).join("|")}|testkit)/`, TEST],
      },
      to: { path: SERVER },
    }),
    rule("no-cycles", "Move the shared part down, or merge the two.", {
      from: {},
      to: { circular: true },
    }),
    rule("packages-meet-at-the-contract", "Runtimes talk over HTTP, not over imports.", {
      from: {
        path: "^(?:packages/)?([^/]+)/",
        // What fills a folder for a benchmark makes months and starts PostgreSQL exactly as the product does.
        pathNot:
          "^(tools/(schema-dump|simulate|mutate)/|bench/parts/(fill-place|stored-messages)[.]ts$)",
      },
      to: { path: "^packages/", pathNot: "^packages/($1|contract)/" },
    }),
    rule("tools-are-for-people", "Nothing that runs in production or in a test needs them.", {
      from: { pathNot: "^tools/" },
      to: { path: "^tools/" },
    }),
    rule("providers-are-strangers", "Share wire shapes in cloud-wire, never a sibling.", {
      from: { path: `${SERVER}providers/([^/]+)/`, pathNot: TEST },
      to: { path: `${SERVER}providers/[^/]+/`, pathNot: `${SERVER}providers/($1|cloud-wire)/` },
    }),
    rule("internal-is-private", "Ask the owner to export it by name.", {
      from: { path: `${SERVER}([^/]+)/` },
      to: { path: `${SERVER}[^/]+/internal/`, pathNot: `${SERVER}$1/internal/` },
    }),
    rule("config-is-read-in-one-place", "Take the value that you need as a parameter.", {
      from: { path: SERVER, pathNot: [`${SERVER}(main|compose[a-z-]*)[.]ts$`, ...TESTING] },
      to: { path: `${SERVER}config[.]ts$` },
    }),
    rule("only-storage-speaks-sql", "Give the query a name, in storage.", {
      from: { path: "^packages/", pathNot: [`${SERVER}(storage|jobs|testkit)/`, TEST] },
      to: { path: "node_modules/(pg|pg-boss|kysely|postgres)/" },
    }),
    rule("production-never-imports-tests", "testkit is for tests.", {
      from: { path: "^packages/", pathNot: TESTING },
      to: { path: TESTING },
    }),
    rule("production-names-what-it-needs", "Declare it in the package's dependencies.", {
      from: { path: "^packages/[^/]+/src/", pathNot: TESTING },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"] },
    }),
    rule("contract-does-nothing", "Shapes only: no input, no output, no library but zod.", {
      from: { path: "^packages/contract/src/", pathNot: TEST },
      to: { pathNot: ["^packages/contract/src/", "node_modules/zod/"] },
    }),
    rule("the-page-runs-in-a-browser", "Node is not there.", {
      from: { path: "^packages/(simulator-web|console)/src/", pathNot: TEST },
      to: { dependencyTypes: ["core"] },
    }),
    rule("console-features-are-strangers", "Share through ui, api, session or live.", {
      from: { path: `${CONSOLE}features/([^/]+)/` },
      to: { path: `${CONSOLE}features/`, pathNot: `${CONSOLE}features/$1/` },
    }),
    rule("console-shares-downwards", "What all pages share knows none of them.", {
      from: { path: `${CONSOLE}(ui|api|live|i18n|session)/` },
      to: { path: `${CONSOLE}(features|app)/` },
    }),
    rule("console-takes-types-only", "A schema library has no place in the page: import type.", {
      from: { path: CONSOLE, pathNot: TEST },
      to: {
        path: "^packages/contract/",
        pathNot: PLAIN,
        dependencyTypesNot: ["type-only"],
      },
    }),
    rule("plain-brings-nothing", "Pages take it as it is: words and pure functions only.", {
      from: { path: PLAIN_OR_CODES, pathNot: TEST },
      to: { pathNot: PLAIN_OR_CODES },
    }),
    rule("imports-are-found", "What cannot be resolved escapes every rule above.", {
      from: {},
      to: { couldNotResolve: true, pathNot: "[?]|^virtual:" },
    }),
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|fixtures)/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "node", "default"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
    },
  },
};
