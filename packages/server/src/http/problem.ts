import { ERROR_CODES, type ErrorCode, type Problem } from "@recado/contract/error-codes";
import type { FastifyInstance, FastifyReply } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { AppError, type ErrorDetail } from "../platform/app-error.ts";

/**
 * Makes every error of this server an RFC 9457 problem: refusals that we foresaw as they are, what
 * fastify refuses by our codes, and anything else as `internal`, which tells the caller nothing and the
 * log everything.
 */
export function registerProblems(
  app: FastifyInstance,
  /** Whether an error says that the database is away for now: 503, and come again. */
  isUnavailable: (error: unknown) => boolean = () => false,
): void {
  app.setErrorHandler((error, request, reply) => {
    const away = !(error instanceof AppError) && isUnavailable(error);
    const refusal = away ? readUnavailable(error) : readRefusal(error);
    if (refusal.code === "internal") request.log.error({ err: error }, "http.failed");
    return sendProblem(reply, refusal);
  });
  app.setNotFoundHandler((_request, reply) =>
    sendProblem(reply, new AppError("not_found", "There is nothing at this address.")),
  );
}

function readUnavailable(cause: unknown): AppError {
  const message = "The database is away for the moment. Try again in a few seconds.";
  return new AppError("not_ready", { message, retryAfterS: 2 }, { cause });
}

/** Answers with a problem, with `Retry-After` where waiting helps. */
export function sendProblem(reply: FastifyReply, error: AppError): FastifyReply {
  const problem = formatProblem(error.code, error.detail);
  if (error.detail.retryAfterS !== undefined) {
    reply.header("retry-after", String(Math.ceil(error.detail.retryAfterS)));
  }
  return reply
    .code(problem.status)
    .header("content-type", "application/problem+json; charset=utf-8")
    .serializer(JSON.stringify)
    .send(problem);
}

/** The body of an error. */
export function formatProblem(code: ErrorCode, detail: ErrorDetail): Problem {
  const { status, title } = ERROR_CODES[code];
  return {
    type: `urn:recado:error:${code}`,
    title,
    status,
    code,
    detail: detail.message,
    ...(detail.errors ? { errors: detail.errors } : {}),
    ...(detail.holder ? { holder: detail.holder } : {}),
  };
}

/** The refusal that a thrown thing stands for; `internal` when nobody foresaw it. */
export function readRefusal(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) return readValidation(error);
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  const known = FASTIFY_REFUSALS[String(code)];
  if (known) return new AppError(...known, { cause: error });
  // What fastify's body readers throw without a code: JSON that is none, or that has `__proto__` in it.
  if (error instanceof SyntaxError && statusCode === 400) {
    return new AppError("malformed_body", "The body is not JSON that can be taken.", {
      cause: error,
    });
  }
  // PostgreSQL's 22021 and 22P05: a NUL in a text, wherever in the request it stood.
  if (code === "22021" || code === "22P05") {
    return new AppError("invalid_request", "A text has a character that cannot be stored (NUL).", {
      cause: error,
    });
  }
  return new AppError("internal", "It has been noted; please try again later.", { cause: error });
}

const FASTIFY_REFUSALS: Record<string, [ErrorCode, string] | undefined> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    "unsupported_media_type",
    "This address does not take a body of this Content-Type.",
  ],
  FST_ERR_CTP_BODY_TOO_LARGE: ["body_too_large", "The body is larger than this address takes."],
  FST_ERR_CTP_EMPTY_JSON_BODY: ["malformed_body", "The body is empty; send at least {}."],
  FST_ERR_CTP_INVALID_JSON_BODY: ["malformed_body", "The body is not JSON that can be taken."],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    "malformed_body",
    "The body is not as long as Content-Length says.",
  ],
  FST_ERR_BAD_URL: ["invalid_request", "The address cannot be read."],
};

interface ValidationError {
  validation: { instancePath: string; message?: string }[];
  validationContext?: string;
}

function readValidation(error: ValidationError): AppError {
  const errors = error.validation.slice(0, 50).map((issue) => ({
    path: issue.instancePath.replace(/^\//u, "").replaceAll("/", ".") || "(whole)",
    message: issue.message ?? "is not as documented",
  }));
  const [first] = errors;
  const where = WHERE[error.validationContext ?? ""] ?? "request";
  return new AppError("invalid_request", {
    message: `The ${where} is not as documented: ${first?.path}: ${first?.message}.`,
    errors,
  });
}

const WHERE: Record<string, string | undefined> = {
  body: "body",
  querystring: "query",
  params: "address",
  headers: "headers",
};
