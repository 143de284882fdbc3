import { Readable } from "node:stream";
import * as fields from "@recado/contract/admin-fields";
import * as persons from "@recado/contract/admin-person-api";
import type { z } from "zod";
import { accessAccount, accessErasure } from "../../accounts/access.ts";
import { type Erasure, requestErasure } from "../../contacts/erase-person.ts";
import { findPerson } from "../../contacts/find-person.ts";
import { writePersonDocument } from "../person-document.ts";
import { type AdminApp, type AdminDeps, callerOf } from "./admin-deps.ts";

/** One person's data: given out whole, and erased. */
export function addPersonRoutes(app: AdminApp, deps: AdminDeps): void {
  app.get(
    "/accounts/:id/person-export",
    { schema: { params: fields.idParams, querystring: persons.personChoice } },
    async (request, reply) => {
      const { accountId } = await accessAccount(deps.pool, callerOf(request), request.params.id);
      const person = await findPerson(deps.pool, accountId, request.query);
      return reply
        .header("content-type", "application/json; charset=utf-8")
        .header("cache-control", "private, no-store")
        .send(Readable.from(writePersonDocument(deps, person)));
    },
  );
  app.post(
    "/accounts/:id/erasures",
    {
      schema: {
        params: fields.idParams,
        body: persons.personChoice,
        response: { 202: persons.erasure },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const { accountId } = await accessAccount(deps.pool, caller, request.params.id);
      const by = `token ${caller.tokenId}`;
      reply.code(202);
      return formatErasure(await requestErasure(deps, { accountId, who: request.body, by }));
    },
  );
  app.get(
    "/erasures/:id",
    { schema: { params: fields.idParams, response: { 200: persons.erasure } } },
    async (request) =>
      formatErasure(await accessErasure(deps.pool, callerOf(request), request.params.id)),
  );
}

function formatErasure(row: Erasure): z.input<typeof persons.erasure> {
  const { id, accountId, state } = row;
  return {
    ...{ id, accountId, state },
    requestedAt: row.requestedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    erased: row.progress.counts,
  };
}
