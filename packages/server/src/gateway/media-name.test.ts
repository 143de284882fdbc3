import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { formatMediaName, randomBelow } from "./media-name.ts";

const seven = () => 7;

const KEPT: [given: string, stored: string][] = [
  ["factura-enero.pdf", "777factura-enero.pdf"],
  ["1234567890", "7771234567890"],
  [`${"a".repeat(56)}.pdf`, `777${"a".repeat(56)}.pdf`],
  ["año-nuevo-🎉.pdf", "777año-nuevo-🎉.pdf"],
  ["../../etc/factura-enero.pdf", "777factura-enero.pdf"],
  ["C:\\temp\\factura-enero.pdf", "777factura-enero.pdf"],
  ["factura\r\n-enero\u0007.pdf", "777factura-enero.pdf"],
  ["factura-\u202efdp.exe", "777factura-fdp.exe"],
  ["...factura-enero.pdf", "777factura-enero.pdf"],
];

for (const [given, stored] of KEPT) {
  test(`${JSON.stringify(given)} is kept, with three digits in front`, () => {
    assert.equal(formatMediaName(given, "pdf", seven), stored);
  });
}

for (const given of [
  undefined,
  "",
  "   ",
  "corto.pdf",
  "a".repeat(61),
  "carpeta-muy-larga/a.pdf",
]) {
  test(`for ${JSON.stringify(given?.slice(0, 30))} the platform makes a name of the content's type`, () => {
    assert.equal(formatMediaName(given, "docx", seven), "documento-77777777.docx");
    assert.equal(formatMediaName(given, undefined, seven), "documento-77777777.pdf");
  });
}

test("no name leads into a folder or carries a control character", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 80 }), (given) => {
      const name = formatMediaName(given, "zip", randomBelow);
      assert.ok(!/[/\\\p{Cc}]/u.test(name));
      assert.match(name, /^(\d{3}.{10,60}|documento-\d{8}\.zip)$/su);
    }),
  );
});
