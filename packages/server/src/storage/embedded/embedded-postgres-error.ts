/** What can keep the embedded PostgreSQL from running, each with a sentence of what to do in the error's message. */
export type EmbeddedPostgresErrorCode =
  /** npm carries no PostgreSQL for this machine, or did not install it. */
  | "binaries-missing"
  /** Root gave the server to an ordinary user, who cannot read a folder that it needs. */
  | "folder-unreachable"
  /** The data folder belongs to somebody else. */
  | "folder-not-ours"
  /** The data folder was made by another major version of PostgreSQL, or is not one of PostgreSQL's. */
  | "folder-not-usable"
  /** The port that was asked for is taken by another program. */
  | "port-in-use"
  | "disk-full"
  /** PostgreSQL said something else; the end of its log is in the message. */
  | "start-failed";

/** The embedded PostgreSQL cannot run, for a reason that the operator can do something about. */
export class EmbeddedPostgresError extends Error {
  readonly code: EmbeddedPostgresErrorCode;

  constructor(code: EmbeddedPostgresErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "EmbeddedPostgresError";
    this.code = code;
  }
}
