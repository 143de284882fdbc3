import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ConsoleOperation } from "@recado/contract/console/operation";
import { CONSOLE_OPERATIONS } from "@recado/contract/console/operations";
import { tellAction } from "@recado/contract/plain/audit-words";
import type { V1Operation } from "@recado/contract/v1/operation";
import { V1_OPERATIONS } from "@recado/contract/v1/operations";
import { ADMIN_ROUTES } from "../testkit/admin-route-table.ts";
import { isSetting } from "./v1/audited-calls.ts";

const v1 = (Object.values(V1_OPERATIONS) as V1Operation[])
  .filter(isSetting)
  .map(({ method, path }) => `${method} /v1${path}`);
// Those who come and go are written down too.
const own = (Object.values(CONSOLE_OPERATIONS) as ConsoleOperation[])
  .filter(({ method, isDailyWork }) => method !== "GET" && !isDailyWork)
  .map(({ method, path }) => `${method} /console/api${path}`);
const admin = ADMIN_ROUTES.filter(([method]) => method !== "GET").map(
  ([method, path]) => `${method} /admin${path}`,
);

describe("the audit trail", () => {
  test("says every change in both languages, and not by its call", () => {
    const actions = [...v1, ...own, ...admin, "recado admin-token"];
    assert.ok(v1.length > 10 && own.length > 30 && admin.length > 40);
    const silent = actions.filter((action) => {
      const [es, en] = [tellAction(action, "es"), tellAction(action, "en")];
      return !es || !en || es === en || /[/:_]|\b(?:POST|PATCH|PUT|DELETE)\b/u.test(es + en);
    });
    assert.deepEqual(silent, []);
  });

  test("has no words for what is not there: then the call itself is shown", () => {
    for (const action of ["POST /v1/soon", "constructor", "__proto__", ""]) {
      assert.equal(tellAction(action, "es"), null);
    }
  });
});
