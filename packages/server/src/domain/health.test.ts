import assert from "node:assert/strict";
import { test } from "node:test";
import {
  DISK_FREE_BYTES_LOW,
  DISK_FREE_BYTES_MIN,
  type HealthFacts,
  judgeHealth,
} from "./health.ts";

const WELL: HealthFacts = {
  lanes: [{ lane: "queued", ageMs: 120_000 }],
  liveWorkers: 1,
  diskFreeBytes: DISK_FREE_BYTES_LOW,
  clockSkewMs: 5_000,
};

function judge(facts: Partial<HealthFacts>) {
  return judgeHealth({ ...WELL, ...facts }, 120_000);
}

test("at the limits all is well", () => {
  assert.deepEqual(judge({}), { state: "ready", reasons: [], warnings: [] });
  assert.equal(judge({ diskFreeBytes: null }).state, "ready");
});

test("overdue work fails and is named with its age", () => {
  const verdict = judge({ lanes: [{ lane: "journal", ageMs: 120_001 }] });
  assert.deepEqual(verdict.reasons, ["Work is overdue: journal (120 s)."]);
  assert.equal(verdict.state, "failing");
});

test("a disk that fills up is told first and fails last", () => {
  const low = judge({ diskFreeBytes: DISK_FREE_BYTES_LOW - 1 });
  assert.deepEqual(low.warnings, ["The disk is nearly full: 1023 MB are left."]);
  assert.equal(low.state, "degraded");
  assert.equal(judge({ diskFreeBytes: DISK_FREE_BYTES_MIN - 1 }).state, "failing");
});

test("without a worker anywhere a process stays in service and says so", () => {
  const verdict = judge({ liveWorkers: 0 });
  assert.equal(verdict.state, "degraded");
  assert.match(verdict.warnings[0] ?? "", /No worker is running/u);
});

test("a clock that is off is told", () => {
  assert.match(judge({ clockSkewMs: 61_000 }).warnings[0] ?? "", /by 61 s/u);
});

test("all that is overdue is named, and a disk at its limits is not worse than it is", () => {
  const lanes = [
    { lane: "journal", ageMs: 121_000 },
    { lane: "queued", ageMs: 3_600_000 },
    { lane: "deliver", ageMs: 1 },
  ];
  assert.deepEqual(judge({ lanes }).reasons, [
    "Work is overdue: journal (121 s), queued (3600 s).",
  ]);
  assert.equal(judge({ diskFreeBytes: DISK_FREE_BYTES_MIN }).state, "degraded");
  const full = judge({ diskFreeBytes: DISK_FREE_BYTES_MIN - 1 });
  assert.deepEqual(full.reasons, ["The disk is full: 127 MB are left."]);
});
