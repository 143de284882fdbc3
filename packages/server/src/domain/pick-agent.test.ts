import assert from "node:assert/strict";
import { test } from "node:test";
import { type Candidate, pickAgent } from "./pick-agent.ts";

const agent = (userId: string, facts: Partial<Candidate> = {}): Candidate => ({
  userId,
  open: 0,
  capacity: null,
  givenAtMs: null,
  ...facts,
});
const pick = (mode: "round_robin" | "least_busy", candidates: readonly Candidate[], capacity = 5) =>
  pickAgent(candidates, { mode, capacity })?.userId ?? null;

test("in the round it is who was given one longest ago; who never was comes first", () => {
  const crew = [
    agent("a", { givenAtMs: 300 }),
    agent("b", { givenAtMs: 100 }),
    agent("c", { givenAtMs: 200 }),
  ];
  assert.equal(pick("round_robin", crew), "b");
  assert.equal(pick("round_robin", [...crew, agent("d")]), "d");
});

test("in the round it does not matter how much somebody has", () => {
  const crew = [agent("a", { givenAtMs: 1, open: 4 }), agent("b", { givenAtMs: 2, open: 0 })];
  assert.equal(pick("round_robin", crew), "a");
});

test("of the busy it is who has the fewest, and of equals who was given one longest ago", () => {
  const crew = [
    agent("a", { open: 2, givenAtMs: 1 }),
    agent("b", { open: 1, givenAtMs: 9 }),
    agent("c", { open: 1, givenAtMs: 8 }),
  ];
  assert.equal(pick("least_busy", crew), "c");
});

test("of those who are alike in all it is always the same one, in whatever order they come", () => {
  const crew = [agent("b"), agent("a"), agent("c")];
  for (const mode of ["round_robin", "least_busy"] as const) {
    assert.equal(pick(mode, crew), "a");
    assert.equal(pick(mode, crew.toReversed()), "a");
  }
});

test("nobody gets more than their own capacity, nor more than the project's where they have none", () => {
  assert.equal(pick("round_robin", [agent("a", { open: 5 })]), null);
  assert.equal(pick("round_robin", [agent("a", { open: 4 })]), "a");
  assert.equal(pick("round_robin", [agent("a", { open: 5, capacity: 6 })]), "a");
  assert.equal(pick("round_robin", [agent("a", { open: 1, capacity: 1 })]), null);
  assert.equal(pick("least_busy", [agent("a", { capacity: 0 }), agent("b", { open: 3 })]), "b");
  assert.equal(pick("least_busy", []), null);
});
