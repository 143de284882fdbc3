import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, it } from "node:test";
import { createUpstreamHttp } from "../../platform/upstream-http.ts";
import type { TemplatesOutcome } from "../provider.ts";
import { readTemplate } from "./read-template.ts";
import { createTemplate, listTemplates } from "./templates.ts";

const open: { server: Server; http: ReturnType<typeof createUpstreamHttp> }[] = [];

afterEach(async () => {
  for (const { server, http } of open.splice(0)) {
    await http.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A call to an upstream that answers `answer`; `asked` collects what it was asked. */
async function upstream(
  answer: (url: URL, form: URLSearchParams) => unknown,
  asked: string[] = [],
) {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const url = new URL(request.url ?? "/", "http://upstream");
      asked.push(`${request.method} ${request.url} ${request.headers.apikey}`);
      const said = answer(url, new URLSearchParams(Buffer.concat(chunks).toString()));
      response.writeHead(typeof said === "number" ? said : 200, { "content-type": "text/html" });
      response.end(typeof said === "number" ? "" : JSON.stringify(said));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const http = createUpstreamHttp({ connectionsMax: 1, connectTimeoutMs: 1_000 });
  open.push({ server, http });
  return {
    http,
    channel: {
      baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      apiVersion: "v1.0",
      officialNumber: "573009998877",
      numberId: "TiendaDemo",
      businessId: "app-id",
      accessToken: "secret-key",
    },
  };
}

function item(number: number, more: object = {}) {
  return {
    id: `id-${number}`,
    elementName: `t_${number}`,
    languageCode: "es_CO",
    category: "UTILITY",
    status: "APPROVED",
    templateType: "TEXT",
    containerMeta: JSON.stringify({ data: `Hola ${number}` }),
    ...more,
  };
}

const ALL = Array.from({ length: 250 }, (_, number) => item(number));

function countOf(outcome: TemplatesOutcome): number {
  assert.ok(outcome.kind === "listed");
  return new Set(outcome.templates.map((one) => one.providerTemplateId)).size;
}

it("all pages are read, whether they count from 0 or from 1 or are passed over", async () => {
  const page = (start: number) => ({ status: "success", templates: ALL.slice(start, start + 100) });
  const asked: string[] = [];
  const pageOf = (url: URL) => Number(url.searchParams.get("pageNo"));
  const fromZero = await upstream((url) => page(pageOf(url) * 100), asked);
  assert.equal(countOf(await listTemplates(fromZero)), 250);
  assert.deepEqual(asked[0], "GET /wa/app/app-id/template?pageNo=0&pageSize=100 secret-key");
  const fromOne = await upstream((url) => page(Math.max(0, pageOf(url) - 1) * 100));
  assert.equal(countOf(await listTemplates(fromOne)), 250);
  for (const count of [0, 100, 250]) {
    const whole = await upstream(() => ({ status: "success", templates: ALL.slice(0, count) }));
    assert.equal(countOf(await listTemplates(whole)), count);
  }
});

it("a page that fails fails the whole", async () => {
  const broken = await upstream((url) =>
    url.searchParams.get("pageNo") === "0" ? { templates: ALL.slice(0, 100) } : 500,
  );
  const outcome = await listTemplates(broken);
  assert.ok(outcome.kind === "refused");
  assert.equal(outcome.failure.retry.kind, "soon");
});

it("the parts of a template are read from where they stand apart", () => {
  const buttons = [
    { type: "QUICK_REPLY", text: "Sí" },
    { type: "URL", text: "Ver", url: "https://x.example/{{1}}", example: ["https://x.example/1"] },
    { type: "PHONE_NUMBER", text: "Llamar", phone_number: "+573001112233" },
  ];
  const parts = { data: "Hola {{1}}", header: "Pedido {{1}}", footer: "Adiós", buttons };
  const read = readTemplate(item(1, { containerMeta: JSON.stringify(parts), data: "otra cosa" }));
  assert.ok(read.kind === "template");
  assert.deepEqual(read.template.definition, {
    header: { format: "text", text: "Pedido {{1}}" },
    body: "Hola {{1}}",
    footer: "Adiós",
    buttons: [
      { kind: "quick_reply", text: "Sí", target: null },
      { kind: "url", text: "Ver", target: "https://x.example/{{1}}" },
      { kind: "phone_number", text: "Llamar", target: "+573001112233" },
    ],
    parameterFormat: "positional",
  });
});

it("an old template is read from its one text", () => {
  const data = "Hola {{1}} | [Sí] | [Ver,https://x.example] | [Llamar,+573001112233]";
  const read = readTemplate(item(1, { containerMeta: "{}", data }));
  assert.ok(read.kind === "template");
  assert.equal(read.template.definition.body, "Hola {{1}}");
  assert.deepEqual(
    read.template.definition.buttons.map(({ kind, target }) => [kind, target]),
    [
      ["quick_reply", null],
      ["url", "https://x.example"],
      ["phone_number", "+573001112233"],
    ],
  );
});

it("media headers, names of variables and codes are told from the rest", () => {
  const image = readTemplate(item(1, { templateType: "IMAGE" }));
  assert.ok(image.kind === "template");
  assert.deepEqual(image.template.definition.header, { format: "image", text: null });
  const named = readTemplate(
    item(1, { containerMeta: JSON.stringify({ data: "Hola {{nombre}}" }) }),
  );
  assert.ok(named.kind === "template");
  assert.equal(named.template.definition.parameterFormat, "named");
  const code = readTemplate(item(1, { category: "AUTHENTICATION", containerMeta: "{}" }));
  assert.ok(code.kind === "template");
  assert.equal(code.template.definition.body, "{{1}}");
});

it("states are folded; an unknown one sends nothing", () => {
  const folded = ["APPROVED", "IN_REVIEW", "FAILED", "PAUSED", "DESACTIVATED", "WHATEVER"].map(
    (status) => {
      const read = readTemplate(item(1, { status }));
      return read.kind === "template" ? read.template.status : read.why;
    },
  );
  const expected = ["approved", "pending", "rejected", "paused", "disabled", "pending"];
  assert.deepEqual(folded, expected);
});

it("what cannot be sent is skipped by name", () => {
  const cases: [object, string][] = [
    [{ templateType: "CAROUSEL" }, "template of type CAROUSEL"],
    [{ templateType: "toString" }, "template of type TOSTRING"],
    [
      { containerMeta: JSON.stringify({ data: "x", buttons: [{ type: "MPM" }] }) },
      "button of type MPM",
    ],
    [{ containerMeta: "{}" }, "without a body"],
    [{ category: "ACCOUNT_UPDATE" }, "without id, language or known category"],
    [{ id: null }, "without id, language or known category"],
  ];
  for (const [more, why] of cases) {
    assert.deepEqual(readTemplate(item(1, more)), { kind: "skipped", name: "t_1", why });
  }
  assert.equal(readTemplate(null).kind, "skipped");
});

it("a new template goes out as a form, with a finished example", async () => {
  let form: Record<string, string> = {};
  const call = await upstream((_url, sent) => {
    form = Object.fromEntries(sent);
    return {
      status: "success",
      template: { id: "uuid", status: "PENDING", category: "MARKETING" },
    };
  });
  const created = await createTemplate({
    ...call,
    template: {
      name: "pedido",
      language: "es_CO",
      category: "utility",
      definition: {
        header: { format: "text", text: "Pedido {{1}}" },
        body: "Hola {{1}}, llega {{2}}.",
        footer: "Adiós",
        buttons: [{ kind: "url", text: "Ver", target: "https://x.example/{{1}}" }],
        parameterFormat: "positional",
      },
      examples: ["77", "Ana", "hoy", "p77"],
      headerHandle: null,
    },
  });
  assert.deepEqual(created, {
    kind: "created",
    providerTemplateId: "uuid",
    status: "pending",
    category: "marketing",
  });
  assert.deepEqual(form, {
    elementName: "pedido",
    languageCode: "es_CO",
    category: "UTILITY",
    templateType: "TEXT",
    vertical: "pedido",
    content: "Hola {{1}}, llega {{2}}.",
    example: "Hola Ana, llega hoy.",
    enableSample: "true",
    allowTemplateCategoryChange: "false",
    header: "Pedido {{1}}",
    exampleHeader: "Pedido 77",
    footer: "Adiós",
    buttons: JSON.stringify([
      {
        type: "URL",
        text: "Ver",
        url: "https://x.example/{{1}}",
        example: ["https://x.example/p77"],
      },
    ]),
  });
});

it("a submission that is refused or lost is not made again", async () => {
  const template = {
    name: "pedido",
    language: "es_CO",
    category: "utility",
    definition: {
      header: null,
      body: "x",
      footer: null,
      buttons: [],
      parameterFormat: "positional",
    },
    examples: [],
    headerHandle: null,
  } as const;
  const sentence = "Template Already exists with same namespace and elementName and languageCode";
  for (const said of [{ status: "error", message: sentence }, 500, "<html>"]) {
    const call = await upstream(() => said);
    const mutable = { ...template, definition: { ...template.definition, buttons: [] } };
    const outcome = await createTemplate({ ...call, template: mutable });
    assert.ok(outcome.kind === "refused");
    assert.equal(outcome.failure.retry.kind, "never");
  }
});
