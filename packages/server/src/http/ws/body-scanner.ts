/** Reads a body of one encoding as it arrives. It ends with `end`; a scanner that threw is thrown away. */
export interface BodyScanner {
  /** The next bytes, which must not change later. */
  scan(bytes: Buffer): void | Promise<void>;
  /** The body is whole. */
  end(): void | Promise<void>;
}

/** A {@link BodyScanner} that never waits. */
export interface ImmediateScanner extends BodyScanner {
  scan(bytes: Buffer): void;
  end(): void;
}
