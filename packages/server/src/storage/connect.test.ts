import assert from "node:assert/strict";
import { test } from "node:test";
import { isPassing, isUnavailable } from "./connect.ts";

const failure = (message: string, code?: string) =>
  Object.assign(new Error(message), code === undefined ? {} : { code });

test("a database that cannot be found, reached or heard is away, and so is a connection that broke before", () => {
  for (const [message, code] of [
    ["connect ECONNREFUSED 10.0.0.7:5432", "ECONNREFUSED"],
    ["getaddrinfo EAI_AGAIN postgres", "EAI_AGAIN"],
    ["getaddrinfo ENOTFOUND postgres", "ENOTFOUND"],
    ["connect ENETUNREACH 10.0.0.7:5432", "ENETUNREACH"],
    ["connect ENETDOWN 10.0.0.7:5432", "ENETDOWN"],
    ["read ETIMEDOUT", "ETIMEDOUT"],
    ["Client has encountered a connection error and is not queryable"],
    ["Client was closed and is not queryable"],
  ] as const) {
    assert.equal(isUnavailable(failure(message, code)), true, message);
    assert.equal(isPassing(failure(message, code)), true, message);
  }
});

test("a fault of ours is none of the database's", () => {
  for (const [message, code] of [
    ["Cannot read properties of undefined"],
    ["ENOENT: no such file", "ENOENT"],
    ["EACCES: permission denied", "EACCES"],
  ] as const) {
    assert.equal(isUnavailable(failure(message, code)), false, message);
    assert.equal(isPassing(failure(message, code)), false, message);
  }
});
