import assert from "node:assert/strict";
import { hash, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, beforeEach, describe, test } from "node:test";
import { createToken } from "../accounts/tokens.ts";
import { createAddressGuard } from "../platform/address-guard.ts";
import { createSafeFetch, type SafeFetch } from "../platform/safe-fetch.ts";
import { createSecretBox } from "../platform/secret-box.ts";
import type { BuildOptions, BuiltAccount } from "../testkit/build-account.ts";
import { type GatewayWorld, openGatewayWorld } from "../testkit/gateway-world.ts";
import { type DryRun, type DryRunDeps, dryRunSend } from "./dry-run.ts";
import { createMediaProbe } from "./probe-media.ts";
import type { ApiSendRequest } from "./send-request.ts";

const HOUR_MS = 3_600_000;
const MOBILE = "573001234567";
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const PNG_FILE = {
  kind: "file" as const,
  file: { storageKey: "0".repeat(32), sha256: "00".repeat(32), bytes: 70, type: "png" as const },
};

type Wish = Partial<ApiSendRequest>;

/** An account, and the hash of a token that may send for it. */
type Sender = BuiltAccount & { tokenHash: string };

let world: GatewayWorld;
let deps: DryRunDeps;
let fetcher: SafeFetch;
let sender: Sender;
/** Looks at files so far: at which path. */
const looks: string[] = [];
const files = createServer((request, response) => {
  looks.push(request.url ?? "");
  response.end(PNG);
});
let filesUrl = "";

before(async () => {
  world = await openGatewayWorld();
  await new Promise<void>((resolve) => files.listen(0, "127.0.0.1", resolve));
  filesUrl = `http://127.0.0.1:${(files.address() as AddressInfo).port}`;
  const guard = createAddressGuard({ allow: ["127.0.0.1/32"] });
  fetcher = createSafeFetch({ guard, connectionsMax: 2, connectTimeoutMs: 1_000 });
  deps = {
    ...{ pool: world.pool, directory: world.shared.directory, clock: world.shared.clock },
    probeMedia: createMediaProbe(fetcher),
    media: { limits: { base64BytesMax: 1_000, fileBytesMax: 1_000, urlCharsMax: 1_000 } },
  };
});
after(async () => {
  await fetcher.close();
  files.closeAllConnections();
  await new Promise((resolve) => files.close(resolve));
  await world.close();
});
beforeEach(async () => {
  sender = await openSender();
  looks.length = 0;
});

async function openSender(
  options: BuildOptions = {},
  scopes = ["messages:write"],
): Promise<Sender> {
  const account = await world.account(options);
  const operator = { ...world.shared, secretBox: createSecretBox([Buffer.alloc(32, 7)]) };
  const { accountId } = account;
  const { token } = await createToken(operator, { kind: "api", accountId, scopes });
  return { ...account, tokenHash: hash("sha256", token) };
}

function makeRequest(
  wish: Wish,
  { tokenHash }: Pick<Sender, "tokenHash"> = sender,
): ApiSendRequest {
  return {
    ...{ source: "v1", tokenHash, projectId: null, mobile: MOBILE, template: null, text: null },
    ...{ variables: [], sendAtMs: null, validForMs: null, customField: "", mediaName: "" },
    ...{ media: null, ...wish },
  };
}

const tryOut = (wish: Wish, of = sender): Promise<DryRun> =>
  dryRunSend(deps, { accountId: of.accountId, request: makeRequest(wish, of) });
const template = (name: string, of = sender) => ({ template: { number: of.templates[name] ?? 0 } });
const codes = ({ warnings }: DryRun) => warnings.map(({ code }) => code);

/** Changes the account, so that whoever remembers it looks again. */
async function change(of: Sender, statement: string, values: unknown[] = []): Promise<void> {
  await world.pool.query(statement, [of.accountId, ...values]);
  await world.pool.query("update accounts set version = version + 1 where account_id = $1", [
    of.accountId,
  ]);
}

/** Everything that is in the database, by table: how much, and a sum of what it says. */
async function lookAtAll(): Promise<Record<string, string>> {
  const { rows: tables } = await world.pool.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition`,
  );
  const looked = tables.map(
    ({ name }) =>
      `select '${name}' as name, count(*) || ' ' || coalesce(sum(hashtext(t::text)::bigint), 0) as sum
       from "${name}" t`,
  );
  const { rows } = await world.pool.query(looked.join(" union all "));
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]));
}

/** What stands in the way of a send, and how `/v1` calls it. */
interface Case {
  code: string;
  what: string;
  wish(of: Sender): Wish;
  account?: BuildOptions;
  scopes?: string[];
  before?(of: Sender): Promise<unknown>;
}

const hello = () => ({ text: "hola" });
const plain = (of: Sender) => template("plain", of);
const promo = (of: Sender) => ({ ...template("promo", of), variables: ["Ana"] });
const accept = (of: Sender, wish: Wish) => world.acceptance.send(makeRequest(wish, of));
const GUARD = {
  ...{ state: "waiting", before: "utility", now: "marketing", currency: "COP" },
  ...{ prices: [{ country: "CO", before: "1", now: "2" }], at: "2026-11-20T00:00:00Z" },
};

const CASES: Case[] = [
  {
    code: "unauthenticated",
    what: "a token for other things",
    wish: hello,
    scopes: ["media:write"],
  },
  {
    code: "no_project",
    what: "a foreign project",
    wish: () => ({ ...hello(), projectId: randomUUID() }),
  },
  { code: "invalid_mobile", what: "no telephone", wish: () => ({ ...hello(), mobile: "123" }) },
  {
    ...{ code: "project_inactive", what: "a project that is off", wish: hello },
    before: (of) => change(of, "update projects set state = 'inactive' where account_id = $1"),
  },
  {
    ...{ code: "project_inactive", what: "a project without a number", wish: hello },
    before: (of) => change(of, "update projects set channel_id = null where account_id = $1"),
  },
  {
    ...{ code: "no_price", what: "a category without a price", wish: hello },
    before: (of) =>
      change(
        of,
        `delete from prices where category = 'service' and price_book_id =
           (select price_book_id from accounts where account_id = $1)`,
      ),
  },
  { code: "insufficient_balance", what: "no money", wish: hello, account: { balance: 2_499_999n } },
  { code: "empty_message", what: "nothing to say", wish: () => ({ text: " " }) },
  { code: "blank_variable", what: "a blank", wish: (of) => ({ ...promo(of), variables: [" "] }) },
  { code: "template_not_found", what: "no template", wish: () => ({ template: { number: null } }) },
  { code: "template_not_approved", what: "a paused one", wish: (of) => template("paused", of) },
  {
    ...{ code: "category_guard", what: "a dearer template", wish: plain },
    async before(of) {
      await change(of, "update templates set guard = $2 where account_id = $1 and name = 'plain'", [
        JSON.stringify({ ...GUARD, state: "waiting" }),
      ]);
      await change(of, "update projects set category_guard_limit = 1 where account_id = $1");
      await accept(of, { ...plain(of), mobile: "573001110000" });
    },
  },
  { code: "variables_mismatch", what: "too few values", wish: (of) => template("three", of) },
  {
    ...{ code: "repeated_message", what: "the same again", wish: hello },
    before: (of) => accept(of, hello()),
  },
  {
    ...{ code: "marketing_limit", what: "one too many", wish: promo, account: { marketingMax: 1 } },
    before: (of) => accept(of, { ...promo(of), variables: ["Luis"] }),
  },
  {
    ...{ code: "opted_out", what: "marketing to whoever said no", wish: promo },
    before: (of) =>
      world.pool.query(
        `insert into opt_outs (account_id, project_id, mobile, source, created_at)
         values ($1, $2, $3, 'word', now())`,
        [of.accountId, of.projectId, MOBILE],
      ),
  },
  {
    ...{ code: "cap_reached", what: "a cap that is used up", wish: plain },
    async before(of) {
      await change(
        of,
        `insert into spend_caps (account_id, scope_id, scope, time_zone, messages_max, updated_at)
         values ($1, $1, 'account', 'America/Bogota', 1, now())`,
      );
      await accept(of, hello());
    },
  },
  {
    ...{
      code: "cap_reached",
      what: "a campaign's",
      wish: () => ({ ...hello(), campaign: "mayo" }),
    },
    before: (of) =>
      world.pool.query(
        `insert into campaigns (account_id, id, project_id, name, messages_max, created_at)
         values ($1, gen_random_uuid(), $2, 'mayo', 0, now())`,
        [of.accountId, of.projectId],
      ),
  },
  { code: "media_missing", what: "no file", wish: (of) => template("image", of) },
  {
    code: "media_mismatch",
    what: "a file too many",
    wish: (of) => ({ ...plain(of), media: PNG_FILE }),
  },
  {
    code: "media_mismatch",
    what: "a wrong file",
    wish: (of) => ({ ...template("video", of), media: PNG_FILE }),
  },
  {
    code: "media_invalid",
    what: "no file at all",
    wish: () => ({ text: "a", media: { kind: "invalid", why: "is no file" } }),
  },
  { code: "content_too_large", what: "a long text", wish: () => ({ text: "a".repeat(4_097) }) },
];

describe("a dry run says what the send itself is answered, and leaves no trace", () => {
  for (const { code, what, ...one } of CASES) {
    test(`${code}: ${what}`, async () => {
      const of = await openSender(one.account, one.scopes);
      await one.before?.(of);
      const wish = one.wish(of);
      const stored = await lookAtAll();
      const { problem } = await tryOut(wish, of);
      assert.deepEqual(await lookAtAll(), stored);
      assert.equal(problem?.code, code, problem?.message);
      const answer = await accept(of, wish);
      assert.deepEqual("problem" in answer && answer.problem, problem);
    });
  }

  test("that it is accepted: for a template, a text, a file and a later hour", async () => {
    const at = world.time.nowMs + HOUR_MS;
    const wishes = [plain(sender), hello(), { text: "vea", media: PNG_FILE }, promo(sender)];
    for (const wish of [...wishes, { ...hello(), mobile: "573001110001", sendAtMs: at }]) {
      const stored = await lookAtAll();
      const { problem } = await tryOut({ ...wish, campaign: "mayo" });
      assert.deepEqual([problem, await lookAtAll()], [null, stored]);
      assert.equal((await tryOut(wish)).problem, null, "it was remembered");
      assert.equal((await accept(sender, wish)).code, 1);
    }
  });

  test("that another account's token and templates are not to be had", async () => {
    const other = await openSender();
    const theirs = await tryOut({ ...hello(), tokenHash: other.tokenHash });
    assert.equal(theirs.problem?.code, "unauthenticated");
    const { problem, text } = await tryOut(plain(other));
    assert.deepEqual([problem?.code, text], ["template_not_found", null]);
    const nobody = { accountId: randomUUID(), request: makeRequest(hello()) };
    const unknown = await dryRunSend(deps, nobody);
    assert.equal(unknown.problem?.code, "unauthenticated");
    const { projectId, window, price, balance, currency } = unknown;
    assert.deepEqual([projectId, window, price, balance, currency], [null, null, null, 0n, ""]);
  });
});

describe("a dry run shows", () => {
  test("what it would cost, of which money, and by which project", async () => {
    const { projectId, price, balance, currency, category } = await tryOut(promo(sender));
    assert.deepEqual([price, balance, currency], [2_500_000n, 10_000_000_000n, "COP"]);
    assert.deepEqual([projectId, category], [sender.projectId, "marketing"]);
    const none = await tryOut({ ...hello(), projectId: randomUUID() });
    assert.deepEqual([none.projectId, none.category, none.price], [null, "service", 2_500_000n]);
    const lost = await tryOut({ ...plain(sender), mobile: "1" });
    assert.deepEqual([lost.category, lost.price, lost.window], ["utility", null, null]);
  });

  test("the text as the person would see it, and none when there is nothing whole to show", async () => {
    const three = { ...template("three"), variables: ["Ana", "5", "lunes"] };
    assert.equal((await tryOut(three)).text, "Hola Ana, debe 5 el lunes");
    assert.equal((await tryOut(hello())).text, "hola");
    const named = { ...template("three"), variables: { 1: "Ana" } };
    assert.equal((await tryOut(named)).text, null);
    assert.equal((await tryOut({ text: null })).text, null);
    assert.equal((await tryOut({ template: { number: null }, variables: ["x"] })).text, null);
    const session = {
      kind: "interactive",
      interactive: { type: "location_request", body: "¿Dónde?" },
    };
    const extras = {
      session,
      referred: null,
      payloads: [],
      place: null,
    } as ApiSendRequest["extras"];
    assert.equal((await tryOut({ extras: extras ?? null })).text, "¿Dónde?");
  });

  test("whether the person may be sent more than templates at the hour at which it leaves", async () => {
    const heard = { channelId: sender.channelId, mobile: MOBILE };
    const shut = { lastMessageAt: null, closesAt: null };
    assert.deepEqual((await tryOut(hello())).window, shut);
    await world.hear(sender, heard);
    const lastMessageAt = new Date(world.time.nowMs - HOUR_MS);
    const closesAt = new Date(world.time.nowMs + 23 * HOUR_MS);
    assert.deepEqual((await tryOut(hello())).window, { lastMessageAt, closesAt });
    assert.deepEqual((await tryOut({ ...hello(), mobile: "573001110002" })).window, shut);
    const leaving = async (afterMs: number) =>
      (await tryOut({ ...hello(), sendAtMs: world.time.nowMs + afterMs })).window?.closesAt;
    assert.deepEqual(await leaving(23 * HOUR_MS - 1), closesAt);
    assert.equal(await leaving(23 * HOUR_MS), null);
    assert.deepEqual(await leaving(-30 * HOUR_MS), closesAt);
    await change(sender, "update projects set channel_id = null where account_id = $1");
    assert.equal((await tryOut(hello())).window, null);
  });

  test("the file: one that is here by what is known of it, one elsewhere by a look at its beginning", async () => {
    const image = template("image");
    const here = await tryOut({ ...image, media: PNG_FILE });
    assert.deepEqual(here.media, { reachable: true, type: "png", bytes: 70, why: null });
    assert.deepEqual(looks, []);
    const there = await tryOut({ ...image, media: { kind: "url", url: `${filesUrl}/a.png` } });
    assert.deepEqual(there.media, { reachable: true, type: "png", bytes: 70, why: null });
    assert.deepEqual(looks, ["/a.png"]);
    assert.equal((await tryOut(hello())).media, null);
    const invalid = { kind: "invalid" as const, why: "is no file" };
    assert.equal((await tryOut({ text: "x", media: invalid })).media, null);
    assert.equal(
      (await tryOut({ text: "x", media: { kind: "too-large", bytesMax: 5 } })).media,
      null,
    );
  });

  test("what would not stop it: the last of its kind, little money, a closed window, a guard", async () => {
    assert.deepEqual(codes(await tryOut(hello())), ["outside_window"]);
    assert.deepEqual(codes(await tryOut(plain(sender))), []);
    await accept(sender, promo(sender));
    assert.deepEqual(codes(await tryOut({ ...promo(sender), variables: ["b"] })), [
      "marketing_last",
    ]);
    const poor = await openSender({ balance: 4_999_999n });
    assert.deepEqual(codes(await tryOut(plain(poor), poor)), ["low_balance"]);
    const guarded = "update templates set guard = $2 where account_id = $1 and name = 'plain'";
    await change(sender, guarded, [JSON.stringify(GUARD)]);
    assert.deepEqual(codes(await tryOut(plain(sender))), ["category_guard"]);
  });

  test("that it would be kept until there is money for it, where the caller wants that", async () => {
    const poor = await openSender({ balance: 1n });
    const wish = { ...plain(poor), waitForBalance: true };
    const dry = await tryOut(wish, poor);
    assert.equal(dry.problem, null);
    assert.deepEqual(codes(dry), ["waits_for_balance", "low_balance"]);
    assert.equal((await accept(poor, wish)).code, 1);
    await world.pool.query("update wallets set balance = 9000000 where account_id = $1", [
      poor.accountId,
    ]);
    const next = { ...wish, mobile: "573001110003" };
    assert.deepEqual(
      codes(await tryOut(next, poor)),
      ["waits_for_balance"],
      "others wait before it",
    );
    const rich = await openSender();
    assert.deepEqual(codes(await tryOut({ ...plain(rich), waitForBalance: true }, rich)), []);
  });
});
