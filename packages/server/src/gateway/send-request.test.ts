import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  makeApiSend,
  makeTemplate,
  makeWsSend,
  NOW,
  SNAPSHOT,
  withApiToken,
} from "../testkit/plain-account.ts";
import { resolveSend } from "./resolve-send.ts";
import { type ApiSendRequest, type ConsoleSendRequest, prepareSend } from "./send-request.ts";

const FREE = { template: null, text: "hola", variables: [] } as const;
const nothing = { session: null, referred: null, payloads: [], place: null };
const png = (sha256: string) =>
  ({ kind: "file", file: { storageKey: sha256, sha256, bytes: 1, type: "png" } }) as const;

describe("a send by the manual's API", () => {
  const wanted = (fields: Parameters<typeof makeWsSend>[0]) => makeWsSend(fields).prepared.wanted;

  test("is of its template when it names one, whatever its text is, else of its text unless that is blank", () => {
    assert.deepEqual(wanted({ idTemplate: " 12 ", message: "hola" }), {
      kind: "template",
      by: { number: 12 },
    });
    for (const idTemplate of ["uno", "1234567890", "-1", "1.5"])
      assert.deepEqual(wanted({ idTemplate }), { kind: "template", by: { number: null } });
    assert.deepEqual(wanted({ idTemplate: " ", message: " hola " }), {
      kind: "text",
      text: " hola ",
    });
    assert.equal(wanted({ idTemplate: undefined, message: " " }), null);
    assert.equal(wanted({ idTemplate: undefined, message: undefined }), null);
  });

  test("is by the person whose token and login it has, in whatever case", () => {
    assert.equal(makeWsSend({ login: " ANA " }).refusal, null);
    for (const login of ["", "an", "anaa", "x".repeat(600)])
      assert.equal(makeWsSend({ login }).refusal, 2, login);
  });
});

describe("a send by /v1", () => {
  test("is of a template, a session content, a text or a file, the first of them that is there", () => {
    const session = { kind: "location", place: { latitude: 1, longitude: 2 } } as const;
    const wanted = (fields: Partial<ApiSendRequest>) => makeApiSend(fields).prepared.wanted;
    const extras = { ...nothing, session };
    assert.deepEqual(wanted({ extras }), { kind: "template", by: { number: 1 } });
    assert.deepEqual(wanted({ ...FREE, extras }), { kind: "session", content: session });
    assert.deepEqual(wanted(FREE), { kind: "text", text: "hola" });
    assert.deepEqual(wanted({ ...FREE, text: null, media: png("a") }), { kind: "text", text: "" });
    assert.equal(wanted({ ...FREE, text: " " }), null);
  });

  test("needs a token that may send", () => {
    const snapshot = withApiToken(SNAPSHOT);
    const tokens = new Map(
      [...snapshot.tokens].map(([key, one]) => [key, { ...one, scopes: ["messages:read"] }]),
    );
    assert.equal(makeApiSend({}, { ...snapshot, tokens }).refusal, 2);
    assert.equal(makeApiSend({ tokenHash: "00" }).refusal, 2);
    const session = makeApiSend({ tokenHash: "", accountId: "account" });
    assert.equal(session.refusal, null, "or a person's session, which vouches for the account");
  });

  test("goes to the project that it names, if the token may send from it", () => {
    const [one] = SNAPSHOT.projects.values();
    assert.ok(one);
    const projects = new Map([...SNAPSHOT.projects, ["other", { ...one, id: "other" }] as const]);
    const snapshot = withApiToken({ ...SNAPSHOT, projects });
    const find = (projectId: string | null, confinedTo: string | null = null) => {
      const tokens = new Map(
        [...snapshot.tokens].map(([key, token]) => [key, { ...token, projectId: confinedTo }]),
      );
      return makeApiSend({ ...FREE, projectId }, { ...snapshot, tokens }).project?.id;
    };
    assert.deepEqual(
      [find(null), find("other"), find("nobody's")],
      ["project", "other", undefined],
    );
    assert.deepEqual([find(null, "other"), find("project", "other")], ["other", undefined]);
  });

  test("finds a template by its name: the token's project's, or the default one's when several have it", () => {
    const projects = new Map(
      ["project", "other", "third"].flatMap((id) =>
        [...SNAPSHOT.projects.values()].map((one) => [id, { ...one, id }] as const),
      ),
    );
    const templatesByNumber = new Map([
      [1, makeTemplate(1, { projectId: "other" })],
      [2, makeTemplate(2, { name: "solo", projectId: "other" })],
      [3, makeTemplate(3)],
    ]);
    const snapshot = withApiToken({ ...SNAPSHOT, projects, templatesByNumber });
    const find = (name: string, more: Partial<ApiSendRequest> = {}) =>
      makeApiSend({ template: { name, language: "es" }, ...more }, snapshot).template?.number;
    assert.deepEqual(
      [
        find("t"),
        find("solo"),
        find("nada"),
        find("t", { projectId: "other" }),
        find("t", { projectId: "third" }),
      ],
      [3, 2, undefined, 1, undefined],
    );
    const undecided = { ...snapshot, defaultProjectId: null };
    assert.equal(
      makeApiSend({ template: { name: "t", language: "es" } }, undecided).template,
      null,
    );
    assert.equal(makeApiSend({ template: { name: "t", language: "en" } }, snapshot).template, null);
    const confined = new Map(
      [...snapshot.tokens].map(([key, one]) => [key, { ...one, projectId: "other" }]),
    );
    const by = (template: ApiSendRequest["template"]) =>
      makeApiSend({ template }, { ...snapshot, tokens: confined }).template?.number;
    assert.deepEqual(
      [by({ name: "t", language: "es" }), by({ number: 3 }), by({ number: 1 })],
      [1, undefined, 1],
    );
  });

  test("takes values by name when all are there and no other, in the order of the template", () => {
    const definition = {
      ...makeTemplate(1).definition,
      body: "{{who}} {{when}}",
      parameterFormat: "named",
    } as const;
    const snapshot = withApiToken({
      ...SNAPSHOT,
      templatesByNumber: new Map([[1, makeTemplate(1, { definition, variables: 2 })]]),
    });
    const read = (variables: Record<string, string>) =>
      makeApiSend({ variables }, snapshot).variables;
    assert.deepEqual(read({ when: "hoy", who: "Ana" }), ["Ana", "hoy"]);
    assert.equal(read({ who: "Ana" }), null);
    assert.equal(read({ who: "Ana", when: "hoy", what: "x" }), null);
    assert.equal(makeApiSend({ ...FREE, variables: { who: "Ana" } }, snapshot).variables, null);
  });
});

describe("what is said", () => {
  const digest = (fields: Partial<ApiSendRequest>) => makeApiSend(fields).digest;

  test("is the same by whatever door and under whatever note, and another with anything else in it", () => {
    assert.equal(makeWsSend().digest, digest({ customField: "A-1", campaign: "navidad" }));
    const said = [
      digest({}),
      digest({ variables: ["Eva"] }),
      digest({ template: { number: 3 } }),
      digest(FREE),
      digest({ ...FREE, text: "adiós" }),
      digest({ ...FREE, media: png("a") }),
      digest({ ...FREE, media: png("b") }),
      digest({ ...FREE, media: { kind: "url", url: "https://example.com/a" } }),
      digest({ ...FREE, extras: nothing }),
    ];
    assert.equal(new Set(said).size, said.length);
  });
});

describe("a key's request", () => {
  const digest = (fields: Partial<ApiSendRequest>) =>
    makeApiSend({ idempotencyKey: "k", ...fields }).prepared.idempotency?.digest;

  test("is the same however its names are ordered and its number is surrounded", () => {
    assert.equal(makeApiSend().prepared.idempotency, null);
    assert.equal(digest({ mobile: " 573001234567 " }), digest({}));
    assert.equal(
      digest({ variables: { a: "1", b: "2" } }),
      digest({ variables: { b: "2", a: "1" } }),
    );
    assert.equal(digest({ waitForBalance: false, campaign: null }), digest({}));
  });

  test("is what it was before an upgrade: a send under way then is not made twice", () => {
    assert.match(digest({}) ?? "", /^378b5cbd4467203d/u);
    const ws = makeWsSend({ idempotencyKey: "k" }).prepared.idempotency?.digest;
    assert.match(ws ?? "", /^b41ae7b9f6a4ae1f/u);
  });

  test("is another one with anything else in it", () => {
    const said = [
      ...[{}, { mobile: "573001234568" }, { projectId: "p" }, { variables: ["Eva"] }, FREE],
      ...[{ variables: { a: "1" } }, { variables: { a: "2" } }, { template: { number: 2 } }],
      ...[{ customField: "A" }, { mediaName: "a" }, { media: png("a") }, { sendAtMs: NOW }],
      ...[{ validForMs: 1 }, { waitForBalance: true }, { campaign: "c" }, { extras: nothing }],
      ...[{ campaign: "c", waitForBalance: true }, { media: { kind: "url", url: "a" } as const }],
    ].map((fields) => digest(fields as Partial<ApiSendRequest>));
    assert.equal(new Set(said).size, said.length);
    const ws = makeWsSend({ idempotencyKey: "k" }).prepared.idempotency?.digest;
    assert.equal(said.includes(ws), false, "nor is it the other door's");
  });
});

test("a person in the console sends by the conversation's number, as the account and no token of it", () => {
  const request: ConsoleSendRequest = {
    ...{ source: "console", accountId: "account", projectId: "project", userId: "ana" },
    ...{ channelId: "second", ...FREE, extras: null, mobile: "573001234567" },
    ...{ customField: "", mediaName: "", media: null },
  };
  const [channel] = SNAPSHOT.channels.values();
  assert.ok(channel);
  const second = { ...channel, id: "second" };
  const channels = new Map([...SNAPSHOT.channels, ["second", second] as const]);
  const send = resolveSend(prepareSend(request), { ...SNAPSHOT, channels }, NOW);
  assert.deepEqual(
    [send.refusal, send.project?.channelId, send.prepared.userId],
    [null, "second", "ana"],
  );
  const hidden = (fields: Partial<ConsoleSendRequest>, provider = "meta-cloud") => {
    const all = new Map([["second", { ...second, provider }]]);
    const code = makeTemplate(1, { category: "authentication" });
    const snapshot = { ...SNAPSHOT, channels: all, templatesByNumber: new Map([[1, code]]) };
    const given = { ...request, mobile: "CO.a1b2", ...fields };
    return resolveSend(prepareSend(given), snapshot, NOW).mobile?.digits;
  };
  assert.equal(hidden({}), "CO.a1b2", "also to whoever hides the number");
  assert.equal(hidden({}, "gupshup"), undefined, "where WhatsApp gives a way to");
  assert.equal(hidden({ template: { number: 1 } }), undefined, "and no code");
  assert.equal(makeApiSend({ ...FREE, mobile: "CO.a1b2" }).refusal, 4, "which no integrator may");
  const disabled = resolveSend(prepareSend(request), { ...SNAPSHOT, channels, active: false }, NOW);
  assert.equal(disabled.refusal, 2);
});

test("the platform's own words are a text or buttons, by the number that the person wrote to", () => {
  const own = {
    source: "auto",
    ...{ accountId: "account", projectId: "project", mobile: "CO.a1b2" },
    ...{ text: "hola", customField: "", mediaName: "", media: null },
  } as const;
  const plain = prepareSend(own);
  assert.deepEqual([plain.wanted, plain.extras], [{ kind: "text", text: "hola" }, null]);
  assert.deepEqual(plain.variables, { kind: "list", values: [] });
  const interactive = { type: "location_request", text: "¿Dónde?" } as never;
  const asked = prepareSend({ ...own, interactive });
  const session = { kind: "interactive", interactive };
  assert.deepEqual(asked.wanted, { kind: "session", content: session });
  assert.deepEqual(asked.extras, { ...nothing, session });
  assert.equal(resolveSend(plain, SNAPSHOT, NOW).mobile?.digits, "CO.a1b2");
});
