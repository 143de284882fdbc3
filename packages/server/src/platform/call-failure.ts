/** The guard said no; carried through the client's machinery as an error. */
export class GuardRefusal extends Error {}

/** Failures as a sentence that gives away neither addresses nor our insides. */
export function describeFailure(error: unknown): { kind: "refused" | "failed"; why: string } {
  if (error instanceof GuardRefusal) return { kind: "refused", why: error.message };
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return { kind: "failed", why: FAILURES[code] ?? (code || "the call failed") };
}

const FAILURES: Partial<Record<string, string>> = {
  ENOTFOUND: "the host name does not exist (ENOTFOUND)",
  EAI_AGAIN: "the host name could not be resolved (EAI_AGAIN)",
  ECONNREFUSED: "the connection was refused (ECONNREFUSED)",
  ECONNRESET: "the connection was cut (ECONNRESET)",
  EHOSTUNREACH: "the host cannot be reached (EHOSTUNREACH)",
  ENETUNREACH: "the network cannot be reached (ENETUNREACH)",
  UND_ERR_CONNECT_TIMEOUT: "the connection was not answered in time",
  UND_ERR_SOCKET: "the connection was cut before a whole reply came",
  HPE_INVALID_CONSTANT: "the reply is not HTTP",
  UND_ERR_HEADERS_OVERFLOW: "the reply's headers are too long",
  CERT_HAS_EXPIRED: "the certificate has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "the certificate is self-signed",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "the certificate's chain is incomplete",
  ERR_TLS_CERT_ALTNAME_INVALID: "the certificate is for another name",
};
