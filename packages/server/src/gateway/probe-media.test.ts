import assert from "node:assert/strict";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, test } from "node:test";
import { createAddressGuard } from "../platform/address-guard.ts";
import { createSafeFetch, type SafeFetch } from "../platform/safe-fetch.ts";
import { createMediaProbe } from "./probe-media.ts";
import { SNIFF_HEAD_BYTES } from "./sniff-media-type.ts";

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const BYTES_MAX = 100 * 1024 * 1024;

let server: Server;
let fetcher: SafeFetch;
let url: string;
let serve: (response: ServerResponse) => void;

before(async () => {
  server = createServer((_request, response) => serve(response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/file`;
  const guard = createAddressGuard({ allow: ["127.0.0.1/32"] });
  fetcher = createSafeFetch({ guard, connectionsMax: 16, connectTimeoutMs: 1_000 });
});
after(async () => {
  await fetcher.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** Looks once at what the server gives. */
function look(answer: (response: ServerResponse) => void, bytesMax = BYTES_MAX) {
  serve = answer;
  return createMediaProbe(fetcher)(url, bytesMax);
}

describe("a look at what an address leads to", () => {
  test("is one of eight at a time: the ninth is not made, and those after them are", async () => {
    const probe = createMediaProbe(fetcher);
    const { promise: allAsked, resolve } = Promise.withResolvers<void>();
    const open: ServerResponse[] = [];
    serve = (response) => {
      open.push(response);
      if (open.length === 8) resolve();
    };
    const looks = Array.from({ length: 8 }, () => probe(url, BYTES_MAX));
    await allAsked;
    assert.equal(await probe(url, BYTES_MAX), null);
    assert.equal(open.length, 8);
    for (const response of open) response.end(PNG);
    for (const found of await Promise.all(looks)) assert.equal(found?.type, "png");
    serve = (response) => response.writeHead(500).end();
    for (let number = 0; number < 9; number += 1) {
      assert.equal((await probe(url, BYTES_MAX))?.reachable, false, "a failed look kept its place");
    }
  });

  test("tells the whole length as far as the server says it, and else by what has come", async () => {
    const of = async (status: number, headers: Record<string, string | number>, body = PNG) =>
      (await look((response) => response.writeHead(status, headers).end(body)))?.bytes;
    const long = Buffer.concat([PNG, Buffer.alloc(SNIFF_HEAD_BYTES)]);
    assert.equal(await of(200, { "content-length": PNG.length }), PNG.length);
    assert.equal(await of(200, { "transfer-encoding": "chunked" }), PNG.length);
    assert.equal(await of(200, { "transfer-encoding": "chunked" }, long), null);
    assert.equal(await of(200, { "content-length": long.length }, long), long.length);
    assert.equal(await of(206, { "content-length": long.length }, long), null);
    const ranged = { "content-length": PNG.length, "content-range": "bytes 0-9/3000" };
    assert.deepEqual([await of(206, ranged), await of(200, ranged)], [3_000, PNG.length]);
    assert.equal(await of(206, { "content-range": "bytes 0-9/*" }), PNG.length);
    assert.equal(await of(206, { "content-range": "bytes 0-9/*" }, long), null);
  });

  test("reaches nothing where the server refuses or cuts the connection", async () => {
    const refused = await look((response) => response.writeHead(403).end());
    const nothing = { reachable: false, type: null, bytes: null };
    assert.deepEqual(refused, { ...nothing, why: "the address answered 403" });
    const cut = await look((response) => {
      response.writeHead(200, { "content-length": 9_000 });
      response.write(PNG, () => response.destroy());
    });
    assert.deepEqual([cut?.reachable, cut?.type], [false, null]);
    const moved = await look((response) =>
      response.writeHead(302, { location: "http://10.0.0.1/" }).end(),
    );
    assert.equal(moved?.reachable, false);
  });

  test("knows no type of what is empty or none that is taken, and a zip by the server's word alone", async () => {
    const of = async (body: Buffer | string, contentType = "") => {
      const headers = contentType === "" ? {} : { "content-type": contentType };
      const found = await look((response) => response.writeHead(200, headers).end(body));
      return [found?.reachable, found?.type, found?.why === null];
    };
    assert.deepEqual(await of(""), [true, null, false]);
    assert.deepEqual(await of("<!doctype html><html></html>"), [true, null, false]);
    const zip = "PK\u0003\u0004 and so on";
    const word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    assert.deepEqual(await of(zip), [true, "zip", true]);
    assert.deepEqual(await of(zip, `${word}; charset=x`), [true, "docx", true]);
    assert.deepEqual(await of(zip, "application/pdf"), [true, "zip", true]);
    for (const mark of ["spreadsheetml.sheet", "presentationml.presentation"]) {
      const type = word.replace("wordprocessingml.document", mark);
      assert.deepEqual(await of(zip, type), [true, mark[0] === "s" ? "xlsx" : "pptx", true]);
    }
  });

  test("knows a text in whatever alphabet, wherever the end of the look cuts it", async () => {
    for (const character of ["a", "ñ", "т", "に", "😀"]) {
      for (let shift = 0; shift < 4; shift += 1) {
        const text = Buffer.from(`${"a".repeat(shift)}${character.repeat(SNIFF_HEAD_BYTES)}`);
        const found = await look((response) => response.end(text));
        assert.equal(found?.type, "txt", `${character} after ${shift}`);
      }
    }
  });

  test("says that there is too much before anything of it has come", async () => {
    const found = await look((response) => {
      response.writeHead(200, { "content-length": 2_000 });
      response.write("x");
    }, 1_000);
    const { reachable, type, bytes, why } = found ?? {};
    assert.deepEqual([reachable, type, bytes, why], [true, null, Number.POSITIVE_INFINITY, null]);
  });
});
