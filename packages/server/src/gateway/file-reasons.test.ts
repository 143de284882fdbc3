import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { FILE_REASONS, tellFileReason } from "@recado/contract/plain/file-reasons";

const SOURCES = [
  ...["platform/call-failure.ts", "platform/address-guard.ts", "platform/guarded-download.ts"],
  ...["gateway/sniff-media-type.ts", "gateway/sniff-zip.ts", "gateway/media-file.ts"],
];

test("every reason that a file can be refused for has its Spanish, in the places that make them", () => {
  const known: string[] = Object.values(FILE_REASONS).map(({ en }) => en.replace("{}", ""));
  const said = SOURCES.flatMap((path) => {
    const text = readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
    return [...text.matchAll(/"((?:the|only|a|this|no) [^"\n]+)"/gu)].map(
      ([, found = ""]) => found,
    );
  });
  assert.ok(said.length > 20);
  for (const sentence of said.filter((each) => !/^(?:an? |the call$)/u.test(each))) {
    assert.notEqual(tellFileReason(sentence), sentence, sentence);
  }
  assert.equal(new Set(known).size, known.length);
});

test("a reason keeps what differs in it, and what is not ours stays as it is", () => {
  assert.equal(tellFileReason("no answer within 500 ms"), "no respondió en 500 ms");
  assert.equal(tellFileReason("the content is exe"), "el contenido es exe");
  assert.equal(
    tellFileReason("the content is a Java archive"),
    "el contenido es un archivo de Java",
  );
  assert.equal(tellFileReason("EPROTO"), "EPROTO");
  assert.equal(tellFileReason(""), "");
});
