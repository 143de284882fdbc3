import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { WsRefusal } from "@recado/contract/ws-codes";
import type { CapReached } from "../domain/limits.ts";
import {
  GUARD,
  makeApiSend,
  makeTemplate,
  makeWsSend,
  PRICE,
  SNAPSHOT,
  withApiToken,
} from "../testkit/plain-account.ts";
import type { ResolvedSend, Standing } from "./decide.ts";
import { explainRefusal } from "./explain-refusal.ts";

const STANDING: Standing = {
  ...{ balance: 5_000n, repeated: false, marketingCount: 0, optedOut: false, cap: null },
};

function explain(send: ResolvedSend, refusal: WsRefusal, more: Partial<Standing> = {}) {
  const { code, message, errors } = explainRefusal(send, refusal, { ...STANDING, ...more });
  return [
    code,
    errors.length > 0 ? Object.fromEntries(errors.map((one) => [one.path, one.message])) : message,
  ];
}

/** Template 1 with this make-up. */
function sendOf(
  make: Parameters<typeof makeTemplate>[1],
  fields: Parameters<typeof makeApiSend>[0] = {},
) {
  const templatesByNumber = new Map([[1, makeTemplate(1, make)]]);
  return makeApiSend(fields, withApiToken({ ...SNAPSHOT, templatesByNumber }));
}

const cap = (more: Partial<CapReached>): Partial<Standing> => ({
  cap: {
    scope: "account",
    name: "",
    counts: "messages",
    max: 10n,
    used: 9n,
    freesAt: null,
    ...more,
  },
});

describe("a refusal says", () => {
  test("who may not send, from where, and to which number", () => {
    assert.deepEqual(explain(makeApiSend(), 2), [
      "unauthenticated",
      "The token may not send messages any more.",
    ]);
    assert.deepEqual(explain(makeApiSend(), 3), [
      "no_project",
      "The account has no project that this token may send from.",
    ]);
    assert.deepEqual(explain(makeApiSend({ projectId: "other" }), 3), [
      "no_project",
      { project_id: "there is no such project for this token" },
    ]);
    const two = withApiToken({ ...SNAPSHOT, countries: ["CO", "MX"] });
    assert.deepEqual(explain(makeApiSend({}, two), 4), [
      "invalid_mobile",
      { mobile: "must be a valid number of CO, MX: digits, country code first, no +" },
    ]);
    const one = explainRefusal(makeApiSend(), 4, STANDING);
    assert.match(one.message, /^mobile: must be .+\.$/u, "and in a sentence the first of them");
  });

  test("what stands against it: the project, its number, a price that there is none of, or money", () => {
    const send = makeApiSend();
    const { project } = send;
    assert.ok(project);
    const inactive = { ...send, project: { ...project, active: false } };
    assert.deepEqual(explain(inactive, 5), ["project_inactive", "The project is not active."]);
    const mute = { ...send, project: { ...project, channelId: null } };
    assert.deepEqual(explain(mute, 5), [
      "project_inactive",
      "The project has no active WhatsApp number.",
    ]);
    assert.deepEqual(explain({ ...send, price: null }, 5), [
      "no_price",
      "There is no price for marketing messages to CO; ask your operator.",
    ]);
    assert.deepEqual(explain(send, 5), [
      "insufficient_balance",
      "The message costs 250.00 COP and the balance is 0.50 COP.",
    ]);
    assert.equal(PRICE, 2_500_000n);
  });

  test("what is empty: all of it, or which variable", () => {
    assert.deepEqual(explain(makeApiSend({ template: null, text: null }), 6), [
      "empty_message",
      "Send a template, a text that is not blank, or a file.",
    ]);
    const definition = { ...makeTemplate(1).definition, body: "{{1}} {{2}} {{3}}" };
    const send = sendOf({ definition, variables: 3 }, { variables: ["a", " ", ""] });
    assert.deepEqual(explain(send, 6), [
      "blank_variable",
      { "variables.2": "is blank", "variables.3": "is blank" },
    ]);
  });

  test("which template is not there, not approved and why, or became dearer", () => {
    const [code, errors] = explain(makeApiSend({ template: { number: 9 } }), 7);
    assert.equal(code, "template_not_found");
    assert.match(JSON.stringify(errors), /"template":"there is no such template/u);
    assert.deepEqual(explain(sendOf({ status: "paused" }), 7), [
      "template_not_approved",
      { template: "t is paused" },
    ]);
    const rejected = { status: "rejected", rejectedReason: "INVALID_FORMAT" } as const;
    assert.deepEqual(explain(sendOf(rejected), 7), [
      "template_not_approved",
      { template: "t is rejected: INVALID_FORMAT" },
    ]);
    assert.deepEqual(explain(makeWsSend({ idTemplate: "2" }), 7), [
      "template_not_approved",
      { id_template: "t is paused" },
    ]);
    const [guarded, waiting] = explain(sendOf({ guard: GUARD }), 7, { guardUsed: 100 });
    assert.equal(guarded, "category_guard");
    assert.match(
      String(waiting),
      /^t: .+ 100 messages have left since; .+ POST \/v1\/templates\/1\/category-decision\.$/u,
    );
    const [, said] = explain(sendOf({ guard: { ...GUARD, state: "rejected" } }), 7);
    assert.match(String(said), /Somebody decided against it\./u);
    const both = sendOf({ guard: { ...GUARD, state: "rejected" }, status: "paused" });
    assert.equal(explain(both, 7)[0], "template_not_approved");
  });

  test("which variables are missing, too many, unknown or unreadable", () => {
    const body = (text: string, more = {}) => ({
      ...makeTemplate(1).definition,
      body: text,
      ...more,
    });
    const two = { definition: body("{{1}} {{2}}"), variables: 2 };
    assert.deepEqual(explain(sendOf(two, { variables: [] }), 8), [
      "variables_mismatch",
      { "variables.1": "is missing", "variables.2": "is missing" },
    ]);
    assert.deepEqual(explain(sendOf(two, { variables: ["a", "b", "c"] }), 8), [
      "variables_mismatch",
      { variables: "the template has 2 and 3 came" },
    ]);
    const named = {
      definition: body("{{who}} {{who}} {{when}}", { parameterFormat: "named" }),
      variables: 2,
    };
    assert.deepEqual(explain(sendOf(named, { variables: { who: "Ana", what: "x" } }), 8), [
      "variables_mismatch",
      {
        "variables.when": "is missing",
        "variables.what": "is not a variable of this template: the template has who, when",
      },
    ]);
    assert.deepEqual(
      explain(sendOf({ definition: body("Hola"), variables: 0 }, { variables: { a: "x" } }), 8),
      [
        "variables_mismatch",
        { "variables.a": "is not a variable of this template: the template has none" },
      ],
    );
    const unreadable = makeWsSend({ templateVariables: "[a" });
    const [code, errors] = explain(unreadable, 8);
    assert.deepEqual([code, Object.keys(errors as object)], ["variables_mismatch", ["variables"]]);
    const extras = {
      session: null,
      referred: null,
      payloads: [{ button: 4, payload: "x" }],
      place: null,
    };
    assert.deepEqual(explain(sendOf({}, { extras }), 8), [
      "variables_mismatch",
      { "button_payloads.0.button": "is not the place of a quick-reply button of this template" },
    ]);
  });

  test("which limit was reached, and when it frees", () => {
    assert.deepEqual(explain(makeApiSend(), 9), [
      "repeated_message",
      "The same message was accepted for this mobile less than 60 seconds ago.",
    ]);
    const [project] = SNAPSHOT.projects.values();
    assert.ok(project);
    const slow = { ...project, marketingMax: 3, marketingWindowMs: 5_400_000 };
    const snapshot = withApiToken({ ...SNAPSHOT, projects: new Map([["project", slow]]) });
    assert.deepEqual(explain(makeApiSend({}, snapshot), 10), [
      "marketing_limit",
      "This mobile has had 3 marketing messages of this project in 1.5 hours.",
    ]);
    assert.deepEqual(explain(makeApiSend(), 11), [
      "opted_out",
      "This mobile is on the project's opt-out list: it gets no marketing.",
    ]);
    const freesAt = new Date("2026-11-23T05:00:00Z");
    assert.deepEqual(explain(makeApiSend(), 12, cap({ freesAt })), [
      "cap_reached",
      "The cap of the account is 10 messages a day, of which 9 messages are used. It frees at 2026-11-23T05:00:00.000Z.",
    ]);
    const money = cap({
      scope: "campaign",
      name: "navidad",
      counts: "money",
      max: 20_000n,
      used: 0n,
    });
    assert.deepEqual(explain(makeApiSend(), 12, money), [
      "cap_reached",
      "The cap of the campaign navidad is 2.00 COP, of which 0.00 COP are used. It frees when its limit is raised or a message of it is refunded.",
    ]);
  });

  test("what is wrong with a file, a place, a quote, or the length of a text", () => {
    const png = {
      kind: "file",
      file: { storageKey: "b", sha256: "00", bytes: 1, type: "png" },
    } as const;
    const none = { session: null, referred: null, payloads: [], place: null };
    const place = { latitude: 1, longitude: 1 };
    assert.deepEqual(explain(sendOf({ header: "image" }), 1008), [
      "media_missing",
      { media: "the template's header needs a file: image" },
    ]);
    const located = (given: object | null) =>
      explain(
        sendOf(
          { header: "location" },
          { extras: { ...none, place: given as typeof place | null } },
        ),
        1008,
      )[1];
    assert.deepEqual(located(null), { location: "the template's header needs a place" });
    assert.deepEqual(located(place), { "location.name": "is needed in a template's header" });
    assert.deepEqual(located({ ...place, name: "a" }), {
      "location.address": "is needed in a template's header",
    });
    assert.deepEqual(explain(sendOf({}, { media: png }), 1005), [
      "media_mismatch",
      { media: "the template's media header is: none and the file is png" },
    ]);
    assert.deepEqual(explain(sendOf({}, { extras: { ...none, place } }), 1005), [
      "media_mismatch",
      { location: "the template's media header is: none" },
    ]);
    const webp = { ...png, file: { ...png.file, type: "webp" } } as const;
    const text = { template: null, text: "hola", variables: [] };
    assert.deepEqual(explain(makeApiSend({ ...text, media: webp }), 1005), [
      "media_mismatch",
      { media: "a sticker takes no text" },
    ]);
    const referred = {
      id: "q",
      channelId: "other",
      mobile: "573001234567",
      providerMessageId: "w",
    };
    const elsewhere = "is a message of another mobile or of another number of yours";
    assert.deepEqual(explain(makeApiSend({ ...text, extras: { ...none, referred } }), 1005), [
      "message_not_referable",
      { reply_to: elsewhere },
    ]);
    const reaction = { kind: "reaction", reaction: { message_id: "q", emoji: "👍" } } as const;
    const reacting = makeApiSend({
      ...text,
      text: null,
      extras: { ...none, referred, session: reaction },
    });
    assert.deepEqual(explain(reacting, 1005), [
      "message_not_referable",
      { "reaction.message_id": elsewhere },
    ]);
    assert.deepEqual(
      explain(makeApiSend({ ...text, media: { kind: "invalid", why: "is no URL" } }), 1010),
      ["media_invalid", { media: "is no URL" }],
    );
    const large = { ...text, text: "x".repeat(4_097), customField: "x".repeat(1_001) };
    assert.deepEqual(
      explain(makeApiSend({ ...large, media: { kind: "too-large", bytesMax: 7 } }), 1011),
      [
        "content_too_large",
        {
          media: "may have 7 bytes",
          custom_field: "may have 1000 characters",
          text: "may have 4096 characters",
        },
      ],
    );
    const fitting = makeApiSend({
      ...text,
      text: "x".repeat(4_096),
      customField: "x".repeat(1_000),
    });
    assert.deepEqual(explainRefusal(fitting, 1011, STANDING).errors, []);
  });
});
