import assert from "node:assert/strict";
import { test } from "node:test";
import { createAddressGuard } from "./address-guard.ts";

const guard = createAddressGuard({ allow: [] });

const PUBLIC = [
  "https://servercliente.com/jemplo-de-Archivo-PDF-508.pdf",
  "http://example.com:8080/a.pdf?x=1#y",
  "HTTPS://EXAMPLE.COM/a b.pdf",
  "https://españa.example/año.pdf",
  "http://8.8.8.8/a.png",
  "http://[2606:4700::1111]/a.png",
  "http://[::ffff:8.8.8.8]/",
  "https://localhost.example.com/a",
  "https://internal.example.com/a",
];

for (const url of PUBLIC) {
  test(`${url} may be fetched`, () => {
    assert.equal(guard.checkUrl(url).kind, "allowed");
  });
}

const REFUSED = [
  "",
  "ftp://example.com/a",
  "file:///etc/passwd",
  "javascript:alert(1)",
  "data:text/plain,hola",
  "//example.com/a",
  "http://",
  "http://user:pass@example.com/",
  "http://user@example.com/",
  "http://localhost/",
  "http://LOCALHOST:8080/",
  "http://localhost./",
  "http://a.localhost/",
  "http://metadata.google.internal/",
  "http://impresora.local/",
  "http://postgres:5432/",
  "http://127.0.0.1/",
  "http://127.0.0.1./",
  "http://127.1/",
  "http://2130706433/",
  "http://0x7f000001/",
  "http://0x7f.1/",
  "http://0177.0.0.1/",
  "http://１２７.0.0.1/",
  "http://127。0。0。1/",
  "http://0.0.0.0/",
  "http://0/",
  "http://10.1.2.3/",
  "http://172.16.0.1/",
  "http://192.168.1.1/",
  "http://100.64.0.1/",
  "http://169.254.169.254/latest/meta-data/",
  "http://198.18.0.1/",
  "http://224.0.0.1/",
  "http://255.255.255.255/",
  "http://[::1]/",
  "http://[::]/",
  "http://[::ffff:127.0.0.1]/",
  "http://[::7f00:1]/",
  "http://[fd00::1]/",
  "http://[fe80::1]/",
  "http://[ff02::1]/",
  "http://[64:ff9b::7f00:1]/",
  "http://[2002:7f00:1::]/",
];

for (const url of REFUSED) {
  test(`${url || "an empty text"} is refused`, () => {
    assert.equal(guard.checkUrl(url).kind, "refused");
  });
}

test("what the operator allows is allowed at that port only", () => {
  const { checkUrl } = createAddressGuard({
    allow: ["127.0.0.1:8090", "archivos.internal:443", "[::1]:80"],
  });
  assert.equal(checkUrl("http://127.0.0.1:8090/a").kind, "allowed");
  assert.equal(checkUrl("http://127.1:8090/a").kind, "allowed");
  assert.equal(checkUrl("https://archivos.internal/a").kind, "allowed");
  assert.equal(checkUrl("http://[::1]/a").kind, "allowed");
  assert.equal(checkUrl("http://127.0.0.1:8091/a").kind, "refused");
  assert.equal(checkUrl("http://archivos.internal/a").kind, "refused");
  assert.equal(checkUrl("http://u:p@127.0.0.1:8090/a").kind, "refused");
});
