import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { SimulatedNumber } from "@recado/contract/simulator-api";
import { waitOutTemplateRead } from "../../product/wait-out-template-read.ts";
import { waitUntil } from "../../product/wait-until.ts";
import { createWsClient, type WsClient } from "../../product/ws-client.ts";
import { type Product, startProduct } from "../../start-product.ts";

/* A template's whole life at both providers: written, linted, submitted, approved, sent, moved to a dearer category, decided. */

interface Place {
  provider: "meta" | "gupshup";
  number: Record<string, string>;
  channelArgs(simulatorUrl: string): string[];
}

const PLACES: Place[] = [
  {
    provider: "meta",
    number: {
      id: "106540352240777",
      wabaId: "104996122390777",
      displayNumber: "573005707070",
      appSecret: "a-long-random-text",
      verifyToken: "a-verify-token",
    },
    channelArgs: (url) => [
      ...["--number-id", "106540352240777", "--business-id", "104996122390777"],
      ...["--verify-token", "a-verify-token", "--base-url", `${url}/meta`],
    ],
  },
  {
    provider: "gupshup",
    number: {
      id: "5b1c7a30-2f44-4d0e-9c31-7f2a6e0d9777",
      appName: "VidasDemo",
      wabaId: "204000000000779",
      displayNumber: "573005808080",
    },
    channelArgs: (url) => [
      ...["--provider", "gupshup", "--number-id", "VidasDemo"],
      ...["--business-id", "5b1c7a30-2f44-4d0e-9c31-7f2a6e0d9777"],
      ...["--base-url", `${url}/gupshup`],
    ],
  },
];
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABh6FO1AAAAABJRU5ErkJggg==";

/** Method, path, body, and the status that is expected (200 unless said). */
type Call = [method: string, path: string, body?: unknown, status?: number];

interface Made {
  id: string;
}

interface Shown {
  id: number;
  status: string;
  category: string;
  quality: string | null;
  last_verified_at: string | null;
  edit: unknown;
  guard: { state: string; prices: { country: string; before: string; now: string }[] } | null;
}

let product: Product;
before(async () => {
  product = await startProduct();
});
after(() => product.stop());

// Both at once: much of a life is waiting, and they share nothing but the server.
describe("a template's life", { concurrency: PLACES.length, timeout: 400_000 }, () => {
  for (const place of PLACES) {
    describe(`a template at ${place.provider}`, { concurrency: 1, timeout: 400_000 }, () => {
      const receiver = `lives-${place.provider}`;
      const name = "pedido_en_camino";
      let projectId = "";
      let token = "";
      let ws: WsClient;
      let id = 0;
      let decidedAt = 0;
      let mobile = 573_001_200_000;

      before(async () => {
        const { cli, simulator, demo } = product;
        const book = await cli.json<Made>(["price-book", "create", place.provider]);
        for (const [category, amount] of [
          ["utility", "50"],
          ["marketing", "200"],
        ] as const) {
          const price = ["price", "set", book.id, "--country", "CO", "--category", category];
          await cli.json([...price, "--amount", amount]);
        }
        const account = await cli.json<Made>([
          ...["account", "create", place.provider, "--price-book", book.id],
        ]);
        await cli.json(["topup", account.id, "100000", "--reference", "e2e"]);
        await cli.json(["user", "create", account.id, receiver]);
        const made = await cli.json<{ channel: Made; hookUrl: string; verifyToken: string | null }>(
          [
            ...["channel", "add", account.id, "--number", place.number.displayNumber ?? ""],
            ...["--access-token", "-", "--app-secret", "a-long-random-text"],
            ...place.channelArgs(simulator.url),
          ],
          `key-of-${receiver}`,
        );
        const isMeta = place.provider === "meta";
        await simulator.registerNumber({
          ...place.number,
          provider: place.provider,
          accessToken: `key-of-${receiver}`,
          verifiedName: "Vidas",
          callbackUrl: isMeta ? made.hookUrl : `${made.hookUrl}/${made.verifyToken}`,
        } as unknown as SimulatedNumber);
        const project = await cli.json<Made>([
          ...["project", "create", account.id, "Vidas", "--channel", made.channel.id],
          ...["--category-guard", "2"],
        ]);
        projectId = project.id;
        const hook = `${simulator.url}/sim/receiver/${receiver}`;
        await cli.json(["webhook", "add", project.id, hook, "--event", "template.*"]);
        const wsToken = await cli.json<{ token: string }>([
          ...["token", "create", "ws", "--login", receiver],
        ]);
        ws = createWsClient(demo.baseUrl, { login: receiver, token: wsToken.token });
        const scopes = ["templates:read", "templates:write", "messages:write", "media:write"];
        const api = await cli.json<{ token: string }>([
          ...["token", "create", "api", "--account", account.id, "--scopes", ...scopes],
        ]);
        token = api.token;
      });

      async function call<T>(...[method, path, body, status = 200]: Call): Promise<T> {
        const isFile = body instanceof Uint8Array;
        const answer = await fetch(`${product.demo.baseUrl}/v1${path}`, {
          method,
          headers: {
            authorization: `Bearer ${token}`,
            ...(body === undefined ? {} : { "content-type": "application/json" }),
          },
          ...(body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) }),
        });
        const text = await answer.text();
        assert.equal(answer.status, status, text);
        return JSON.parse(text) as T;
      }

      const shown = () => call<Shown>("GET", `/templates/${id}`);

      async function decide(decision: Record<string, string>, of = name): Promise<void> {
        const answer = await fetch(`${product.simulator.url}/sim/templates`);
        const all = (await answer.json()) as { id: string; name: string; wabaId: string }[];
        // WhatsApp dates what it decides in whole seconds, and nobody decides twice in one.
        const second = () => Math.floor(Date.now() / 1_000);
        await waitUntil("another second", () => second() > decidedAt);
        decidedAt = second();
        const found = all.find((one) => one.name === of && one.wabaId === place.number.wabaId);
        await product.simulator.decideTemplate(found?.id ?? "", decision as { status: string });
      }

      async function told(type: string): Promise<Record<string, unknown>> {
        return waitUntil(`the webhook ${type}`, async () =>
          (await product.simulator.receiver(receiver))
            .map(({ body }) => body as Record<string, unknown>)
            .find((body) => body.type === type),
        );
      }

      const send = () => {
        mobile += 1;
        const fields = { mobile: `${mobile}`, id_template: id, template_variables: "[Ana] [77]" };
        return ws.send(fields);
      };

      test("is linted before WhatsApp sees it: errors stop it, whatever is said", async () => {
        const wrong = {
          ...{ name, language: "es_CO", category: "utility" },
          body: "Hola {{1}}, su pedido va en camino con el número {{2}}",
          examples: ["Ana", "77"],
        };
        const lint = await call<{ ok: boolean; findings: { rule: string }[] }>(
          "POST",
          "/templates/lint",
          wrong,
        );
        assert.equal(lint.ok, false);
        assert.deepEqual(
          lint.findings.map(({ rule }) => rule),
          ["variable-edge"],
        );
        const draft = await call<Shown>("POST", "/templates", wrong, 201);
        assert.equal(draft.status, "draft");
        id = draft.id;
        const submit = `/templates/${id}/submit`;
        const refused = await call<{ code: string; errors: { path: string }[] }>(
          "POST",
          submit,
          { force: true },
          422,
        );
        assert.equal(refused.code, "template_invalid");
        assert.equal(refused.errors[0]?.path, "body");
        const listed = await ws.call("template/", {});
        assert.equal(listed.body?.code, 4, "the manual's list knows no drafts");
        assert.equal((await send()).code, 7);
      });

      test("is submitted once mended, and WhatsApp's approval reaches the integrator", async () => {
        const body = "Hola {{1}}, su pedido va en camino con el número {{2}}. Gracias por esperar.";
        await call("PATCH", `/templates/${id}`, { body });
        const preview = await call<{ body: string; prices: { amount: string }[] }>(
          "POST",
          `/templates/${id}/preview`,
          { variables: { 1: "Luis" } },
        );
        assert.match(preview.body, /^Hola Luis, .* 77\./u);
        assert.equal(preview.prices[0]?.amount, "50.00");
        const { template } = await call<{ template: Shown }>("POST", `/templates/${id}/submit`, {});
        assert.equal(template.status, "pending");
        assert.equal(template.edit, null);
        await decide({ status: "APPROVED" });
        const event = await told("template.approved");
        assert.deepEqual(
          [event.id_template, event.name, event.from, event.to],
          [id, name, "pending", "approved"],
        );
        assert.equal((await shown()).status, "approved");
        assert.equal((await send()).code, 1);
        const [arrived] = await waitUntil("the message", async () => {
          const messages = await product.simulator.messages(`${mobile}`);
          return messages.length > 0 ? messages : null;
        });
        assert.match(arrived?.text ?? "", /^Hola Ana, su pedido/u);
      });

      test("moved to a dearer category is sent up to the limit, and then somebody must decide", async () => {
        const before = await ws.balance();
        await decide({ category: "MARKETING" });
        const event = await told("template.category");
        const prices = [{ country: "CO", before: "50.00", now: "200.00" }];
        assert.deepEqual((event.guard as Shown["guard"])?.prices, prices);
        const guarded = await shown();
        assert.deepEqual(guarded.guard?.prices, prices);
        const message = { mobile: "573001299999", template: { id }, variables: ["Ana", "77"] };
        const dry = await call<{ problem: unknown; price: string; warnings: { code: string }[] }>(
          "POST",
          "/messages/dry-run",
          message,
        );
        assert.equal(dry.problem, null);
        assert.equal(dry.price, "200.00", "the price is that of the category as it is now");
        assert.ok(dry.warnings.some(({ code }) => code === "category_guard"));
        const answers = await Promise.all([send(), send(), send(), send()]);
        assert.deepEqual(answers.map(({ code }) => code).sort(), [1, 1, 7, 7]);
        assert.equal(before - (await ws.balance()), 4_000_000n);
        const problem = await call<{ code: string; detail: string }>(
          "POST",
          "/messages",
          message,
          409,
        );
        assert.equal(problem.code, "category_guard");
        assert.match(problem.detail, /50\.00 before and 200\.00 COP now/u);
        await call("POST", `/templates/${id}/category-decision`, { decision: "reject" });
        assert.equal((await send()).code, 7);
        await call(
          "POST",
          `/templates/${id}/category-decision`,
          { decision: "accept", category: "utility" },
          409,
        );
        const accepted = await product.cli.json<Shown>(["template", "accept-category", `${id}`]);
        assert.equal(accepted.guard, null);
        const after = await Promise.all([send(), send(), send()]);
        assert.deepEqual(
          after.map(({ code }) => code),
          [1, 1, 1],
        );
        await decide({ category: "UTILITY" });
        await waitUntil("the cheaper category", async () => (await shown()).category === "utility");
        assert.equal((await shown()).guard, null);
      });

      test("paused and of poor quality is told, and not sent", async () => {
        await decide({ status: "PAUSED", quality: "RED" });
        await told("template.paused");
        assert.equal((await told("template.quality")).to, "red");
        assert.equal((await send()).code, 7);
        assert.equal((await shown()).quality, "red");
        await decide({ status: "APPROVED" });
        await waitUntil("the approval", async () => (await shown()).status === "approved");
        const { items } = await call<{ items: { kind: string; source: string }[] }>(
          "GET",
          `/templates/${id}/changes`,
        );
        const kinds = new Set(items.map(({ kind }) => kind));
        assert.deepEqual([...kinds].sort(), ["category", "edit", "guard", "quality", "status"]);
      });

      test("edited goes on as it was until WhatsApp has the edit, which it takes once a day", async () => {
        const body = "Hola {{1}}, su pedido ya va en camino con el número {{2}}. Gracias.";
        const edited = await call<Shown>("PATCH", `/templates/${id}`, { body });
        assert.notEqual(edited.edit, null);
        assert.equal((await send()).code, 1);
        await product.cli.json(["template", "submit", `${id}`]);
        assert.equal((await shown()).edit, null);
        await decide({ status: "APPROVED" });
        await waitUntil("the approval", async () => (await shown()).status === "approved");
        await call("PATCH", `/templates/${id}`, { body: `${body} Hasta pronto.` });
        const again = await product.cli.run(["template", "submit", `${id}`]);
        assert.equal(again.code, 1);
        assert.match(again.stderr, /1 edit\(s\) of an approved template in 24 hours/u);
      });

      test("with a picture is submitted with a sample of it", async () => {
        const file = Buffer.from(PNG, "base64");
        const sample = await call<Made>("POST", "/media", file, 201);
        const draft = await call<Shown>(
          "POST",
          "/templates",
          {
            ...{ name: "aviso_con_foto", language: "es_CO", category: "utility" },
            header: { format: "image" },
            body: "Esta es la foto de su pedido.",
          },
          201,
        );
        const path = `/templates/${draft.id}`;
        await call("POST", `${path}/submit`, {}, 422);
        await call("PATCH", path, { sample_media_id: sample.id });
        const { template } = await call<{ template: Shown }>("POST", `${path}/submit`, {});
        assert.equal(template.status, "pending");
      });

      test("that is gone at the provider is noticed when a message fails for it", async () => {
        const draft = await call<Shown>(
          "POST",
          "/templates",
          {
            ...{ name: "pronto_se_va", language: "es_CO", category: "utility" },
            body: "Hola {{1}}, el número {{2}} es el de su pedido.",
            examples: ["Ana", "77"],
          },
          201,
        );
        const path = `/templates/${draft.id}`;
        await call("POST", `${path}/submit`, {});
        await decide({ status: "APPROVED" }, "pronto_se_va");
        await waitUntil("the approval", async () => {
          return (await call<Shown>("GET", path)).status === "approved";
        });
        await deleteBehindOurBack("pronto_se_va");
        await waitOutTemplateRead(product, projectId);
        mobile += 1;
        const variables = "[Ana] [77]";
        const fields = { id_template: draft.id, template_variables: variables };
        assert.equal((await ws.send({ mobile: `${mobile}`, ...fields })).code, 1);
        await waitUntil("the template to be found gone", async () => {
          return (await call<Shown>("GET", path)).status === "disabled";
        });
      });

      test("is deleted, and its name rests for thirty days", async () => {
        const query = place.provider === "gupshup" ? "?all_languages=true" : "";
        const gone = await call<{ deleted: number[]; name_free_at: string }>(
          "DELETE",
          `/templates/${id}${query}`,
        );
        assert.deepEqual(gone.deleted, [id]);
        const days = (Date.parse(gone.name_free_at) - Date.now()) / 86_400_000;
        assert.ok(days > 29 && days <= 30, gone.name_free_at);
        await call("GET", `/templates/${id}`, undefined, 404);
        assert.equal((await send()).code, 7);
        const again = { name, language: "es_CO", category: "utility", body: "Hola otra vez." };
        const refused = await call<{ detail: string }>("POST", "/templates", again, 409);
        assert.match(refused.detail, /30 days/u);
        const synced = await call<{ inserted: string[] }>("POST", "/templates/sync", {
          project_id: projectId,
        });
        assert.deepEqual(synced.inserted, []);
      });

      async function deleteBehindOurBack(template: string): Promise<void> {
        const { wabaId = "", id = "" } = place.number;
        const key = `key-of-${receiver}`;
        const headers = { authorization: `Bearer ${key}`, apikey: key };
        const meta = `meta/v23.0/${wabaId}/message_templates?name=${template}`;
        const path = place.provider === "meta" ? meta : `gupshup/wa/app/${id}/template/${template}`;
        const url = `${product.simulator.url}/${path}`;
        const answer = await fetch(url, { method: "DELETE", headers });
        assert.equal(answer.status, 200, await answer.text());
      }
    });
  }
});
