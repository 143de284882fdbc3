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

interface Made {
  id: string;
}

/** A template as the `ws` API lists it. */
interface ListedTemplate {
  id_template: number;
  name: string;
  language: string;
  category: string;
  status: string;
  variables: number;
  header: string | null;
  body: string;
  footer: string | null;
  buttons: unknown[];
}

const isPlain = (one: ListedTemplate) =>
  one.status === "approved" &&
  one.category === "utility" &&
  one.variables === 0 &&
  one.header === null &&
  one.buttons.length === 0;

describe("a second number", { timeout: 180_000 }, () => {
  let product: Product;
  let idTemplate = 0;
  let firstChannel = "";
  const nextMobile = createMobiles();

  before(async () => {
    product = await startProduct();
    const { cli, demo, simulator } = product;
    const account = await findDemoAccount(cli);
    const args = ["channel", "list", "--account", account];
    const channels = await cli.json<{ items: Made[] }>(args);
    firstChannel = channels.items.at(-1)?.id ?? "";
    const { hookUrl, verifyToken, channel } = await cli.json<{
      hookUrl: string;
      verifyToken: string;
      channel: Made;
    }>(
      [
        ...["channel", "add", account, "--number", SECOND.displayNumber, "--number-id", SECOND.id],
        ...["--business-id", SECOND.wabaId, "--access-token", "-"],
        ...["--app-secret", SECOND.appSecret, "--base-url", `${simulator.url}/meta`],
      ],
      SECOND.accessToken,
    );
    await simulator.registerNumber({
      ...SECOND,
      callbackUrl: hookUrl,
      verifyToken,
    } as unknown as SimulatedNumber);
    await cli.json(["project", "update", demo.projectId, "--fallback-channel", channel.id]);
    const { body } = await product.ws.call("template/", {});
    const wanted = ((body?.templates ?? []) as ListedTemplate[]).find(isPlain);
    assert.ok(wanted, "the demonstration has a template without variables, header and buttons");
    idTemplate = wanted.id_template;
    await addTwin(wanted);
    const report = await cli.json<{ skipped: { name: string; why: string }[] }>([
      ...["template", "import", demo.projectId],
    ]);
    const lacking = report.skipped.filter(({ why }) => why.includes("second number"));
    assert.ok(lacking.length > 0, JSON.stringify(report));
    assert.ok(lacking.every(({ name }) => name !== wanted.name));
  });
  after(() => product?.stop());

  /** The same template at the second number's business account. */
  async function addTwin({ name, language, body, footer }: ListedTemplate): Promise<void> {
    const { url } = product.simulator;
    const end = footer === null ? [] : [{ type: "FOOTER", text: footer }];
    const answer = await fetch(`${url}/meta/v23.0/${SECOND.wabaId}/message_templates`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${SECOND.accessToken}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({
        ...{ name, language },
        category: "UTILITY",
        components: [{ type: "BODY", text: body }, ...end],
      }),
    });
    const told = (await answer.json()) as Made;
    assert.equal(answer.status, 200, JSON.stringify(told));
    const { id } = told;
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
