import { queryOptions } from "@tanstack/react-query";
import { ApiProblem } from "../api/api-problem.ts";
import { callConsole } from "../api/call.ts";
import type { Operation, Schema } from "../api/operation.ts";
import type { Session } from "./session.ts";

interface SchemaOf<T> extends Schema {
  _zod: { output: T; input: T };
}
interface GetSession extends Operation {
  method: "GET";
  path: "/session";
  answer: { status: 200; schema: SchemaOf<Session> };
}

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      return await callConsole<GetSession>({ method: "GET", path: "/session", signal });
    } catch (error) {
      if (error instanceof ApiProblem && error.code === "unauthenticated") return null;
      throw error;
    }
  },
  staleTime: Number.POSITIVE_INFINITY,
});
