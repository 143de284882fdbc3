import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createAddressGuard } from "./address-guard.ts";

const TRICKY = [
  "127.0.0.1",
  "localhost",
  "[::1]",
  "2130706433",
  "0x7f.1",
  "[::ffff:127.0.0.1]",
  "169.254.169.254",
  "10.1.2.3",
  "[fd00::1]",
  "[64:ff9b::7f00:1]",
  "0.0.0.0",
  "100.64.0.1",
  // IPv4-compatible, 6to4, Teredo, link-local, site-local, documentation, broadcast, multicast.
  "[::7f00:1]",
  "[2002:7f00:1::]",
  "[2001::1]",
  "[fe80::1]",
  "[fec0::1]",
  "192.0.2.1",
  "255.255.255.255",
  "224.0.0.1",
  "app.localhost",
  "localhost.",
];

describe("an address guard with nothing allowed", () => {
  const guard = createAddressGuard({ allow: [] });

  for (const host of TRICKY) {
    test(`refuses ${host} before any DNS`, () => {
      assert.equal(guard.checkUrl(`http://${host}:8080/x`).kind, "refused");
    });
  }

  test("lets public addresses and names pass", () => {
    for (const host of ["93.184.216.34", "[2606:4700::1]", "[::ffff:8.8.8.8]", "example.org"]) {
      assert.equal(guard.checkUrl(`https://${host}/x`).kind, "allowed", host);
    }
  });

  test("refuses other schemes, credentials and what is no URL", () => {
    for (const url of [
      "ftp://example.org",
      "file:///etc/passwd",
      "https://u:p@example.org",
      "/x",
    ]) {
      assert.equal(guard.checkUrl(url).kind, "refused", url);
    }
  });
});

test("a name is refused when any one of its addresses is not public", async () => {
  const guard = createAddressGuard({
    allow: [],
    resolve: async () => ["93.184.216.34", "::ffff:10.0.0.1"],
  });
  assert.equal((await guard.findAddresses("example.org", 443)).kind, "refused");
});

test("a name with an IPv6 address that carries a zone is refused", async () => {
  const guard = createAddressGuard({ allow: [], resolve: async () => ["fe80::1%eth0"] });
  assert.equal((await guard.findAddresses("example.org", 443)).kind, "refused");
});

test("host:port vouches for that port alone, whatever the name resolves to", async () => {
  const guard = createAddressGuard({
    allow: ["hooks.internal:8080", "[::1]:90", "127.0.0.1:80"],
    resolve: async () => ["10.0.0.9"],
  });
  const allowed = await guard.findAddresses("hooks.internal", 8080);
  assert.deepEqual(allowed, { kind: "allowed", addresses: ["10.0.0.9"] });
  assert.equal((await guard.findAddresses("hooks.internal", 8081)).kind, "refused");
  assert.equal((await guard.findAddresses("[::1]", 90)).kind, "allowed");
  assert.equal(guard.checkUrl("http://127.0.0.1/x").kind, "allowed");
  assert.equal(guard.checkUrl("https://127.0.0.1/x").kind, "refused");
});

test("a range vouches for the addresses inside it, on every port", async () => {
  const guard = createAddressGuard({
    allow: ["10.0.0.0/8", "::1"],
    resolve: async () => ["::ffff:10.2.3.4"],
  });
  assert.equal((await guard.findAddresses("any.example", 1234)).kind, "allowed");
  assert.equal(guard.checkUrl("http://[::1]:5/").kind, "allowed");
  assert.equal(guard.checkUrl("http://11.0.0.1/").kind, "allowed");
  assert.equal(guard.checkUrl("http://172.16.0.1/").kind, "refused");
});

test("an allow list that cannot be read is refused at the start", () => {
  for (const entry of [
    "",
    "example.org",
    "example.org:x",
    "10.0.0.0/99",
    "http://a:80",
    "a/b:80",
  ]) {
    assert.throws(() => createAddressGuard({ allow: [entry] }), /host:port/, entry);
  }
});
