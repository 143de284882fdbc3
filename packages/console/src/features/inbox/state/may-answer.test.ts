import assert from "node:assert/strict";
import { test } from "node:test";
import { CONSOLE_ROLES, ROLE_PERMISSIONS } from "@recado/contract/console/permission";
import { mayAnswer } from "./may-answer.ts";

test("who may answer is who has the permission to", () => {
  for (const role of CONSOLE_ROLES) {
    assert.equal(mayAnswer(role), ROLE_PERMISSIONS[role].includes("inbox.reply"), role);
  }
});
