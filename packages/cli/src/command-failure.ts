/** A failure that a person can do something about; anything else that is thrown is a bug. */
export class CommandFailure extends Error {
  /** More about it, a line each: the fields at fault. */
  readonly lines: readonly string[];

  constructor(message: string, lines: readonly string[] = []) {
    super(message);
    this.name = "CommandFailure";
    this.lines = lines;
  }
}
