import { hash } from "node:crypto";
import { parseTemplateVariables } from "../domain/template-variables.ts";
import type { MediaIntake } from "./media-intake.ts";

/** A send as a caller asked for it; texts as they came. */
export interface SendRequest {
  /** The door it came through. */
  source: "ws";
  login: string;
  token: string;
  mobile: string;
  idTemplate: string | undefined;
  message: string | undefined;
  templateVariables: string | readonly string[] | undefined;
  customField: string;
  mediaName: string;
  media: MediaIntake | null;
}

/** A request with everything read that needs no database. */
export interface PreparedSend {
  request: SendRequest;
  /** SHA-256 of the token, hex. */
  tokenHash: string;
  /** What to send: a template's number (null: not a number), or free text; null when neither came. */
  wanted: { kind: "template"; number: number | null } | { kind: "text"; text: string } | null;
  /** Null when they cannot be read. */
  variables: readonly string[] | null;
}

/** Reads a request; never throws. */
export function prepareSend(request: SendRequest): PreparedSend {
  const parsed = parseTemplateVariables(
    typeof request.templateVariables === "object"
      ? [...request.templateVariables]
      : request.templateVariables,
  );
  return {
    request,
    tokenHash: hash("sha256", request.token),
    wanted: findWanted(request),
    variables: parsed.kind === "values" ? parsed.values : null,
  };
}

/** With both, the template wins and the text is ignored. */
function findWanted(request: SendRequest): PreparedSend["wanted"] {
  const idTemplate = request.idTemplate?.trim() ?? "";
  if (idTemplate !== "") {
    const number = /^\d{1,9}$/u.test(idTemplate) ? Number(idTemplate) : null;
    return { kind: "template", number };
  }
  const text = request.message ?? "";
  return text.trim() === "" ? null : { kind: "text", text };
}
