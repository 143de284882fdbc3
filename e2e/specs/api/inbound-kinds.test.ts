import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { SimulatedNumber } from "@recado/contract/simulator-api";
import type { Inbound } from "../../product/simulator-client.ts";
import { waitUntil } from "../../product/wait-until.ts";
import { createWsClient } from "../../product/ws-client.ts";
import { type Product, startProduct } from "../../start-product.ts";

/* Whatever a person can do on a telephone, from there to the integrator's webhook and `/v1`, at both providers. */

const GUPSHUP = {
  provider: "gupshup",
  id: "5b1c7a30-2f44-4d0e-9c31-7f2a6e0d91aa",
  appName: "CobranzaDemo",
  wabaId: "204000000000777",
  displayNumber: "573005404040",
  verifiedName: "Cobranza",
  accessToken: "gs-apikey-0123456789",
} as const;

const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABh6FO1AAAAABJRU5ErkJggg==";

interface Made {
  id: string;
}

/** A reply as the integrator receives it, as far as these tests look. */
interface Told {
  type2?: string;
  messageId?: string;
  mobile?: string;
  message?: string;
  custom_field?: string;
  user_id?: string;
  kind?: string;
  media_url?: string;
  content?: Record<string, Record<string, unknown>>;
}

/** A message of `/v1`, as far as these tests look. */
interface Message {
  id: string;
  kind: string;
  mobile: string;
  text: string;
  user_id: string | null;
  content: Record<string, unknown> | null;
  file: { state: string; url: string | null; sha256: string | null } | null;
}

/** One side of a provider: where people write, and where the integrator listens. */
interface Side {
  official: string;
  receiver: string;
  apiToken: string;
}

let product: Product;
const sides: Record<string, Side> = {};

before(async () => {
  product = await startProduct();
  const { demo } = product;
  sides.meta = { official: demo.officialNumber, receiver: "demo", apiToken: demo.apiToken };
  sides.gupshup = await addGupshup();
});
after(() => product.stop());

async function addGupshup(): Promise<Side> {
  const { cli, simulator } = product;
  const account = await cli.json<Made>(["account", "create", "Cobranza"]);
  const made = await cli.json<{ channel: Made; hookUrl: string; verifyToken: string }>(
    [
      ...["channel", "add", account.id, "--provider", "gupshup"],
      ...["--number", GUPSHUP.displayNumber, "--number-id", GUPSHUP.appName],
      ...["--business-id", GUPSHUP.id, "--access-token", "-", "--app-secret", "a-long-random-text"],
      ...["--base-url", `${simulator.url}/gupshup`],
    ],
    GUPSHUP.accessToken,
  );
  const callbackUrl = `${made.hookUrl}/${made.verifyToken}`;
  await simulator.registerNumber({ ...GUPSHUP, callbackUrl } as unknown as SimulatedNumber);
  const args = ["project", "create", account.id, "Cobranza", "--channel", made.channel.id];
  const project = await cli.json<Made>(args);
  await cli.json(["webhook", "add", project.id, `${simulator.url}/sim/receiver/gupshup`]);
  const scopes = ["--scopes", "messages:read"];
  const token = ["token", "create", "api", "--account", account.id, ...scopes];
  const { token: apiToken } = await cli.json<{ token: string }>(token);
  return { official: GUPSHUP.displayNumber, receiver: "gupshup", apiToken };
}

for (const provider of ["meta", "gupshup"]) {
  describe(`what a person does at a number of ${provider}`, { timeout: 180_000 }, () => {
    const from = provider === "meta" ? "573003330001" : "573003330002";
    const side = (): Side => {
      const found = sides[provider];
      assert.ok(found);
      return found;
    };
    const act = (deed: Omit<Inbound, "from" | "to">): Promise<string> =>
      product.simulator.inbound({ from, to: side().official, ...deed });
    const told = (matches: (body: Told) => boolean): Promise<Told> =>
      waitUntil("the webhook", async () =>
        (await product.simulator.receiver(side().receiver))
          .map(({ body }) => body as Told)
          .find((body) => body.mobile !== undefined && matches(body)),
      );
    const listed = async (mobile = from): Promise<Message[]> => {
      const query = `direction=in&limit=100&mobile=${mobile}`;
      const response = await fetch(`${product.demo.baseUrl}/v1/messages?${query}`, {
        headers: { authorization: `Bearer ${side().apiToken}` },
      });
      assert.equal(response.status, 200);
      return ((await response.json()) as { items: Message[] }).items;
    };
    const ofKind = async (kind: string): Promise<Message> => {
      const found = (await listed()).find((message) => message.kind === kind);
      assert.ok(found, kind);
      return found;
    };

    test("a text is told with the manual's four keys and no other", async () => {
      await act({ text: "solo texto" });
      const body = await told(({ message }) => message === "solo texto");
      const keys = ["custom_field", "message", "mobile", "official_number"];
      assert.deepEqual(Object.keys(body).sort(), keys);
    });

    test("a place, a card and an order come with their parts", async () => {
      await act({ location: { latitude: 4.65, longitude: -74.05, name: "Parque" } });
      await act({ contact: { name: "Luis Pérez", phones: ["+57 300 1112233"] } });
      await act({ order: { note: "hoy", items: [{ productId: "SKU1", quantity: 2 }] } });
      const place = await told(({ kind }) => kind === "location");
      assert.equal(place.content?.location?.latitude, 4.65);
      assert.deepEqual((await ofKind("location")).content, place.content);
      const card = await told(({ kind }) => kind === "contacts");
      assert.deepEqual((await ofKind("contacts")).content, card.content);
      const order = await told(({ kind }) => kind === "order");
      assert.deepEqual((await ofKind("order")).content, order.content);
    });

    test("a file is fetched, checked against its hash, and a fresh link to it is always to be had", async () => {
      await act({ media: { kind: "image", mime: "image/png", base64: PNG } });
      await told(({ media_url }) => media_url !== undefined);
      const image = await waitUntil("the file", async () =>
        (await listed()).find(({ file }) => file?.state === "stored"),
      );
      assert.match(image.file?.sha256 ?? "", /^[0-9a-f]{64}$/u);
      const response = await fetch(image.file?.url ?? "");
      const bytes = Buffer.from(await response.arrayBuffer());
      assert.equal(bytes.toString("base64"), PNG);
    });

    test("a reaction, its end, an edit and a deletion name the message that they are about", async () => {
      const own = await act({ text: "a las 4" });
      await told(({ message }) => message === "a las 4");
      await act({ reaction: "👍", replyTo: own });
      const reaction = await told(({ message }) => message === "👍");
      assert.equal(reaction.content?.reaction?.removed, false);
      assert.equal(reaction.content?.reaction?.whatsapp_id, own);
      await act({ reaction: "", replyTo: own });
      await told(({ content }) => content?.reaction?.removed === true);
      await act({ edit: "a las 5", replyTo: own });
      const edit = await told(({ kind }) => kind === "edit");
      assert.deepEqual([edit.message, edit.content?.edit?.before], ["a las 5", "a las 4"]);
      const messageId = edit.content?.edit?.message_id;
      const changed = (await listed()).find(({ id }) => id === messageId);
      assert.equal(changed?.text, "a las 5");
      await act({ delete: true, replyTo: own });
      const deletion = await told(({ kind }) => kind === "deletion");
      assert.equal(deletion.content?.deletion?.message_id, messageId);
      const marked = (await listed()).find(({ id }) => id === messageId);
      assert.match(String(marked?.content?.deleted_at), /^\d{4}-/u);
    });

    test("who hides the number comes with WhatsApp's id, and who changes it is followed", async () => {
      await act({ text: "sin número", hidden: true });
      const hidden = await told(({ message }) => message === "sin número");
      assert.equal(hidden.mobile, "");
      assert.match(hidden.user_id ?? "", /^CO\.\d+$/u);
      const next = `${from.slice(0, -1)}9`;
      await act({ newNumber: next });
      const moved = await told(({ kind, mobile }) => kind === "system" && mobile === next);
      assert.deepEqual(
        [moved.message, moved.content?.system?.mobile_before, moved.content?.system?.type],
        ["", from, "number_changed"],
      );
      assert.equal((await listed(next))[0]?.kind, "system");
    });
  });
}

let lastSent = "";

test("an answer from a new number still carries the custom_field of before", async () => {
  const { demo, simulator } = product;
  const ws = createWsClient(demo.baseUrl, demo);
  const plain = demo.templates.find(
    ({ variables, status }) => variables === 0 && status === "approved",
  );
  const mobile = "573003330050";
  const send = { mobile, id_template: String(plain?.id_template), custom_field: "pedido-50" };
  const answer = await ws.call("send/", send);
  assert.equal(answer.body?.code, 1);
  lastSent = `${answer.body?.messageId}`;
  const newNumber = "573003330051";
  await simulator.inbound({ from: mobile, to: demo.officialNumber, newNumber });
  // Two posts may overtake each other: the change is to be known first.
  await waitUntil("the change of number", async () =>
    (await simulator.receiver("demo"))
      .map((webhook) => webhook.body as Told)
      .some(({ kind, mobile: whose }) => kind === "system" && whose === newNumber),
  );
  await simulator.inbound({ from: newNumber, to: demo.officialNumber, text: "soy yo" });
  const body = await waitUntil("the webhook", async () =>
    (await simulator.receiver("demo"))
      .map((webhook) => webhook.body as Told)
      .find(({ message }) => message === "soy yo"),
  );
  assert.deepEqual([body.mobile, body.custom_field], [newNumber, "pedido-50"]);
});

test("the operator reads the journal again, and nobody is told twice", async () => {
  const { cli, demo, simulator } = product;
  const projects = await cli.json<{ items: (Made & { accountId: string })[] }>(["project", "list"]);
  const account = projects.items.find(({ id }) => id === demo.projectId)?.accountId ?? "";
  await waitUntil("everything said before to be told", async () => {
    const statuses = (await simulator.receiver("demo")).map((webhook) => webhook.body as Told);
    return statuses.some(({ type2, messageId }) => type2 === "read" && messageId === lastSent);
  });
  const toldBefore = (await simulator.receiver("demo")).length;
  const span = ["--account", account, "--since", "2020-01-01"];
  const args = ["journal", "reprocess", ...span, "--all", "--batch", "7"];
  const done = await cli.json<{ count: number; new: number; failed: number }>(args);
  assert.ok(done.count > 7, JSON.stringify(done));
  assert.deepEqual([done.new, done.failed], [0, 0]);
  const { items } = await cli.json<{ items: Made[] }>(["journal", "list", ...span]);
  const shown = await cli.json<{ body: string; reads: { kind: string }[] }>([
    ...["journal", "show", items[0]?.id ?? ""],
  ]);
  assert.match(shown.body, /whatsapp_business_account/u);
  assert.ok(shown.reads.length > 0);
  const summary = await cli.json<{ done: number }>(["journal", "summary", ...span]);
  assert.ok(summary.done >= done.count);
  assert.deepEqual((await cli.json<{ items: [] }>(["channel", "notices", account])).items, []);
  assert.equal((await cli.json<{ ok: boolean }>(["wallet", "verify"])).ok, true);
  assert.equal((await simulator.receiver("demo")).length, toldBefore);
});
