import type { ErrorCode } from "@recado/contract/error-codes";
import type { WsRefusal } from "@recado/contract/ws-codes";

/** A refusal as `/v1` tells it: its own code, a sentence, and the fields at fault. */
export interface SendProblem {
  code: ErrorCode;
  message: string;
  errors: { path: string; message: string }[];
}

/**
 * What a caller is told. `replayed`: its key had been used for the same request, nothing new was stored.
 * `key-reused`: its key had been used for another. `problem` says a refusal to callers of `/v1`.
 */
export type SendAnswer =
  | { code: 1; messageId: string; replayed: boolean }
  | { code: WsRefusal; problem: SendProblem | null }
  | { code: "key-reused" };
