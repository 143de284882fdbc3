import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { type BuiltAccount, buildAccount, buildTemplate } from "../../testkit/build-account.ts";
import { startV1Server, type V1Server } from "../../testkit/v1-server.ts";

let server: V1Server;

before(async () => {
  server = await startV1Server();
});
after(() => server.close());

type Sender = BuiltAccount & { api: string };

const MOBILE = "573001234567";
const BUTTONS = { type: "buttons", body: "¿Viene?", buttons: [{ id: "si", title: "Sí" }] };
const LIST = {
  type: "list",
  body: "¿Cuándo?",
  button: "Ver",
  sections: [{ rows: [{ id: "a", title: "10:00" }] }],
};
const PLACE = { latitude: 4.65, longitude: -74.05, name: "Tienda", address: "Calle 1" };
const CARD = {
  ...{ name: "Ana", first_name: null, last_name: "Lima" },
  ...{ phones: [{ phone: "300", type: null, mobile: "573001112233" }] },
  ...{ emails: [{ email: "ana@a.co", type: "WORK" }] },
  ...{ organization: null, title: "Gerente", birthday: null },
};
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const MP3 = Buffer.from("49443303000000000000fffb9000", "hex").toString("base64");
const WEBP = Buffer.from(
  "524946461a000000574542505650384c0d0000002f00000010071011118888fe0700",
  "hex",
).toString("base64");

async function buildSender(): Promise<Sender> {
  const account = await buildAccount(server.database.pool);
  return { ...account, api: await server.token({ accountId: account.accountId }) };
}

function send(sender: Sender, body: object, headers: Record<string, string> = {}) {
  const whole = { mobile: MOBILE, ...body };
  return server.call("POST", "/messages", { token: sender.api, body: whole, headers });
}

async function count({ accountId }: BuiltAccount): Promise<number> {
  const { rows } = await server.database.pool.query(
    "select count(*)::int as n from messages where account_id = $1",
    [accountId],
  );
  return rows[0].n;
}

/** A message of the chat that the provider knows. */
async function addMessage(
  account: BuiltAccount,
  fields: { mobile?: string; direction?: string; providerId?: string | null } = {},
): Promise<string> {
  const id = server.deps.ids.next(server.deps.clock.now());
  const { mobile = MOBILE, direction = "in", providerId = `wamid.${id}` } = fields;
  await server.database.pool.query(
    `insert into messages (account_id, id, direction, project_id, channel_id, mobile, category, kind,
       body, source, status, provider_message_id, accepted_at)
     values ($1, $2, $3, $4, $5, $6, 'service', 'text', 'hola', 'whatsapp', 'received', $7, $8)`,
    [
      ...[account.accountId, id, direction, account.projectId, account.channelId, mobile],
      ...[providerId, new Date(server.deps.clock.now())],
    ],
  );
  return id;
}

describe("what is said inside the window", () => {
  test("is accepted at the price of free text, and read back as it was asked for", async () => {
    const sender = await buildSender();
    const target = await addMessage(sender);
    const quote = { message_id: target, whatsapp_id: `wamid.${target}` };
    const cases: [kind: string, text: string, body: object, content: object | null][] = [
      ["interactive", "¿Viene?", { interactive: BUTTONS }, { interactive: BUTTONS }],
      ["interactive", "¿Cuándo?", { interactive: LIST }, { interactive: LIST }],
      [
        "interactive",
        "Mire",
        { interactive: { type: "link", body: "Mire", button: "Ver", url: "https://a.co" } },
        { interactive: { type: "link", body: "Mire", button: "Ver", url: "https://a.co" } },
      ],
      [
        "interactive",
        "¿Dónde?",
        { interactive: { type: "location_request", body: "¿Dónde?" } },
        { interactive: { type: "location_request", body: "¿Dónde?" } },
      ],
      [
        "location",
        "Tienda\nCalle 1\n4.65, -74.05",
        { location: PLACE },
        { location: { ...PLACE, url: null } },
      ],
      [
        "contacts",
        "Ana 300",
        {
          contact: {
            ...{ name: "Ana", last_name: "Lima", title: "Gerente" },
            phones: [{ phone: "300", mobile: "573001112233" }],
            emails: [{ email: "ana@a.co", type: "WORK" }],
          },
        },
        { contacts: [CARD] },
      ],
      [
        "reaction",
        "👍",
        { reaction: { message_id: target, emoji: "👍" } },
        { reaction: { ...quote, emoji: "👍", removed: false } },
      ],
      ["text", "sí", { text: "sí", reply_to: target }, { quote }],
      ["media", "", { media: { base64: WEBP } }, null],
    ];
    for (const [kind, text, body, content] of cases) {
      const answer = await send(sender, body);
      assert.equal(answer.status, 202, answer.text);
      const { json } = await server.call("GET", `/messages/${answer.json.id}`, {
        token: sender.api,
      });
      assert.deepEqual(
        [json.kind, json.text, json.category, json.price, json.content],
        [kind, text, "service", "250.00", content],
      );
      const refers = "reply_to" in body || "reaction" in body;
      assert.equal(json.reply_to, refers ? target : null);
      assert.equal(answer.text.includes(sender.channelId), false, "an id of ours went out");
    }
  });

  test("takes a file above buttons and links, and refuses it where none can stand", async () => {
    const sender = await buildSender();
    const cases: [object, number, string | null][] = [
      [{ interactive: BUTTONS, media: { base64: PNG } }, 202, null],
      [{ interactive: BUTTONS, media: { url: "https://a.example/x.mp4" } }, 202, null],
      [{ interactive: BUTTONS, media: { base64: MP3 } }, 422, "media"],
      [{ interactive: BUTTONS, media: { base64: WEBP } }, 422, "media"],
      [{ interactive: LIST, media: { base64: PNG } }, 400, "media"],
      [{ location: PLACE, media: { base64: PNG } }, 400, "media"],
      [
        { interactive: { ...BUTTONS, header: "x" }, media: { base64: PNG } },
        400,
        "interactive.header",
      ],
      [{ media: { base64: WEBP }, text: "con texto" }, 422, "media"],
    ];
    for (const [body, status, path] of cases) {
      const answer = await send(sender, body);
      assert.equal(answer.status, status, answer.text);
      assert.equal(answer.json.errors?.[0]?.path ?? null, path, answer.text);
    }
    assert.equal(await count(sender), 2);
  });

  test("names the field and its limit, and stores nothing", async () => {
    const sender = await buildSender();
    const long = { ...BUTTONS, buttons: [{ id: "a", title: "x".repeat(21) }] };
    const answer = await send(sender, { interactive: long });
    assert.deepEqual(
      [answer.status, answer.json.errors],
      [
        400,
        [
          {
            path: "interactive.buttons.0.title",
            message: "may have 20 characters and has 21",
          },
        ],
      ],
    );
    assert.equal(await count(sender), 0);
  });

  test("goes together with nothing that it cannot stand beside", async () => {
    const sender = await buildSender();
    const target = await addMessage(sender);
    const plain = { template: { id: sender.templates.plain } };
    const reaction = { message_id: target, emoji: "👍" };
    const cases: [object, string][] = [
      [{ interactive: BUTTONS, text: "x" }, "text"],
      [{ interactive: BUTTONS, location: PLACE }, "location"],
      [{ contact: { name: "Ana" }, reaction }, "reaction"],
      [{ reaction, reply_to: target }, "reply_to"],
      [{ ...plain, interactive: BUTTONS }, "interactive"],
      [{ ...plain, reaction }, "reaction"],
      [{ ...plain, reply_to: target }, "reply_to"],
      [{ text: "x", button_payloads: [{ button: 0, payload: "x" }] }, "button_payloads"],
    ];
    for (const [body, path] of cases) {
      const answer = await send(sender, body);
      assert.deepEqual([answer.status, answer.json.errors?.[0]?.path], [400, path], answer.text);
    }
    assert.equal(await count(sender), 1);
  });

  test("is the same again within a minute, and another when anything of it differs", async () => {
    const sender = await buildSender();
    const [one, other] = [await addMessage(sender), await addMessage(sender)];
    const again = async (body: object) => (await send(sender, body)).json.code ?? "accepted";
    assert.equal(await again({ interactive: BUTTONS }), "accepted");
    assert.equal(await again({ interactive: BUTTONS }), "repeated_message");
    const changed = { ...BUTTONS, buttons: [{ id: "no", title: "Sí" }] };
    assert.equal(await again({ interactive: changed }), "accepted");
    assert.equal(await again({ text: "sí", reply_to: one }), "accepted");
    assert.equal(await again({ text: "sí", reply_to: other }), "accepted");
    assert.equal(await again({ text: "sí", reply_to: one }), "repeated_message");
    const key = { "idempotency-key": randomUUID() };
    const first = await send(sender, { location: PLACE }, key);
    assert.equal((await send(sender, { location: PLACE }, key)).text, first.text);
    const moved = { ...PLACE, latitude: 5 };
    assert.equal(
      (await send(sender, { location: moved }, key)).json.code,
      "idempotency_key_reused",
    );
  });
});

describe("a message that is quoted", () => {
  test("must be the caller's, of the same chat, and known to WhatsApp", async () => {
    const sender = await buildSender();
    const stranger = await buildSender();
    const cases: [id: string, status: number, code: string][] = [
      [randomUUID(), 404, "not_found"],
      [await addMessage(stranger), 404, "not_found"],
      [await addMessage(sender, { providerId: null }), 422, "message_not_referable"],
      [await addMessage(sender, { mobile: "573007654321" }), 422, "message_not_referable"],
      [
        await addMessage({ ...sender, channelId: randomUUID() }),
        ...([422, "message_not_referable"] as const),
      ],
    ];
    for (const [id, status, code] of cases) {
      for (const [path, body] of [
        ["reply_to", { text: id, reply_to: id }],
        ["reaction.message_id", { reaction: { message_id: id, emoji: "👍" } }],
      ] as const) {
        const answer = await send(sender, body);
        assert.deepEqual(
          [answer.status, answer.json.code, answer.json.errors?.[0]?.path],
          [status, code, path],
          answer.text,
        );
      }
    }
    const { accountId } = sender;
    const confined = await server.token({ accountId, projectId: sender.projectId });
    const foreign = await addMessage({ ...sender, projectId: randomUUID() });
    const answer = await send({ ...sender, api: confined }, { text: "x", reply_to: foreign });
    assert.deepEqual([answer.status, answer.json.code], [404, "not_found"]);
  });

  test("is looked up for a whole batch, each message with its own answer", async () => {
    const sender = await buildSender();
    const target = await addMessage(sender);
    const messages = [
      { mobile: MOBILE, text: "uno", reply_to: target },
      { mobile: MOBILE, text: "dos", reply_to: randomUUID() },
      { mobile: MOBILE, interactive: LIST },
      { mobile: MOBILE, interactive: LIST, text: "x" },
    ];
    const { json } = await server.call("POST", "/messages/batch", {
      token: sender.api,
      body: { messages },
    });
    const statuses = json.answers.map((answer: { status: number }) => answer.status);
    assert.deepEqual(statuses, [202, 404, 202, 400]);
  });
});

describe("a template", () => {
  test("takes payloads for its quick replies and for no other button", async () => {
    const sender = await buildSender();
    await buildTemplate(server.database.pool, sender, {
      name: "asks",
      definition: {
        buttons: [
          { kind: "url", text: "Ver", target: "https://a.co/{{1}}" },
          { kind: "quick_reply", text: "Sí", target: null },
        ],
      },
    });
    const asks = { template: { id: sender.templates.asks }, variables: ["881"] };
    const payloads = [{ button: 1, payload: "SI-881" }];
    const answer = await send(sender, { ...asks, button_payloads: payloads });
    assert.equal(answer.status, 202, answer.text);
    assert.deepEqual(answer.json.content, { button_payloads: payloads });
    for (const button of [0, 2]) {
      const wrong = [...payloads, { button, payload: "x" }];
      const refused = await send(sender, { ...asks, button_payloads: wrong });
      assert.deepEqual(
        [refused.status, refused.json.code, refused.json.errors[0].path],
        [422, "variables_mismatch", "button_payloads.1.button"],
      );
    }
  });

  test("shows a place in a location header, whole, and nowhere else", async () => {
    const sender = await buildSender();
    await buildTemplate(server.database.pool, sender, {
      name: "place",
      definition: { header: { format: "location", text: null } },
    });
    const template = { id: sender.templates.place };
    const { name, ...nameless } = PLACE;
    const cases: [object, number, string | null][] = [
      [{ template, location: PLACE }, 202, null],
      [{ template }, 422, "location"],
      [{ template, location: nameless }, 422, "location.name"],
      [{ template, location: { ...nameless, address: undefined, name } }, 422, "location.address"],
      [{ template, location: PLACE, media: { base64: PNG } }, 422, "media"],
      [{ template: { id: sender.templates.plain }, location: PLACE }, 422, "location"],
    ];
    for (const [body, status, path] of cases) {
      const answer = await send(sender, body);
      assert.deepEqual(
        [answer.status, answer.json.errors?.[0]?.path ?? null],
        [status, path],
        answer.text,
      );
    }
  });
});
