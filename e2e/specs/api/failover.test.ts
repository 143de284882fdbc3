import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { SimulatedNumber } from "@recado/contract/simulator-api";
import { createMobiles } from "../../product/demo-templates.ts";
import { findDemoAccount } from "../../product/find-demo-account.ts";
import { waitUntil } from "../../product/wait-until.ts";
import { type Product, startProduct } from "../../start-product.ts";

/* A project with two numbers of two business accounts: what the first does not take leaves through the second. */

const SECOND = {
  id: "100000000000222",
  wabaId: "200000000000222",
  displayNumber: "573005212121",
  verifiedName: "Segundo número",
  accessToken: "EAAsecond-number-0123456789",
  appSecret: "the-secret-of-the-second-app",
} as const;
const TEMPLATE = "segundo_aviso";

interface Made {
  id: string;
}

describe("a second number", { timeout: 180_000 }, () => {
  let product: Product;
  let idTemplate = 0;
  let firstChannel = "";
  const nextMobile = createMobiles();

  before(async () => {
    product = await startProduct();
    const { cli, demo, simulator } = product;
    const account = await findDemoAccount(cli);
    const channels = await cli.json<{ items: { id: string; businessId: string }[] }>([
      ...["channel", "list", "--account", account],
    ]);
    const first = channels.items.at(-1);
    firstChannel = first?.id ?? "";
    const { hookUrl, verifyToken, channel } = await cli.json<{
      hookUrl: string;
      verifyToken: string;
      channel: Made;
    }>(
      [
        ...["channel", "add", account, "--number", SECOND.displayNumber, "--number-id", SECOND.id],
        ...["--business-id", SECOND.wabaId, "--access-token", "-"],
        ...["--app-secret", SECOND.appSecret, "--base-url", simulator.url],
      ],
      SECOND.accessToken,
    );
    await simulator.registerNumber({
      ...SECOND,
      callbackUrl: hookUrl,
      verifyToken,
    } as unknown as SimulatedNumber);
    await cli.json(["project", "update", demo.projectId, "--fallback-channel", channel.id]);
    const token = await readFirstToken(first?.businessId ?? "");
    await addTemplate(first?.businessId ?? "", token);
    await addTemplate(SECOND.wabaId, SECOND.accessToken);
    const report = await cli.json<{ skipped: { name: string; why: string }[] }>([
      ...["template", "import", demo.projectId],
    ]);
    assert.ok(
      report.skipped.every(({ name }) => name !== TEMPLATE),
      JSON.stringify(report),
    );
    assert.match(report.skipped[0]?.why ?? "", /second number/u);
    const { body } = await product.ws.call("template/", {});
    const templates = body?.templates as { id_template: number; name: string }[];
    idTemplate = templates.find(({ name }) => name === TEMPLATE)?.id_template ?? 0;
  });
  after(() => product?.stop());

  async function readFirstToken(businessId: string): Promise<string> {
    const answer = await fetch(`${product.simulator.url}/sim/state`);
    const { numbers } = (await answer.json()) as { numbers: SimulatedNumber[] };
    const found = numbers.find((number) => "wabaId" in number && number.wabaId === businessId);
    return (found as { accessToken?: string } | undefined)?.accessToken ?? "";
  }

  async function addTemplate(wabaId: string, accessToken: string): Promise<void> {
    const { url } = product.simulator;
    const answer = await fetch(`${url}/v23.0/${wabaId}/message_templates`, {
      method: "POST",
      headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" },
      body: JSON.stringify({
        name: TEMPLATE,
        language: "es_CO",
        category: "UTILITY",
        components: [{ type: "BODY", text: "Su pedido va en camino." }],
      }),
    });
    const { id } = (await answer.json()) as Made;
    assert.ok(id, "the simulator takes the template");
    await product.simulator.decideTemplate(id, { status: "APPROVED" });
  }

  const arrivedFrom = async (mobile: string) => {
    const messages = await product.simulator.messages(mobile);
    return messages.map(({ from }) => from);
  };

  test("takes what the first one refuses for its own sake, once and for one price", async () => {
    const { cli, ws } = product;
    await cli.json(["channel", "update", firstChannel, "--access-token", "-"], "EAArevoked-token");
    const mobile = nextMobile();
    const { messageId } = await ws.send({ mobile, id_template: idTemplate });
    await waitUntil("the message", async () => (await arrivedFrom(mobile)).length > 0);
    assert.deepEqual(await arrivedFrom(mobile), [SECOND.displayNumber]);
    const shown = await waitUntil("its being read", async () => {
      const found = await cli.json<{
        message: { status: string };
        transfers: { kind: string }[];
        events: { kind: string }[];
      }>(["message", "show", `${messageId}`]);
      return found.message.status === "read" ? found : undefined;
    });
    assert.deepEqual(
      shown.transfers.map(({ kind }) => kind),
      ["charge"],
    );
    assert.ok(shown.events.some(({ kind }) => kind === "failover"));
  });

  test("never gets what WhatsApp may have taken", async () => {
    const mobile = "573008000006";
    const { messageId } = await product.ws.send({ mobile, id_template: idTemplate });
    await waitUntil("the call", async () => (await arrivedFrom(mobile)).length > 0);
    const from = await arrivedFrom(mobile);
    assert.equal(from.length, 1, `${messageId} arrived more than once`);
  });
});
