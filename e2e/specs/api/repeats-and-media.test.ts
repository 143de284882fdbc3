import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { createMobiles, findTemplate } from "../../product/demo-templates.ts";
import { type FileServer, openFileServer } from "../../product/file-server.ts";
import { makePdf, SAMPLE_FILES } from "../../product/sample-files.ts";
import { waitUntil } from "../../product/wait-until.ts";
import { ENCODINGS, type Fields } from "../../product/ws-client.ts";
import { type Product, startProduct } from "../../start-product.ts";

let product: Product;
let files: FileServer;
const nextMobile = createMobiles();

before(async () => {
  files = await openFileServer();
  product = await startProduct({ env: { PRIVATE_HOSTS_ALLOWED: files.host } });
});
after(async () => {
  await files?.close();
  await product?.stop();
});

const id = (wanted: Parameters<typeof findTemplate>[1]) =>
  findTemplate(product.demo, { status: "approved", ...wanted }).id_template;
/** A send with a document header; a blank keeps two of them from being the same. */
const document = (fields: Fields = {}): Fields => ({
  mobile: nextMobile(),
  id_template: id({ header: "document" }),
  template_variables: "[Ana] [$ 125.000]",
  ...fields,
});
const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const arrivedAt = (mobile: Fields[string]) =>
  waitUntil(
    `a message at ${mobile}`,
    async () => (await product.simulator.messages(`${mobile}`))[0],
  );

/** What arrived, or the webhook that says why nothing will. */
async function findEnd(mobile: string, messageId: string) {
  const [arrived] = await product.simulator.messages(mobile);
  if (arrived) return arrived;
  return (await product.simulator.receiver("demo"))
    .map(({ body }) => body as { messageId?: string; type2?: string })
    .find((body) => body.messageId === messageId && body.type2 === "failed");
}

describe("the same message within 60 seconds", () => {
  for (const encoding of ENCODINGS) {
    test(`${encoding}: of twenty at once one is accepted and charged, the others are 9`, async () => {
      const before = await product.ws.balance();
      const fields = { mobile: nextMobile(), id_template: id({ variables: 0, header: null }) };
      const sends = Array.from({ length: 20 }, () => product.ws.send(fields, encoding));
      const codes = (await Promise.all(sends)).map(({ code }) => code).sort((a, b) => a - b);
      assert.deepEqual(codes, [1, ...Array.from({ length: 19 }, () => 9)]);
      assert.equal(before - (await product.ws.balance()), 28n * 10_000n);
    });
  }

  test("other variables, another mobile, another file or another project are not the same", async () => {
    const three = { id_template: id({ variables: 3 }) };
    const mobile = nextMobile();
    const first = { ...three, mobile, template_variables: "[a] [b] [c]" };
    const pdf = makePdf("uno").toString("base64");
    const withFile = document({ media: pdf });
    const sends: [Fields, number][] = [
      [first, 1],
      [{ ...first, template_variables: "[a] [b] [d]" }, 1],
      [{ ...first, mobile: nextMobile() }, 1],
      [{ ...first, custom_field: "otro" }, 9],
      [withFile, 1],
      [{ ...withFile, media: makePdf("dos").toString("base64") }, 1],
      [
        { ...withFile, media: `data:application/pdf;base64,${pdf}`, media_name: "otro-nombre.pdf" },
        9,
      ],
    ];
    for (const [fields, code] of sends) {
      assert.equal(
        (await product.ws.send(fields)).code,
        code,
        JSON.stringify(fields).slice(0, 200),
      );
    }
    const { stranger } = product.demo.others;
    const text = { mobile, message: "lo mismo" };
    assert.equal((await product.ws.send(text)).code, 1);
    assert.equal((await product.ws.as(stranger).send(text)).code, 1);
  });

  test("a message that failed and was refunded still counts: the window runs from its acceptance", async () => {
    const fields = { mobile: "573009131026", id_template: id({ variables: 0, header: null }) };
    const { messageId } = await product.ws.send(fields);
    await waitUntil("its failure", async () =>
      (await product.simulator.receiver("demo")).some(
        ({ body }) =>
          JSON.stringify(body).includes(`${messageId}`) && JSON.stringify(body).includes("failed"),
      ),
    );
    assert.equal((await product.ws.send(fields)).code, 9);
  });
});

describe("marketing to one mobile", () => {
  const offer = (mobile: string, word: string): Fields => ({
    mobile,
    id_template: id({ category: "marketing", header: null }),
    template_variables: `[${word}]`,
  });

  test("of ten different ones at once two are accepted", async () => {
    const mobile = nextMobile();
    const sends = "abcdefghij".split("").map((word) => product.ws.send(offer(mobile, word)));
    const codes = (await Promise.all(sends)).map(({ code }) => code).sort((a, b) => a - b);
    assert.deepEqual(codes, [1, 1, 10, 10, 10, 10, 10, 10, 10, 10]);
    assert.equal((await product.ws.send(offer(nextMobile(), "a"))).code, 1);
  });

  test("one that failed no longer counts", async () => {
    const mobile = "573009131049";
    for (const word of ["a", "b", "c"]) {
      const { code, messageId } = await product.ws.send(offer(mobile, word));
      assert.equal(code, 1);
      await waitUntil("its failure", async () =>
        (await product.simulator.receiver("demo")).some(
          ({ body }) => (body as { messageId?: string }).messageId === messageId,
        ),
      );
    }
  });
});

describe("media", () => {
  const forms: [what: string, write: (base64: string) => string][] = [
    ["standard base64", (text) => text],
    ["URL-safe base64", (text) => text.replaceAll("+", "-").replaceAll("/", "_")],
    ["base64 without padding", (text) => text.replace(/=+$/u, "")],
    ["a data: URL", (text) => `data:application/pdf;base64,${text}`],
    ["base64 in lines", (text) => (text.match(/.{1,76}/gu) ?? []).join("\r\n")],
  ];
  for (const encoding of ENCODINGS) {
    for (const [what, write] of forms) {
      test(`${encoding}: ${what} arrives byte by byte`, async () => {
        const bytes = Buffer.concat([makePdf(what), Buffer.from("\n%"), randomBytes(3_001)]);
        const fields = document({ media: write(bytes.toString("base64")) });
        assert.equal((await product.ws.send(fields, encoding)).code, 1);
        const { media } = await arrivedAt(fields.mobile);
        assert.deepEqual([media?.sha256, media?.bytes], [sha256(bytes), bytes.length]);
      });
    }
  }

  test("base64 whose + became blanks in a form is mended", async () => {
    const bytes = Buffer.concat([makePdf("mas"), Buffer.from("\n%"), Buffer.alloc(300, 0xfb)]);
    const base64 = bytes.toString("base64");
    assert.match(base64, /\+/u);
    const { mobile, id_template } = document();
    const { login, token } = product.demo;
    const body = `login=${login}&token=${token}&mobile=${mobile}&id_template=${id_template}&template_variables=[a][b]&media=${base64}`;
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const url = `${product.demo.baseUrl}/bot/chat_wa/ws/send/`;
    const response = await fetch(url, { method: "POST", headers, body });
    assert.equal(((await response.json()) as { code: number }).code, 1);
    assert.equal((await arrivedAt(mobile)).media?.sha256, sha256(bytes));
  });

  /** Those that WhatsApp documents; the manual's other types go as far as WhatsApp lets them. */
  const documents = ["pdf", "txt", "docx", "xlsx", "pptx"];
  for (const [extension, { bytes, mime }] of Object.entries(SAMPLE_FILES)) {
    const fate = documents.includes(extension) ? "arrives" : "arrives, or is refunded";
    test(`a ${extension} as a file part for a document header ${fate} as what it is`, async () => {
      const part = new File([new Uint8Array(bytes)], "x.bin", { type: "application/octet-stream" });
      const fields = document({ media: part });
      const before = await product.ws.balance();
      const { code, messageId } = await product.ws.send(fields, "multipart");
      assert.equal(code, 1);
      const end = await waitUntil("its end", () => findEnd(`${fields.mobile}`, `${messageId}`));
      if (!("media" in end)) {
        assert.equal(documents.includes(extension), false, JSON.stringify(end));
        assert.equal(await product.ws.balance(), before);
        return;
      }
      assert.equal(end.media?.sha256, sha256(bytes));
      assert.equal(end.media?.mime.split(";")[0], mime);
      assert.match(end.media?.name ?? "", new RegExp(`\\.${extension}$`, "u"));
    });
  }

  test("a picture fills an image header and a video a video header, and no other", async () => {
    const image = { id_template: id({ header: "image" }), template_variables: "[Ana]" };
    const video = { id_template: id({ header: "video" }) };
    const rows: [Fields, string, number][] = [
      [image, "png", 1],
      [image, "jpg", 1],
      [image, "mp4", 1005],
      [image, "txt", 1005],
      [video, "mp4", 1],
      [video, "png", 1005],
      [video, "mp3", 1005],
    ];
    for (const [fields, extension, code] of rows) {
      const media = SAMPLE_FILES[extension]?.bytes.toString("base64");
      const mobile = nextMobile();
      const answer = await product.ws.send({ ...fields, mobile, media });
      assert.equal(answer.code, code, `${extension}: ${JSON.stringify(answer)}`);
      if (code === 1)
        assert.equal(
          (await arrivedAt(mobile)).media?.kind,
          extension === "mp4" ? "video" : "image",
        );
    }
  });

  test("a URL is fetched, and its bytes arrive", async () => {
    const bytes = makePdf("por direccion");
    const fields = document({ media: files.serve("/factura.pdf", bytes) });
    assert.equal((await product.ws.send(fields, "json")).code, 1);
    assert.equal((await arrivedAt(fields.mobile)).media?.sha256, sha256(bytes));
  });

  const failing: [what: string, answer: Buffer | number, code: string][] = [
    ["cannot be found", 404, "1010"],
    ["is of a type outside the list", Buffer.from("<!doctype html><html></html>"), "1010"],
  ];
  for (const [what, answer, code] of failing) {
    test(`a URL whose file ${what} is accepted, fails as ${code} and is refunded`, async () => {
      const before = await product.ws.balance();
      const media = files.serve(`/${code}-${what.replaceAll(" ", "-")}`, answer);
      const { messageId } = await product.ws.send(document({ media }));
      const failed = await waitUntil("its webhook", async () =>
        (await product.simulator.receiver("demo"))
          .map(({ body }) => body as Record<string, unknown>)
          .find((body) => body.messageId === messageId),
      );
      assert.deepEqual([failed.type2, failed.code], ["failed", code]);
      assert.equal(await product.ws.balance(), before);
    });
  }

  const names: [given: string | undefined, shown: RegExp][] = [
    ["factura-881.pdf", /^\d{3}factura-881\.pdf$/u],
    ["a".repeat(60), /^\d{3}a{60}$/u],
    ["diez.letra", /^\d{3}diez\.letra$/u],
    ["corto.pdf", /^.*\.pdf$/u],
    ["a".repeat(61), /^[^a]?.*\.pdf$/u],
    [undefined, /\.pdf$/u],
  ];
  for (const [given, shown] of names) {
    test(`media_name ${given ?? "missing"} is shown as the manual says`, async () => {
      const pdf = makePdf(`${given}`).toString("base64");
      const fields = document({ media: pdf, media_name: given });
      assert.equal((await product.ws.send(fields)).code, 1);
      const name = (await arrivedAt(fields.mobile)).media?.name ?? "";
      assert.match(name, shown);
      if (given) assert.equal(name.includes(given), shown.source.startsWith("^\\d"));
    });
  }

  test("16 MB by base64 and 100 MB less a little by a file part are taken", async () => {
    const pdf = makePdf("grande");
    const base64 = Buffer.concat([pdf, Buffer.alloc(16 * 1024 * 1024 - pdf.length, 0x20)]);
    const byText = document({ media: base64.toString("base64") });
    assert.equal((await product.ws.send(byText)).code, 1);
    const whole = Buffer.concat([pdf, Buffer.alloc(99 * 1024 * 1024, 0x20)]);
    const byPart = document({ media: new File([whole], "grande.pdf") });
    assert.equal((await product.ws.send(byPart, "multipart")).code, 1);
    assert.equal((await arrivedAt(byText.mobile)).media?.bytes, base64.length);
    assert.equal((await arrivedAt(byPart.mobile)).media?.bytes, whole.length);
    const tooLarge = document({ media: new File([whole, Buffer.alloc(2 * 1024 * 1024)], "x.pdf") });
    assert.equal((await product.ws.send(tooLarge, "multipart")).code, 1011);
  });
});
