import { createBase64Decoder } from "./base64-decoder.ts";

/** What the text of a `media` field turned out to be. */
export type MediaTextEnd =
  | { kind: "blank" }
  | { kind: "url"; url: string }
  /** `rest` are the last bytes; all others came from `write`. */
  | { kind: "base64"; rest: Uint8Array }
  | { kind: "invalid"; why: string };

/** Reads the text of a `media` field as it arrives, as UTF-8 bytes. */
export interface MediaText {
  /** The file's next bytes: none while it is undecided, a URL, or invalid. */
  write(text: Uint8Array): Uint8Array;
  end(): MediaTextEnd;
}

/** Longest `data:` prefix that is looked through for its comma. */
const DATA_PREFIX_CHARS_MAX = 256;

const NOTHING = new Uint8Array();

/**
 * A {@link MediaText}. The first characters decide: `http://` or `https://` is a URL of up to `urlCharsMax`
 * characters, anything else base64, before which `data:<type>;base64,` may stand; the type is not asked.
 */
export function createMediaText({ urlCharsMax }: { urlCharsMax: number }): MediaText {
  return new StreamedText(urlCharsMax);
}

class StreamedText implements MediaText {
  #mode: "lead" | "url" | "base64" | "invalid" = "lead";
  /** What has come so far while undecided or a URL, one character for each byte. */
  #held = "";
  #why = "it is neither a http or https URL nor base64";
  readonly #decoder = createBase64Decoder();
  readonly #urlCharsMax: number;

  constructor(urlCharsMax: number) {
    this.#urlCharsMax = urlCharsMax;
  }

  write(text: Uint8Array): Uint8Array {
    if (this.#mode === "base64") return this.#decode(text);
    if (this.#mode === "invalid") return NOTHING;
    this.#held = (this.#held + Buffer.from(text).toString("latin1")).trimStart();
    if (this.#mode === "lead") return this.#decide(false);
    this.#boundUrl();
    return NOTHING;
  }

  end(): MediaTextEnd {
    if (this.#mode === "lead" && this.#held === "") return { kind: "blank" };
    const late = this.#mode === "lead" ? this.#decide(true) : NOTHING;
    if (this.#mode === "url") return this.#endUrl();
    const last = this.#mode === "base64" ? this.#decoder.end() : null;
    if (last === null) return { kind: "invalid", why: this.#why };
    return { kind: "base64", rest: Buffer.concat([late, last]) };
  }

  /** `isWhole`: nothing will follow, so what could still become a prefix is none. */
  #decide(isWhole: boolean): Uint8Array {
    const start = this.#held.slice(0, 8).toLowerCase();
    if (start.startsWith("http://") || start.startsWith("https://")) {
      this.#mode = "url";
      this.#boundUrl();
      return NOTHING;
    }
    if (start.startsWith("data:")) return this.#skipDataPrefix(isWhole);
    const isUndecided = ["http://", "https://", "data:"].some((prefix) => prefix.startsWith(start));
    return isUndecided && !isWhole ? NOTHING : this.#beginBase64(0);
  }

  #skipDataPrefix(isWhole: boolean): Uint8Array {
    const comma = this.#held.indexOf(",");
    if (comma === -1 && !isWhole && this.#held.length <= DATA_PREFIX_CHARS_MAX) return NOTHING;
    const prefix = this.#held.slice(0, comma).trimEnd().toLowerCase();
    if (comma !== -1 && comma <= DATA_PREFIX_CHARS_MAX && prefix.endsWith(";base64")) {
      return this.#beginBase64(comma + 1);
    }
    return this.#refuse("its data: prefix does not end in ;base64,");
  }

  #beginBase64(from: number): Uint8Array {
    const text = Buffer.from(this.#held.slice(from), "latin1");
    this.#held = "";
    this.#mode = "base64";
    return this.#decode(text);
  }

  #decode(text: Uint8Array): Uint8Array {
    return this.#decoder.write(text) ?? this.#refuse(this.#why);
  }

  #boundUrl(): void {
    // In UTF-8 a character takes at most four bytes; blanks behind the URL do not count.
    const isTooLong = this.#held.length > this.#urlCharsMax * 4;
    if (!isTooLong) return;
    this.#held = this.#held.trimEnd();
    if (this.#held.length > this.#urlCharsMax * 4) this.#refuseLongUrl();
  }

  #endUrl(): MediaTextEnd {
    const url = Buffer.from(this.#held, "latin1").toString("utf8").trim();
    if (url.length > this.#urlCharsMax) this.#refuseLongUrl();
    else if (/\p{Cc}/u.test(url)) this.#refuse("the URL holds control characters");
    return this.#mode === "url" ? { kind: "url", url } : { kind: "invalid", why: this.#why };
  }

  #refuseLongUrl(): void {
    this.#refuse(`the URL is longer than ${this.#urlCharsMax} characters`);
  }

  #refuse(why: string): Uint8Array {
    this.#mode = "invalid";
    this.#why = why;
    this.#held = "";
    return NOTHING;
  }
}
