import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Product, startProduct } from "../../start-product.ts";

let product: Product;

before(async () => {
  product = await startProduct();
});
after(() => product?.stop());

/** Signs somebody in as the console's page does; answers what it said, and the cookie. */
async function signIn(login: string, password: string) {
  const { baseUrl } = product.demo;
  const response = await fetch(`${baseUrl}/console/api/sign-in`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-recado-console": "1", origin: baseUrl },
    body: JSON.stringify({ login, password }),
  });
  const [cookie = ""] = (response.headers.get("set-cookie") ?? "").split(";");
  const answer = (await response.json()) as { person: { role: string; operator: boolean } };
  return { status: response.status, answer, cookie };
}

async function read(cookie: string, path: string): Promise<number> {
  return (await fetch(`${product.demo.baseUrl}${path}`, { headers: { cookie } })).status;
}

test("each of the demonstration's people signs in by what demo.json says, and the owner operates the platform", async () => {
  const { people, console: first } = product.demo;
  assert.equal(new Set(people.map(({ role }) => role)).size, 6);
  for (const person of people) {
    const { answer, cookie, status } = await signIn(person.login, person.password);
    assert.equal(status, 200, JSON.stringify(answer));
    assert.equal(answer.person.role, person.role);
    assert.equal(await read(cookie, "/v1/messages"), 200);
    assert.equal(await read(cookie, "/admin/accounts"), person.role === "owner" ? 200 : 403);
  }
  assert.equal((await signIn(first.email, first.password)).answer.person.operator, true);
});

test("the command line brings somebody in, makes an operator, and shuts them out", async () => {
  interface User {
    id: string;
    operator: boolean;
    hasSecondFactor: boolean;
  }
  const { items } = await product.cli.json<{ items: { id: string }[] }>(["account", "list"]);
  const made = await product.cli.json<User>([
    ...["user", "create", items[0]?.id ?? "", "ana-de-prueba", "--email", "ana@example.com"],
  ]);
  const link = await product.cli.json<{ secretLink: string }>(["user", "link", made.id]);
  const { baseUrl } = product.demo;
  const taken = await fetch(`${baseUrl}/console/api/links/take`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-recado-console": "1", origin: baseUrl },
    body: JSON.stringify({ one_time_link: link.secretLink, password: "la-contraseña-de-ana" }),
  });
  assert.equal(taken.status, 200);
  const update = (...rest: string[]) =>
    product.cli.json<User>(["user", "update", made.id, ...rest]);
  assert.equal((await update("--operator", "yes")).operator, true);
  const { cookie } = await signIn("ana@example.com", "la-contraseña-de-ana");
  assert.equal(await read(cookie, "/admin/accounts"), 200);
  const reset = await product.cli.json<User>(["user", "reset-second-factor", made.id]);
  assert.equal(reset.hasSecondFactor, false);
  await update("--state", "disabled");
  assert.equal(await read(cookie, "/admin/accounts"), 401);
  assert.equal((await signIn("ana@example.com", "la-contraseña-de-ana")).status, 401);
});
