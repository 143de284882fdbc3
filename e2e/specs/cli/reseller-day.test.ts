import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createRecado, type Recado } from "../../product/run-recado.ts";
import { waitUntil } from "../../product/wait-until.ts";
import { type Product, startProduct } from "../../start-product.ts";

/* A day of a reseller: the operator lets it in, it makes a customer of its own, hands on money, and sees what it earns. Each
 * test goes on from the one before. */

const NUMBER = {
  id: "1042000000002",
  wabaId: "2077000000002",
  displayNumber: "573115550043",
  verifiedName: "Panadería La Espiga",
  accessToken: "acceso-de-la-espiga",
  appSecret: "secreto-de-la-espiga",
  verifyToken: "palabra-de-la-espiga",
};
const MOBILE = "573001234511";

let product: Product;
let operator: Recado;
let reseller: Recado;
const ids = { wholesale: "", reseller: "", retail: "", customer: "", channel: "", project: "" };
const today = () => new Date().toISOString().slice(0, 10);

before(async () => {
  product = await startProduct();
  operator = product.cli;
});
after(() => product?.stop());

interface WithId {
  id: string;
}

const price = (book: string, amount: string) => [
  ...["price", "set", book, "--country", "CO", "--category", "service", "--amount", amount],
];
const balanceOf = async (id: string) =>
  Number((await operator.json<{ balance: string }>(["balance", id])).balance);

test("the operator lets a reseller in: what it pays, its wallet, its key", async () => {
  ids.wholesale = (await operator.json<WithId>(["price-book", "create", "Mayoristas"])).id;
  await operator.json([...price(ids.wholesale, "60"), "--cost", "25"]);
  const account = ["account", "create", "Mensajes del Valle", "--price-book", ids.wholesale];
  ids.reseller = (await operator.json<WithId>(account)).id;
  await operator.json(["topup", ids.reseller, "1000", "--reference", "banco-1"]);
  const key = ["token", "create", "admin", "--account", ids.reseller, "--label", "Ana del Valle"];
  const { token } = await operator.json<{ token: string }>(key);
  reseller = createRecado(product.demo.baseUrl, product.dataDir, { token });
  const { items } = await reseller.json<{ items: WithId[] }>(["account", "list"]);
  assert.deepEqual(
    items.map(({ id }) => id),
    [ids.reseller],
  );
});

test("the reseller makes a price book of its own, and cannot sell below what it pays", async () => {
  ids.retail = (await reseller.json<WithId>(["price-book", "create", "Valle 2026"])).id;
  const low = await reseller.run(price(ids.retail, "59"));
  assert.equal(low.code, 1);
  assert.match(low.stderr, /below the 60\.00 that you pay yourself/u);
  await reseller.json(price(ids.retail, "100"));
  const paid = await reseller.json<{ amount: string; cost: null }[]>([
    "price",
    "list",
    ids.wholesale,
  ]);
  assert.deepEqual(
    paid.map(({ amount, cost }) => [amount, cost]),
    [["60.00", null]],
  );
});

test("the reseller makes a customer, its user and project; the operator gives it a number", async () => {
  const account = ["account", "create", NUMBER.verifiedName, "--price-book", ids.retail];
  const made = await reseller.json<WithId & { parentId: string }>(account);
  assert.equal(made.parentId, ids.reseller);
  ids.customer = made.id;
  await reseller.json(["user", "create", ids.customer, "espiga"]);
  const args = ["channel", "add", ids.customer, "--number", NUMBER.displayNumber];
  args.push("--number-id", NUMBER.id, "--business-id", NUMBER.wabaId, "--access-token", "-");
  args.push("--app-secret", NUMBER.appSecret, "--verify-token", NUMBER.verifyToken);
  args.push("--base-url", `${product.simulator.url}/meta`);
  const refused = await reseller.run(args, `${NUMBER.accessToken}\n`);
  assert.match(refused.stderr, /set by your operator/u);
  const channel = await operator.json<{ channel: WithId; hookUrl: string }>(
    args,
    `${NUMBER.accessToken}\n`,
  );
  ids.channel = channel.channel.id;
  await product.simulator.registerNumber({ ...NUMBER, callbackUrl: channel.hookUrl });
  const project = ["project", "create", ids.customer, "Pedidos", "--channel", ids.channel];
  ids.project = (await reseller.json<WithId>(project)).id;
});

test("the reseller hands on money out of its own wallet, once for each reference, and no more than it has", async () => {
  const hand = (amount: string, reference: string) =>
    reseller.run(["topup", ids.customer, amount, "--reference", reference]);
  assert.equal((await hand("400", "espiga-1")).code, 0);
  assert.equal((await hand("400", "espiga-1")).code, 0);
  assert.deepEqual([await balanceOf(ids.reseller), await balanceOf(ids.customer)], [600, 400]);
  const refused = await hand("601", "espiga-2");
  assert.deepEqual([refused.code, /Your own balance is 600\.00/u.test(refused.stderr)], [1, true]);
  assert.equal((await reseller.run(["topup", ids.reseller, "1", "--reference", "x"])).code, 1);
});

test("the customer sends and pays the reseller's price; both margins are seen the same day", async () => {
  const { token } = await reseller.json<{ token: string }>([
    "token",
    "create",
    "ws",
    "--login",
    "espiga",
  ]);
  const ws = product.ws.as({ login: "espiga", token });
  await product.simulator.inbound({ from: MOBILE, to: NUMBER.displayNumber, text: "buenas" });
  const answer = await ws.send({ mobile: MOBILE, message: "El pan está listo" });
  assert.equal(answer.code, 1, JSON.stringify(answer));
  await waitUntil(
    "its telephone",
    async () => (await product.simulator.messages(MOBILE)).length === 1,
  );
  assert.equal(await balanceOf(ids.customer), 300);
  interface Report {
    items: {
      revenue: string;
      cost: string;
      margin: string;
      country: string;
      accountName: string;
    }[];
  }
  const report = ["report", "margin", "--from", today(), "--account", ids.customer];
  const seen = async (who: Recado) => {
    const rows = await who.json<Report["items"]>(report);
    return rows.map(({ revenue, cost, margin, country }) => [revenue, cost, margin, country]);
  };
  assert.deepEqual(await seen(operator), [["60.00", "25.00", "35.00", "CO"]]);
  assert.deepEqual(await seen(reseller), [["100.00", "60.00", "40.00", "CO"]]);
});

test("both see the reseller's line and what was settled, which is nothing before the day is over", async () => {
  const list = async (who: Recado) => {
    const { items } = await who.json<{ items: { id: string; customers: number }[] }>([
      "reseller",
      "list",
    ]);
    return items.map(({ id, customers }) => [id, customers]);
  };
  assert.deepEqual(await list(reseller), [[ids.reseller, 1]]);
  assert.deepEqual(await list(operator), [[ids.reseller, 1]]);
  const report = ["settlement", "report", ids.reseller, "--by", "month"];
  const { totals } = await reseller.json<{ totals: { messages: number } }>(report);
  assert.equal(totals.messages, 0);
  const csv = await reseller.run([...report, "--csv"]);
  assert.match(csv.stdout, /^period,messages,resale,wholesale,margin,currency\r?\ntotal,0,/u);
});

test("the month's statement adds up, for the reseller and for its customer", async () => {
  interface Told {
    document: { lines: { kind: string; amount: string }[]; closing_balance: string; month: string };
  }
  const month = new Date(Date.now() - 5 * 3_600_000).toISOString().slice(0, 7);
  const tell = (who: Recado, id: string) => who.json<Told>(["statement", "show", id, month]);
  const customer = (await tell(reseller, ids.customer)).document;
  assert.deepEqual(
    customer.lines.map(({ kind, amount }) => [kind, amount]),
    [
      ["topup", "400.00"],
      ["charge", "-100.00"],
    ],
  );
  assert.equal(customer.closing_balance, "300.00");
  const own = (await tell(operator, ids.reseller)).document;
  assert.deepEqual(
    own.lines.map(({ kind, amount }) => [kind, amount]),
    [
      ["topup", "1000.00"],
      ["allocation", "-400.00"],
    ],
  );
  const csv = await reseller.run(["statement", "show", ids.customer, month, "--csv"]);
  assert.match(csv.stdout, /^section,kind,category,count,amount\r?\nopening,,,,0\.00/u);
  assert.equal((await operator.json<{ ok: boolean }>(["wallet", "verify"])).ok, true);
});

test("what others have is not there for the reseller, and what is the operator's it may not do", async () => {
  const demo = (await operator.json<{ items: WithId[] }>(["account", "list"])).items.find(
    ({ id }) => ![ids.reseller, ids.customer].includes(id),
  );
  for (const args of [
    ["account", "show"],
    ["ledger"],
    ["account", "disable"],
    ["retention", "show"],
  ]) {
    const run = await reseller.run([...args, demo?.id ?? ""]);
    assert.deepEqual(
      [args.join(" "), run.code, /There is no such account/u.test(run.stderr)],
      [args.join(" "), 1, true],
    );
  }
  for (const args of [["wallet", "verify"], ["doctor"], ["retention", "run"]]) {
    const run = await reseller.run(args);
    assert.match(run.stderr, /operator's alone/u, args.join(" "));
  }
});

test("retention is set, shown and run; the audit says who did what", async () => {
  await reseller.json(["retention", "set", ids.customer, "--bodies", "90", "--journal", "forever"]);
  const kept = await operator.json<{ bodiesDays: number }>(["retention", "show", ids.customer]);
  assert.equal(kept.bodiesDays, 90);
  assert.equal((await operator.json<{ bodies: number }>(["retention", "run"])).bodies, 0);
  const audit = ["audit", "list", "--account", ids.customer, "--limit", "1"];
  const { items } = await operator.json<{
    items: {
      tokenLabel: string;
      action: string;
      before: { accountId: string };
      request: unknown;
    }[];
  }>(audit);
  assert.deepEqual(
    items.map(({ tokenLabel, action, request }) => [tokenLabel, action, request]),
    [
      [
        "Ana del Valle",
        "PATCH /admin/accounts/:id/retention",
        { bodiesDays: 90, journalDays: null },
      ],
    ],
  );
  const table = await operator.run(["audit", "list"]);
  assert.match(table.stdout, /Ana del Valle/u);
});
