import { randomBytes } from "node:crypto";
import { createUser, type NewUser } from "../accounts/users.ts";
import type { AdminDeps } from "../http/admin/admin-deps.ts";
import { registerAdminRoutes } from "../http/admin/register-admin-routes.ts";
import { startV1Server, type V1Reply, type V1Server } from "./v1-server.ts";

/** `/console/api`, beside `/v1`, on a database and a port of its own. */
export interface ConsoleServer extends Omit<V1Server, "call"> {
  /** `/v1`, by an api token. */
  callV1: V1Server["call"];
  /** Makes a person of an account and signs them in. */
  enter(person: Omit<NewUser, "login" | "password"> & { login?: string }): Promise<Visitor>;
  /** Somebody who is not signed in. */
  visit(cookie?: string): Visitor;
}

/** Somebody's browser. It keeps its cookie, as browsers do. */
export interface Visitor {
  cookie: string;
  login: string;
  password: string;
  userId: string;
  accountId: string;
  /** A call below `/console/api`, as the console's own pages make it. */
  call(method: string, path: string, given?: VisitorGiven): Promise<V1Reply>;
  /** A call anywhere on the server. */
  callAny(method: string, path: string, given?: VisitorGiven): Promise<V1Reply>;
  signIn(login: string, password: string): Promise<V1Reply>;
}

/** What a call brings; a header that is null is left out. */
export interface VisitorGiven {
  body?: unknown;
  headers?: Record<string, string | null>;
}

/** What the tests of the console do not ask administration for. */
const UNUSED: Pick<AdminDeps, "wallet" | "doctor"> = {
  wallet: { topUp: refuse, allocate: refuse, verify: refuse },
  doctor: { lagProbe: null, blobFolder: "", hookUrl: () => "" },
};

function refuse(): never {
  throw new Error("is not part of this test");
}

/** Starts a {@link ConsoleServer}; `withAdmin`: with `/admin` as well. */
export async function startConsoleServer(
  options: { withAdmin?: boolean } = {},
): Promise<ConsoleServer> {
  const { call: callV1, ...server } = await startV1Server((app, deps) => {
    if (options.withAdmin) registerAdminRoutes(app, { ...deps, ...UNUSED });
  });
  const visit = (cookie = "") => makeVisitor(server.url, cookie);
  return {
    ...server,
    callV1,
    visit,
    async enter(person) {
      const login = person.login ?? `person-${randomBytes(6).toString("hex")}`;
      const password = randomBytes(12).toString("base64url");
      const user = await createUser(server.deps, { ...person, login, password });
      const visitor = visit();
      const answer = await visitor.signIn(login, password);
      if (answer.status !== 200) throw new Error(`nobody got in: ${answer.text}`);
      const { id: userId, accountId } = user;
      return Object.assign(visitor, { login, password, userId, accountId });
    },
  };
}

function makeVisitor(url: string, cookie: string): Visitor {
  const visitor: Visitor = {
    ...{ cookie, login: "", password: "", userId: "", accountId: "" },
    call: (method, path, given) => visitor.callAny(method, `/console/api${path}`, given),
    async callAny(method, path, { body, headers = {} } = {}) {
      const all: Record<string, string | null> = {
        ...(visitor.cookie === "" ? {} : { cookie: `recado_session=${visitor.cookie}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...{ "x-recado-console": "1", origin: url, ...headers },
      };
      const raw = typeof body === "string" || body instanceof Uint8Array;
      const response = await fetch(`${url}${path}`, {
        method,
        headers: Object.fromEntries(
          Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null),
        ),
        ...(body === undefined ? {} : { body: raw ? (body as string) : JSON.stringify(body) }),
      });
      const [, set] =
        /recado_session=([\w-]*)/u.exec(response.headers.get("set-cookie") ?? "") ?? [];
      if (set !== undefined) visitor.cookie = set;
      const text = await response.text();
      const isJson = /json/u.test(response.headers.get("content-type") ?? "");
      return {
        ...{ status: response.status, headers: response.headers, text },
        json: isJson ? JSON.parse(text) : null,
      };
    },
    signIn: (login, password) => visitor.call("POST", "/sign-in", { body: { login, password } }),
  };
  return visitor;
}
