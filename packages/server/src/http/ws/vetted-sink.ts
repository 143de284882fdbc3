import type { MediaIntake } from "../../gateway/media-intake.ts";
import type { MediaSink } from "../../gateway/media-sink.ts";

/** What a {@link createVettedSink} works with. */
export interface VettedSinkOptions {
  newMediaSink(): MediaSink;
  /** Asked once, before the first byte is stored: whether all of it is to be thrown away. */
  isRefused(): Promise<boolean>;
}

/**
 * A {@link MediaSink} that stores nothing for somebody who is known to be wrong: the first `flush` asks, and until then
 * what was written is only held, which is a piece of the request at most.
 */
export function createVettedSink(options: VettedSinkOptions): MediaSink {
  return new VettedSink(options);
}

class VettedSink implements MediaSink {
  readonly #options: VettedSinkOptions;
  #held: { write: "writeText" | "writeFile"; bytes: Uint8Array }[] = [];
  /** Undefined until it was asked; null: everything is thrown away. */
  #sink: MediaSink | null | undefined;

  constructor(options: VettedSinkOptions) {
    this.#options = options;
  }

  writeText(text: Uint8Array): void {
    this.#write("writeText", text);
  }

  writeFile(bytes: Uint8Array): void {
    this.#write("writeFile", bytes);
  }

  async flush(): Promise<void> {
    if (this.#sink === undefined && this.#held.length > 0) {
      this.#open(await this.#options.isRefused());
    }
    await this.#sink?.flush();
  }

  async end(): Promise<MediaIntake | null> {
    await this.flush();
    return (await this.#sink?.end()) ?? null;
  }

  async abort(): Promise<void> {
    this.#held = [];
    await this.#sink?.abort();
  }

  #write(write: "writeText" | "writeFile", bytes: Uint8Array): void {
    if (this.#sink === undefined) this.#held.push({ write, bytes });
    else this.#sink?.[write](bytes);
  }

  #open(refused: boolean): void {
    const sink = refused ? null : this.#options.newMediaSink();
    for (const { write, bytes } of this.#held.splice(0)) sink?.[write](bytes);
    this.#sink = sink;
  }
}
