import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import type { HeaderFormat } from "../domain/template.ts";
import { refuses } from "../testkit/refuses.ts";
import {
  makeDraft,
  openTemplateWorld,
  type TemplatePlace,
  type TemplateWorld,
} from "../testkit/template-world.ts";
import { submitTemplate } from "./submit-template.ts";
import { reread } from "./template-drafts.ts";

/* The file that shows WhatsApp's reviewers what a header may hold goes before the template itself. */

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

let world: TemplateWorld;
let place: TemplatePlace;

before(async () => {
  world = await openTemplateWorld();
});
after(() => world.close());
beforeEach(async () => {
  world.gate.answer = () => null;
  place = await world.place();
  world.gate.forget();
});

const asked = () => world.gate.asked().map((call) => call.split("?")[0]);

/** A draft with such a header, and that file as its sample. */
const draft = (
  format: HeaderFormat | null,
  sampleMediaId: string | null,
  text: string | null = null,
) => {
  const header = format && { format, text };
  const definition = { ...makeDraft().definition, header, body: "Esta es la foto de su pedido." };
  return world.draft(place, { definition, examples: [], sampleMediaId });
};
const submit = (row: { accountId: string; id: string }) =>
  submitTemplate(world.source, row, { force: true });

describe("the sample of a header", () => {
  test("is uploaded first, as what it is, and the template names what WhatsApp called it", async () => {
    const sampleMediaId = await world.upload(place.accountId, "image/png", PNG);
    const { row } = await submit(await draft("image", sampleMediaId));
    const [session, bytes, create, ...more] = world.gate.calls;
    assert.deepEqual(more, []);
    const query = new URL(session?.path ?? "", "http://gate").searchParams;
    assert.deepEqual(Object.fromEntries(query), {
      ...{ file_name: "sample.png", file_length: String(PNG.length), file_type: "image/png" },
    });
    assert.equal(bytes?.body, PNG.toString());
    const [there] = await world.there(place);
    const header = there?.components.find(({ type }) => type === "HEADER");
    const handle = /"header_handle":\["(4:[^"]+)"\]/u.exec(JSON.stringify(header?.example))?.[1];
    assert.ok(handle);
    assert.ok(create?.body.includes(handle));
    assert.deepEqual(
      [row.status, row.sampleMediaId, row.header],
      ["pending", sampleMediaId, "image"],
    );
  });

  test("goes with its address where the provider wants that too", async () => {
    place = await world.place("gupshup");
    world.gate.forget();
    const sampleMediaId = await world.upload(place.accountId, "image/png", PNG);
    await submit(await draft("image", sampleMediaId));
    assert.deepEqual(asked(), [
      `POST /gupshup/wa/${place.channel.businessId}/wa/media/v2`,
      `POST /gupshup/wa/app/${place.channel.businessId}/template`,
    ]);
    const form = new URLSearchParams(world.gate.calls[1]?.body);
    assert.ok(URL.canParse(form.get("mediaUrl") ?? ""));
    assert.notEqual(form.get("mediaId"), null);
  });

  test("is of no use to a header of text or a place, nor without a header", async () => {
    const sampleMediaId = await world.upload(place.accountId, "image/png", PNG);
    const cases = [
      ["text", "Pedido"],
      ["location", null],
      [null, null],
    ] as const;
    for (const [format, text] of cases) {
      const row = await draft(format, sampleMediaId, text);
      await submit(row);
      assert.deepEqual(
        asked(),
        [`POST /meta/v23.0/${place.wabaId}/message_templates`],
        `${format}`,
      );
      place = await world.place();
      world.gate.forget();
    }
  });

  test("must be of the account, and there", async () => {
    const { accountId } = await world.place();
    world.gate.forget();
    const theirs = await world.upload(accountId, "image/png", PNG);
    const none = /^There is no such file: upload the sample again\.$/u;
    for (const id of [theirs, accountId]) {
      const row = await draft("image", id);
      await refuses(submit(row), "not_found", none);
      assert.deepEqual(await reread(world.pool, row), row, "it may be submitted again");
      await world.pool.query("delete from templates where id = $1", [row.id]);
    }
    assert.deepEqual(asked(), []);
  });

  test("must be of the header's own kind", async () => {
    for (const mime of ["application/pdf", "application/x-unheard-of"]) {
      const row = await draft("image", await world.upload(place.accountId, mime, PNG));
      const message = new RegExp(`^sample_media_id: a image header cannot hold ${mime}\\.$`, "u");
      const error = await refuses(submit(row), "media_mismatch", message);
      const fault = { path: "sample_media_id", message: "is of another kind than the header" };
      assert.deepEqual(error.detail.errors, [fault]);
      assert.deepEqual(await reread(world.pool, row), row, "it may be submitted again");
      await world.pool.query("delete from templates where id = $1", [row.id]);
    }
    assert.deepEqual(asked(), []);
  });

  test("that WhatsApp does not take keeps the template from it", async () => {
    const row = await draft("image", await world.upload(place.accountId, "image/png", PNG));
    const error = { code: 100, message: "Invalid file" };
    world.gate.answer = () => ({ status: 400, body: { error } });
    const message = /^WhatsApp did not take the sample file: 100 /u;
    await refuses(submit(row), "upstream_refused", message);
    assert.equal(asked().length, 1);
    assert.deepEqual(await reread(world.pool, row), row, "it may be submitted again");
    world.gate.answer = () => null;
    assert.equal((await submit(row)).row.status, "pending");
  });
});
