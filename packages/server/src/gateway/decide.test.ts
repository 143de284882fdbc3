import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { WS_PRECEDENCE, type WsRefusal } from "@recado/contract/ws-codes";
import fc from "fast-check";
import type { AccountSnapshot } from "../domain/account-snapshot.ts";
import type { TemplateGuard } from "../domain/category-guard.ts";
import type { CapReached } from "../domain/limits.ts";
import {
  GUARD,
  TOKEN_HASH as HASH,
  makeTemplate,
  NOW,
  PRICE,
  SNAPSHOT,
  TOKEN,
} from "../testkit/plain-account.ts";
import { judgeSend, type Standing } from "./decide.ts";
import { resolveSend } from "./resolve-send.ts";
import { prepareSend, type WsSendRequest } from "./send-request.ts";

const CAP: CapReached = {
  ...{ scope: "account", name: "", counts: "messages" },
  ...{ max: 10n, used: 10n, freesAt: null },
};

interface Case {
  snapshot: AccountSnapshot;
  request: WsSendRequest;
  standing: Standing;
}

const good = (): Case => ({
  snapshot: SNAPSHOT,
  request: {
    source: "ws",
    login: "ana",
    token: TOKEN,
    mobile: "573001234567",
    idTemplate: "1",
    message: undefined,
    templateVariables: "[Ana]",
    customField: "",
    mediaName: "",
    media: null,
  },
  standing: { balance: PRICE, repeated: false, marketingCount: 0, optedOut: false, cap: null },
});

const FILE = { storageKey: "0", sha256: "0", bytes: 1, type: "pdf" } as const;

/** What spoils a good send so that this code, and no other, is answered. */
const FAULTS: Record<string, { code: WsRefusal; spoil(one: Case): void }> = {
  "wrong token": { code: 2, spoil: (one) => (one.request.token = "other") },
  "another's login": { code: 2, spoil: (one) => (one.request.login = "eva") },
  "disabled account": {
    code: 2,
    spoil: (one) => (one.snapshot = { ...one.snapshot, active: false }),
  },
  "no project": {
    code: 3,
    spoil(one) {
      const templatesByNumber = new Map();
      const none = { projects: new Map(), defaultProjectId: null, templatesByNumber };
      one.snapshot = { ...one.snapshot, ...none };
    },
  },
  "bad mobile": { code: 4, spoil: (one) => (one.request.mobile = "3001234567") },
  "no balance": { code: 5, spoil: (one) => (one.standing.balance = PRICE - 1n) },
  "inactive number": {
    code: 5,
    spoil(one) {
      const [channel] = one.snapshot.channels.values();
      assert.ok(channel);
      one.snapshot = {
        ...one.snapshot,
        channels: new Map([["channel", { ...channel, active: false }]]),
      };
    },
  },
  "blank variable": { code: 6, spoil: (one) => (one.request.templateVariables = "[ ]") },
  "paused template": { code: 7, spoil: (one) => (one.request.idTemplate = "2") },
  "wrong count": { code: 8, spoil: (one) => (one.request.templateVariables = "[a] [b]") },
  "unreadable variables": { code: 8, spoil: (one) => (one.request.templateVariables = "[a") },
  repeated: { code: 9, spoil: (one) => (one.standing.repeated = true) },
  "marketing cap": { code: 10, spoil: (one) => (one.standing.marketingCount = 2) },
  "guarded template whose limit is used up": {
    code: 7,
    spoil(one) {
      one.request.idTemplate = "4";
      one.standing.guardUsed = 100;
    },
  },
  "opted out": { code: 11, spoil: (one) => (one.standing.optedOut = true) },
  "cap reached": { code: 12, spoil: (one) => (one.standing.cap = CAP) },
  "header without media": { code: 1008, spoil: (one) => (one.request.idTemplate = "3") },
  "media without header": {
    code: 1005,
    spoil: (one) => (one.request.media = { kind: "file", file: FILE }),
  },
  "custom field too long": {
    code: 1011,
    spoil: (one) => (one.request.customField = "x".repeat(1_001)),
  },
};

function judge({ snapshot, request, standing }: Case): WsRefusal | null {
  return judgeSend(resolveSend(prepareSend(request), snapshot, NOW), standing);
}

describe("a send", () => {
  test("without a fault is accepted, down to the last cent of the balance", () => {
    assert.equal(judge(good()), null);
  });

  for (const [name, { code, spoil }] of Object.entries(FAULTS)) {
    test(`with the fault "${name}" answers ${code}`, () => {
      const one = good();
      spoil(one);
      assert.equal(judge(one), code);
    });
  }

  test("with any two faults answers the one that comes first in the manual's order", () => {
    const place = (code: WsRefusal) => WS_PRECEDENCE.indexOf(code);
    for (const [first, one] of Object.entries(FAULTS)) {
      for (const [second, other] of Object.entries(FAULTS)) {
        if (first !== second && areOfOneField(first, second)) continue;
        const spoilt = good();
        one.spoil(spoilt);
        other.spoil(spoilt);
        const codes = [one.code, other.code].sort((left, right) => place(left) - place(right));
        assert.equal(judge(spoilt), codes[0], `${first} + ${second}`);
      }
    }
  });

  test("is never accepted with less than its price, nor refused for money with as much", () => {
    const amounts = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n });
    fc.assert(
      fc.property(amounts, amounts, (balance, price) => {
        const one = good();
        const amount = price < 0n ? -price : price;
        const [first] = SNAPSHOT.prices;
        assert.ok(first);
        one.snapshot = { ...SNAPSHOT, prices: [{ ...first, amount }] };
        one.standing.balance = balance;
        assert.equal(judge(one), balance < amount ? 5 : null);
      }),
    );
  });

  test("of a guarded template leaves until its limit is used up, and none once somebody said no", () => {
    const guarded = (used: number, guard: Partial<TemplateGuard> = {}) => {
      const one = good();
      one.request.idTemplate = "4";
      one.standing.guardUsed = used;
      const templates = new Map([[4, makeTemplate(4, { guard: { ...GUARD, ...guard } })]]);
      one.snapshot = { ...one.snapshot, templatesByNumber: templates };
      return judge(one);
    };
    assert.deepEqual([guarded(0), guarded(99), guarded(100)], [null, null, 7]);
    assert.equal(guarded(0, { state: "rejected" }), 7);
  });

  test("without a price for it is refused: nothing leaves for nothing by mistake", () => {
    const one = good();
    one.snapshot = { ...SNAPSHOT, prices: [] };
    assert.equal(judge(one), 5);
    const [price] = SNAPSHOT.prices;
    assert.ok(price);
    const bounds = [{ fromMs: NOW + 1 }, { toMs: NOW }, { country: "MX" }];
    for (const bound of bounds) {
      one.snapshot = { ...SNAPSHOT, prices: [{ ...price, ...bound }] };
      assert.equal(judge(one), 5);
    }
  });

  test("of free text looks at neither variables nor the marketing cap", () => {
    const one = good();
    Object.assign(one.request, { idTemplate: undefined, message: "hola", templateVariables: "[" });
    Object.assign(one.standing, { marketingCount: 9, balance: 0n });
    assert.equal(judge(one), null);
    one.request.message = "x".repeat(4_097);
    assert.equal(judge(one), 1011);
    one.request.message = " \n ";
    assert.equal(judge(one), 6);
  });

  test("through a token confined to another project does not find the template", () => {
    const one = good();
    const [token] = SNAPSHOT.tokens.values();
    const [project] = SNAPSHOT.projects.values();
    assert.ok(token && project);
    const other = { ...project, id: "other" };
    one.snapshot = {
      ...SNAPSHOT,
      tokens: new Map([[HASH, { ...token, projectId: "other" }]]),
      projects: new Map([...SNAPSHOT.projects, ["other", other]]),
    };
    assert.equal(judge(one), 7);
  });

  test("by a token that is expired, of a disabled person, or of another kind answers 2", () => {
    const [token] = SNAPSHOT.tokens.values();
    assert.ok(token);
    const dead = [{ expiresAtMs: NOW }, { active: false }, { kind: "api" as const }, { login: "" }];
    for (const more of dead) {
      const one = good();
      if ("login" in more) one.request.login = "";
      one.snapshot = { ...SNAPSHOT, tokens: new Map([[HASH, { ...token, ...more }]]) };
      assert.equal(judge(one), 2, JSON.stringify(more));
    }
  });
});

/** Faults of which the second would take the first one's place, or cure it. */
const FIELDS = [
  ["blank variable", "wrong count", "unreadable variables"],
  [
    "paused template",
    "guarded template whose limit is used up",
    "header without media",
    "media without header",
  ],
];

function areOfOneField(first: string, second: string): boolean {
  return FIELDS.some((names) => names.includes(first) && names.includes(second));
}
