import { V1_OPERATIONS as calls } from "@recado/contract/v1/operations";
import { OPT_OUT_LIST_BYTES_MAX } from "@recado/contract/v1/opt-outs";
import type { FastifyRequest } from "fastify";
import { accessAccount } from "../../accounts/access.ts";
import {
  addOptOuts,
  browseOptOuts,
  checkOptOut,
  type ListOwner,
  readRules,
  removeOptOut,
  setRules,
} from "../../accounts/opt-outs.ts";
import { parseOptOutList } from "../../domain/opt-out-list.ts";
import { AppError } from "../../platform/app-error.ts";
import { abandonBody } from "../abandon-body.ts";
import { formatOptOut } from "./format-limits.ts";
import { pickProject } from "./pick-project.ts";
import type { Serve } from "./serve.ts";
import type { V1Caller, V1Deps } from "./v1-deps.ts";

/** Who is not sent marketing. */
export function serveOptOuts(serve: Serve, deps: V1Deps): void {
  serve(calls.listOptOuts, async ({ caller, query }) => {
    const owner = await findOwner(deps, caller, query.project_id);
    const { items, nextCursor } = await browseOptOuts(deps, owner, query);
    return { items: items.map(formatOptOut), next_cursor: nextCursor };
  });
  serve(calls.addOptOuts, async ({ caller, body }) => {
    const owner = await findOwner(deps, caller, body.project_id);
    const people = body.mobiles.map((mobile, index) => ({
      ...{ line: index + 1, mobile, note: body.note },
    }));
    return addOptOuts(deps, owner, people);
  });
  serve(calls.checkOptOut, async ({ caller, params, query }) => {
    const { accountId, projectId } = await findOwner(deps, caller, query.project_id);
    const row = await checkOptOut(deps, { accountId, projectId, mobile: params.mobile });
    return {
      mobile: params.mobile,
      project_id: projectId,
      opted_out: row !== null,
      source: row?.source ?? null,
      note: row?.note ?? null,
      since: row?.createdAt.toISOString() ?? null,
    };
  });
  serve(calls.removeOptOut, async ({ caller, params, query }) => {
    const { accountId, projectId } = await findOwner(deps, caller, query.project_id);
    await removeOptOut(deps, { accountId, projectId, mobile: params.mobile });
  });
  serve(calls.getOptOutRules, async ({ caller, query }) =>
    formatRules(deps, await findOwner(deps, caller, query.project_id)),
  );
  serve(calls.setOptOutRules, async ({ caller, body }) => {
    const owner = await findOwner(deps, caller, body.project_id);
    await setRules(deps, owner, {
      outWords: body.out_words ?? null,
      inWords: body.in_words ?? null,
      outReply: body.out_reply ?? null,
      inReply: body.in_reply ?? null,
    });
    return formatRules(deps, owner);
  });
}

/** The import, whose body is a file: to be added where bodies are not read. */
export function serveOptOutImport(serve: Serve, deps: V1Deps): void {
  serve(calls.importOptOuts, async ({ caller, query, request, reply }) => {
    const owner = await findOwner(deps, caller, query.project_id);
    const text = await readText(request);
    if (text === null) {
      abandonBody(request, reply);
      throw new AppError("body_too_large", `A list may have ${OPT_OUT_LIST_BYTES_MAX} bytes.`);
    }
    const parsed = parseOptOutList(text);
    if (parsed.kind === "unreadable") {
      throw new AppError("malformed_body", `The list cannot be read: ${parsed.why}.`);
    }
    return addOptOuts(deps, owner, parsed.people);
  });
}

/** The whole body; null when it is too large. */
async function readText(request: FastifyRequest): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.raw.iterator({ destroyOnReturn: false })) {
    bytes += (chunk as Buffer).length;
    if (bytes > OPT_OUT_LIST_BYTES_MAX) return null;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString("utf8").replaceAll("\0", "");
}

async function findOwner(
  deps: V1Deps,
  caller: V1Caller,
  wanted: string | undefined,
): Promise<ListOwner> {
  const { accountId, id: projectId } = await pickProject(deps, caller, wanted);
  const { countries } = await accessAccount(deps.pool, caller, accountId);
  return { accountId, projectId, countries };
}

async function formatRules(deps: V1Deps, owner: ListOwner) {
  const rules = await readRules(deps, owner);
  return {
    project_id: owner.projectId,
    out_words: [...rules.outWords],
    in_words: [...rules.inWords],
    out_reply: rules.outReply,
    in_reply: rules.inReply,
  };
}
