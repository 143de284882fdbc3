import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { OfficialNumber } from "../../store/numbers.ts";
import type { MetaParts } from "../meta/meta-parts.ts";
import { answerJson, brokenGateway, type GupshupAnswer, refuse } from "./answers.ts";
import { authorize } from "./authorize.ts";
import { takeSample } from "./samples.ts";
import { send } from "./send.ts";
import {
  createTemplate,
  deleteTemplates,
  editTemplate,
  getTemplate,
  listTemplates,
} from "./templates.ts";

type AppRequest = FastifyRequest<{
  Params: { appId: string; id: string };
  Querystring: Record<string, string>;
}>;
type Work = (request: AppRequest, number: OfficialNumber) => Promise<GupshupAnswer> | GupshupAnswer;

/** What an account starts with, and what each message takes from it, in US dollars. */
const startingBalance = 1_000;
const pricePerMessage = 0.001;

/** Gupshup's API under `/gupshup`, as far as the simulator plays it (fact sheet 1 to 3). */
export function createGupshupRoutes(parts: MetaParts) {
  return async (app: FastifyInstance): Promise<void> => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) =>
      done(null, body),
    );
    // The upload reads its own body, so that it never stands in memory.
    app.addContentTypeParser("multipart/form-data", (_request, _body, done) => done(null));
    app.setErrorHandler<Error & { statusCode?: number }>((error, request, reply) => {
      const status = error.statusCode ?? 500;
      if (status >= 500) parts.log.error({ err: error, path: request.routeOptions.url }, "gupshup");
      return answer(reply, status >= 500 ? brokenGateway : refuse(status, error.message));
    });
    app.setNotFoundHandler((request, reply) => {
      // The old API is over: its keys are not known any more (0.1).
      const isOld = request.url.startsWith("/gupshup/sm/");
      const old = "Portal User Not Found With APIKey";
      return answer(reply, isOld ? refuse(401, old) : refuse(404, "Not Found"));
    });
    app.post("/wa/api/v1/msg", (request, reply) => send(parts, request, reply));
    app.post("/wa/api/v1/template/msg", (request, reply) => send(parts, request, reply));
    addAppRoutes(parts, app);
    addAccountRoutes(parts, app);
    addFileRoute(parts, app);
  };
}

function addAppRoutes(parts: MetaParts, app: FastifyInstance): void {
  const ofApp = (work: Work) => async (request: FastifyRequest, reply: FastifyReply) => {
    const reached = authorize(parts, request);
    if (!Array.isArray(reached)) return answer(reply, reached);
    const asked = request as AppRequest;
    const number = reached.find((one) => one.id === asked.params.appId);
    if (number === undefined) return answer(reply, refuse(400, "Invalid App Details"));
    return answer(reply, await work(asked, number));
  };
  const template = "/wa/app/:appId/template";
  app.get(
    template,
    ofApp((request, number) => listTemplates(parts, number, request.query)),
  );
  app.post(
    template,
    ofApp((request, number) => createTemplate(parts, number, formOf(request))),
  );
  app.put(
    `${template}/:id`,
    ofApp((request, number) =>
      editTemplate(parts, number, { id: request.params.id, form: formOf(request) }),
    ),
  );
  app.post(
    "/wa/:appId/wa/media/v2",
    ofApp((request, number) => takeSample(parts, request, number)),
  );
  app.get(
    `${template}/:id`,
    ofApp((request, number) => getTemplate(parts, number, request.params.id)),
  );
  app.delete(
    `${template}/:id`,
    ofApp((request, number) => deleteTemplates(parts, number, request.params.id)),
  );
  app.get(
    "/partner/app/:appId/wallet/balance",
    ofApp((_request, number) => formatWallet(parts, number)),
  );
}

function formOf(request: AppRequest): URLSearchParams {
  return new URLSearchParams(typeof request.body === "string" ? request.body : "");
}

/** What tells how an account is: its subscription (3.7), and the old wallet call (3.2), which new accounts lost. */
function addAccountRoutes(parts: MetaParts, app: FastifyInstance): void {
  app.get<{ Params: { appId: string } }>("/wa/app/:appId/subscription", (request, reply) => {
    const reached = authorize(parts, request);
    if (!Array.isArray(reached)) return answer(reply, reached);
    const number = reached.find((one) => one.id === request.params.appId);
    if (number === undefined) return answer(reply, refuse(400, "Invalid App Details"));
    const modes = parts.troubles.find(number.id).subscribedModes ?? MODES;
    const subscription = {
      id: "10380410",
      appId: number.id,
      active: true,
      modes,
      tag: "recado",
      url: number.effectiveCallbackUrl,
      version: number.callbackVersion,
    };
    return answer(reply, answerJson(200, { status: "success", subscriptions: [subscription] }));
  });
  app.get("/sm/api/v2/wallet/balance", (request, reply) => {
    const reached = authorize(parts, request);
    if (!Array.isArray(reached)) return answer(reply, reached);
    const balance = parts.troubles.find(reached[0]?.id ?? "").walletBalance;
    if (balance === undefined)
      return answer(reply, refuse(401, "Portal User Not Found With APIKey"));
    return answer(reply, answerJson(200, { status: "success", balance }));
  });
}

const MODES = ["SENT", "DELIVERED", "READ", "OTHERS", "FAILED", "MESSAGE", "ENQUEUED", "BILLING"];

/** The balance falls with every message that costs (3.2); nothing stops at zero: 573009001003 plays that. */
function formatWallet(parts: MetaParts, number: OfficialNumber): GupshupAnswer {
  const spent = parts.messages.countPriced(number.id) * pricePerMessage;
  const currentBalance = Number((startingBalance - spent).toFixed(3));
  return answerJson(200, {
    status: "success",
    walletResponse: { currency: "USD", currentBalance, overDraftLimit: -20 },
  });
}

/** A person's file: public, for seven days (4.9). */
function addFileRoute(parts: MetaParts, app: FastifyInstance): void {
  app.get<{ Params: { appId: string; id: string } }>(
    "/wa/:appId/wa/media/:id",
    (request, reply) => {
      const { appId, id } = request.params;
      const row = parts.media.findLiving(id, parts.clock());
      if (row === undefined || row.number_id !== appId) {
        return answer(reply, { status: 404, type: "text/plain", body: "Not Found" });
      }
      return reply
        .type(row.mime)
        .header("content-length", row.bytes)
        .send(parts.mediaFiles.read(row.id));
    },
  );
}

function answer(reply: FastifyReply, { status, type, body }: GupshupAnswer): FastifyReply {
  return reply.code(status).type(`${type}; charset=utf-8`).send(body);
}
