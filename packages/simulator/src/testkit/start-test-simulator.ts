import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { SimulatorBehaviour } from "@recado/contract/simulator-api";
import {
  type RunningSimulator,
  type SimulatorOptions,
  startSimulator,
} from "../start-simulator.ts";

/** One POST that the test's callback took. */
export interface TakenPost {
  headers: IncomingHttpHeaders;
  raw: string;
  body: WebhookBody;
}

/** The part of Meta's webhook body that tests look at. */
export interface WebhookBody {
  object: string;
  entry: {
    id: string;
    time?: number;
    changes: {
      field: string;
      value: Record<string, unknown> & {
        metadata?: { display_phone_number: string; phone_number_id: string };
        statuses?: StatusEvent[];
        messages?: Record<string, unknown>[];
        contacts?: Record<string, unknown>[];
      };
    }[];
  }[];
}

/** A status as it came. */
export interface StatusEvent {
  id: string;
  status: string;
  timestamp: string;
  recipient_id: string;
  biz_opaque_callback_data?: string;
  pricing?: Record<string, unknown>;
  errors?: { code: number; title: string; error_data: { details: string } }[];
}

/** A callback that answers as told: a real HTTP server on loopback. */
export interface TestCallback {
  url: string;
  posts: TakenPost[];
  /** Status of the next answers; 200 at first. */
  status: number;
  close(): Promise<void>;
}

/** An answer with its JSON. */
export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into many shapes.
  body: any;
}

/** The number with which every test simulator starts. */
export const testNumber = {
  id: "106540352242922",
  wabaId: "204000000000001",
  displayNumber: "573005202020",
  verifiedName: "Tienda Demo",
  accessToken: "test-token",
  appSecret: "sim_app_secret",
  verifyToken: "test-verify",
};

/** Starts a callback on a free port. */
export async function startCallback(verifyToken = testNumber.verifyToken): Promise<TestCallback> {
  const posts: TakenPost[] = [];
  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://callback");
    if (request.method === "GET") {
      const isRight = url.searchParams.get("hub.verify_token") === verifyToken;
      response.statusCode = isRight ? 200 : 403;
      response.end(isRight ? url.searchParams.get("hub.challenge") : "");
      return;
    }
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const raw = Buffer.concat(chunks).toString();
      posts.push({ headers: request.headers, raw, body: JSON.parse(raw) as WebhookBody });
      response.statusCode = callback.status;
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const callback: TestCallback = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/meta`,
    posts,
    status: 200,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return callback;
}

/** A simulator in a folder of its own, with one number and a callback. */
export class TestSimulator {
  readonly callback: TestCallback;
  readonly dataDir: string;
  running: RunningSimulator;

  constructor(running: RunningSimulator, callback: TestCallback, dataDir: string) {
    this.running = running;
    this.callback = callback;
    this.dataDir = dataDir;
  }

  get url(): string {
    return this.running.url;
  }

  /** Calls `path` with the test's token; an object is sent as JSON. */
  async call(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(new URL(path, this.url), {
      method,
      headers: {
        authorization: `Bearer ${testNumber.accessToken}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    let parsed: unknown = text;
    try {
      parsed = JSON.parse(text);
    } catch {
      // Not every answer is JSON.
    }
    return { status: response.status, headers: response.headers, body: parsed };
  }

  /** Sends to a telephone; the plain template unless `message` says otherwise. */
  send(to: string, message: Record<string, unknown> = plainTemplate): Promise<Answer> {
    const body = { messaging_product: "whatsapp", to, ...message };
    return this.call("POST", `/meta/v23.0/${testNumber.id}/messages`, body);
  }

  /** Creates a template and has it decided. */
  async addTemplate(definition: Record<string, unknown>, status = "APPROVED"): Promise<string> {
    const created = await this.call(
      "POST",
      `/meta/v23.0/${testNumber.wabaId}/message_templates`,
      definition,
    );
    if (created.status !== 200) throw new Error(JSON.stringify(created.body));
    if (status !== "PENDING")
      await this.call("POST", `/sim/templates/${created.body.id}`, { status });
    return created.body.id as string;
  }

  behave(behaviour: Partial<SimulatorBehaviour>): Promise<Answer> {
    return this.call("POST", "/sim/behaviour", behaviour);
  }

  /** A person writes a text: opens the window. */
  async write(from: string, text = "hola"): Promise<string> {
    const answer = await this.call("POST", "/sim/inbound", {
      from,
      to: testNumber.displayNumber,
      text,
    });
    return answer.body.id as string;
  }

  /** Every status that came so far, in the order of arrival. */
  statuses(wamid?: string): StatusEvent[] {
    return this.callback.posts
      .flatMap((post) => post.body.entry)
      .flatMap((entry) => entry.changes)
      .flatMap((change) => change.value.statuses ?? [])
      .filter((status) => wamid === undefined || status.id === wamid);
  }

  /** Every inbound message that came so far. */
  inbound(): Record<string, unknown>[] {
    return this.callback.posts
      .flatMap((post) => post.body.entry)
      .flatMap((entry) => entry.changes)
      .flatMap((change) => change.value.messages ?? []);
  }

  async close(): Promise<void> {
    await this.running.close();
    await this.callback.close();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** A template without variables that every test simulator has. */
export const plainTemplate = {
  type: "template",
  template: { name: "plain", language: { code: "es_CO" } },
};

/** Starts a simulator with the test's number and the template `plain`, and events that come at once. */
export async function startTestSimulator(
  options: Partial<SimulatorOptions> = {},
): Promise<TestSimulator> {
  const dataDir = mkdtempSync(join(tmpdir(), "simulator-"));
  const callback = await startCallback();
  const running = await startSimulator({ port: 0, dataDir, ...options });
  const simulator = new TestSimulator(running, callback, dataDir);
  await simulator.behave({ statusDelayMs: 0 });
  await simulator.call("POST", "/sim/numbers", { ...testNumber, callbackUrl: callback.url });
  await simulator.addTemplate({
    name: "plain",
    language: "es_CO",
    category: "UTILITY",
    components: [{ type: "BODY", text: "Tu pedido está listo." }],
  });
  return simulator;
}

/** Waits until `condition` gives something true; the test runner's own limit is the only one. */
export async function until<T>(
  condition: () => T | Promise<T>,
): Promise<Exclude<T, false | null | undefined>> {
  for (;;) {
    const value = await condition();
    if (value) return value as Exclude<T, false | null | undefined>;
    await sleep(10);
  }
}
