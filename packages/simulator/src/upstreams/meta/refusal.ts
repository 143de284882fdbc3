import { randomBytes } from "node:crypto";
import { getFailureCode } from "./failure-codes.ts";

/** A call that is refused, as a value; {@link formatEnvelope} makes Meta's body of it. */
export interface Refusal {
  code: number;
  httpStatus: number;
  message: string;
  type: string;
  details?: string;
  subcode?: number;
  isTransient?: boolean;
  userTitle?: string;
  userMessage?: string;
}

/** A refusal by code, with the message that Meta makes of its title (fact sheet 2.1). */
export function refuse(code: number, details?: string, more?: Partial<Refusal>): Refusal {
  const { title, httpStatus } = getFailureCode(code);
  return {
    code,
    httpStatus,
    message: `(#${code}) ${title}`,
    type: "OAuthException",
    ...(details === undefined ? {} : { details }),
    ...more,
  };
}

/** Code 100 with its own sentence instead of a title. */
export function refuseParameter(sentence: string): Refusal {
  return refuse(100, undefined, { message: `(#100) ${sentence}` });
}

/** An object that does not exist or that the token may not see: the same answer for both (2.3). */
export function refuseUnknownObject(id: string, method = "post"): Refusal {
  return {
    code: 100,
    httpStatus: 400,
    message: `Unsupported ${method} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`,
    type: "GraphMethodException",
    subcode: 33,
  };
}

/** The body of an error answer (2.1). */
export function formatEnvelope(refusal: Refusal): { error: Record<string, unknown> } {
  return {
    error: {
      message: refusal.message,
      type: refusal.type,
      code: refusal.code,
      ...(refusal.details === undefined
        ? {}
        : { error_data: { messaging_product: "whatsapp", details: refusal.details } }),
      ...(refusal.subcode === undefined ? {} : { error_subcode: refusal.subcode }),
      ...(refusal.isTransient === undefined ? {} : { is_transient: refusal.isTransient }),
      ...(refusal.userTitle === undefined ? {} : { error_user_title: refusal.userTitle }),
      ...(refusal.userMessage === undefined ? {} : { error_user_msg: refusal.userMessage }),
      fbtrace_id: `A${randomBytes(16).toString("base64url")}`,
    },
  };
}

/** Whether a value is a refusal and not what was asked for. */
export function isRefusal(value: object): value is Refusal {
  return "httpStatus" in value && "code" in value && "message" in value;
}
