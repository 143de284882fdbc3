import type {
  ArrivedMessage,
  ReceivedWebhook,
  SimulatedNumber,
  SimulatorBehaviour,
  SimulatorState,
  ThreadItem,
} from "@recado/contract/simulator-api";

/** Somebody writes to an official number. */
export interface Inbound {
  from: string;
  to: string;
  text?: string;
  button?: string;
  media?: { kind: string; mime: string; name?: string; base64: string; caption?: string };
  location?: { latitude: number; longitude: number; name?: string; address?: string };
  replyTo?: string;
}

/** What tests ask of the simulator. */
export interface SimulatorClient {
  url: string;
  /** What arrived, at one telephone or at all, oldest first. */
  messages(to?: string): Promise<ArrivedMessage[]>;
  thread(mobile: string): Promise<ThreadItem[]>;
  /** The bytes of an attachment. */
  media(id: string): Promise<Buffer>;
  inbound(request: Inbound): Promise<string>;
  /** The webhooks that an integrator's address took, refused attempts too, oldest first. */
  receiver(name: string): Promise<ReceivedWebhook[]>;
  receiverBehaviour(
    name: string,
    behaviour: { status?: number; delayMs?: number; times: number },
  ): Promise<void>;
  receiverSecret(name: string, secret: string): Promise<void>;
  behaviour(behaviour: Partial<SimulatorBehaviour>): Promise<void>;
  decideTemplate(id: string, decision: { status: string; rejectedReason?: string }): Promise<void>;
  registerNumber(number: SimulatedNumber): Promise<unknown>;
  state(): Promise<SimulatorState>;
  reset(): Promise<void>;
}

/** A client of the simulator at `url`. Any answer but a success is thrown. */
export function createSimulatorClient(url: string): SimulatorClient {
  const get = async <T>(path: string): Promise<T> =>
    (await checked(await fetch(url + path))).json() as T;
  const post = async (path: string, body: unknown): Promise<unknown> => {
    const headers = { "content-type": "application/json" };
    const init = { method: "POST", headers, body: JSON.stringify(body) };
    const text = await (await checked(await fetch(url + path, init))).text();
    return text === "" ? null : JSON.parse(text);
  };
  const silent = async (path: string, body: unknown): Promise<void> =>
    void (await post(path, body));
  return {
    url,
    messages: (to) => get(`/sim/messages${to === undefined ? "" : `?to=${to}`}`),
    thread: (mobile) => get(`/sim/threads/${mobile}`),
    media: async (id) =>
      Buffer.from(await (await checked(await fetch(`${url}/sim/media/${id}`))).arrayBuffer()),
    inbound: async (request) =>
      String(((await post("/sim/inbound", request)) as { id: string }).id),
    receiver: (name) => get(`/sim/receiver/${name}`),
    receiverBehaviour: (name, behaviour) => silent(`/sim/receiver-behaviour/${name}`, behaviour),
    receiverSecret: (name, secret) => silent(`/sim/receiver-secret/${name}`, { secret }),
    behaviour: (behaviour) => silent("/sim/behaviour", behaviour),
    decideTemplate: (id, decision) => silent(`/sim/templates/${id}`, decision),
    registerNumber: (number) => post("/sim/numbers", number),
    state: () => get("/sim/state"),
    reset: () => silent("/sim/reset", {}),
  };
}

async function checked(response: Response): Promise<Response> {
  if (response.ok) return response;
  throw new Error(`${response.url} answered ${response.status}: ${await response.text()}`);
}
