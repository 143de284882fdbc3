import { isUtf8 } from "node:buffer";
import type { MediaIntake } from "../../gateway/media-intake.ts";
import type { MediaSink } from "../../gateway/media-sink.ts";
import { AppError } from "../../platform/app-error.ts";
import { createVettedSink } from "./vetted-sink.ts";

/** The parameters of the `ws` API besides `media`; undefined where the caller gave none, `""` where a blank. */
export interface WsFields {
  login?: string;
  token?: string;
  id_template?: string;
  mobile?: string;
  message?: string;
  media_name?: string;
  custom_field?: string;
  idempotency_key?: string;
  campaign?: string;
  /** A list where the caller sent one: a JSON array, or form fields named `template_variables[]`. */
  template_variables?: string | string[];
}

/** A query string, decoded; a list where a name came more than once. */
export type WsQuery = Record<string, string | string[] | undefined>;

/** Where a scanner puts what it reads. Of a parameter that comes twice the last one counts. */
export interface FieldReceiver {
  /** Counts bytes that are about to be held in memory; refuses with `body_too_large` beyond the limit. */
  hold(bytes: number): void;
  /** A value. Names that are no parameter are forgotten, as PHP would. */
  setText(name: string, value: string): void;
  setList(name: "template_variables", values: string[]): void;
  /** The caller said that there is none. */
  unset(name: string): void;
  /** Begins a value of `media`, in place of an earlier one. */
  beginMedia(): MediaSink;
}

/** What {@link createFieldReceiver} works with. */
export interface FieldReceiverOptions {
  /** Of all names and values together that are held in memory: everything but `media`. */
  fieldBytesMax: number;
  newMediaSink(): MediaSink;
  /** Stands behind the body from the beginning: what it says of the caller is known before any media. */
  query?: WsQuery;
  /**
   * Whether these are certainly wrong: then no media of theirs is stored. Asked only when both came before the media;
   * absent: everybody's media is stored.
   */
  isStranger?(credentials: WsCredentials): Promise<boolean>;
}

/** What a caller says who it is, as it came. */
export interface WsCredentials {
  login: string;
  token: string;
}

/** Parameters that are text, and nothing else. */
export const TEXT_FIELDS = [
  "login",
  "token",
  "id_template",
  "mobile",
  "message",
  "media_name",
  "custom_field",
  "idempotency_key",
  "campaign",
] as const;

/** About what a sink takes while nothing has come, lest a body of nothing but `media=` fill the memory. */
const SINK_BYTES = 512;

const VARIABLES = "template_variables";
/** PHP and Guzzle write lists so, with or without the index. */
const VARIABLES_ITEM = /^template_variables\[\d{0,6}\]$/u;

/** A {@link FieldReceiver} that can be asked afterwards what it got. */
export class WsFieldReceiver implements FieldReceiver {
  readonly #options: FieldReceiverOptions;
  readonly #fields: WsFields = {};
  #heldBytes = 0;
  #media: MediaSink | undefined;
  /** Whoever was asked about, and what the answer was. */
  #vetted: (WsCredentials & { stranger: boolean }) | undefined;
  readonly #replaced: MediaSink[] = [];

  constructor(options: FieldReceiverOptions) {
    this.#options = options;
  }

  get fields(): WsFields {
    return this.#fields;
  }

  hold(bytes: number): void {
    this.#heldBytes += bytes;
    const { fieldBytesMax } = this.#options;
    if (this.#heldBytes > fieldBytesMax) {
      throw new AppError(
        "body_too_large",
        `All parameters besides media may have ${fieldBytesMax} bytes together`,
      );
    }
  }

  setText(name: string, value: string): void {
    if (VARIABLES_ITEM.test(name)) {
      const earlier = this.#fields.template_variables;
      const values = Array.isArray(earlier) ? earlier : [];
      values.push(checkText(VARIABLES, value));
      this.#fields.template_variables = values;
      return;
    }
    const field = name === VARIABLES ? VARIABLES : TEXT_FIELDS.find((each) => each === name);
    if (field !== undefined) this.#fields[field] = checkText(name, value);
  }

  setList(name: "template_variables", values: string[]): void {
    this.#fields[name] = values.map((value) => checkText(name, value));
  }

  unset(name: string): void {
    if (name === "media") this.#replaceMedia(undefined);
    else Reflect.deleteProperty(this.#fields, name);
  }

  beginMedia(): MediaSink {
    this.hold(SINK_BYTES);
    const { newMediaSink, isStranger } = this.#options;
    const isRefused = () => this.#isStranger();
    const sink = isStranger ? createVettedSink({ newMediaSink, isRefused }) : newMediaSink();
    this.#replaceMedia(sink);
    return sink;
  }

  async #isStranger(): Promise<boolean> {
    const credentials = this.#credentials();
    const { isStranger } = this.#options;
    if (!credentials || !isStranger) return false;
    if (!isSame(this.#vetted, credentials)) {
      this.#vetted = { ...credentials, stranger: await isStranger(credentials) };
    }
    return this.#vetted?.stranger ?? false;
  }

  /** What has come so far; null while one of the two is missing. */
  #credentials(): WsCredentials | null {
    const { query = {} } = this.#options;
    const login = this.#fields.login ?? [query.login].flat().at(-1);
    const token = this.#fields.token ?? [query.token].flat().at(-1);
    return login === undefined || token === undefined ? null : { login, token };
  }

  /** Refuses a body that names another caller behind the media than before it, when the first one's was thrown away. */
  checkCaller(): void {
    if (!this.#vetted?.stranger || isSame(this.#vetted, this.#fields)) return;
    throw malformed("login and token stand before media with other values than behind it");
  }

  /** Fills in what the body did not give. */
  fillFromQuery(query: WsQuery): void {
    const given = new Set(Object.keys(this.#fields));
    for (const [name, values] of Object.entries(query)) {
      const field = VARIABLES_ITEM.test(name) ? VARIABLES : name;
      if (given.has(field) || values === undefined) continue;
      for (const value of [values].flat()) {
        if (field !== "media") this.setText(name, value);
      }
      const media = field === "media" ? [values].flat().at(-1) : undefined;
      if (media !== undefined && this.#media === undefined) {
        this.beginMedia().writeText(Buffer.from(media));
      }
    }
  }

  /** Resolves when all media that came so far has been written. */
  async flush(): Promise<void> {
    await this.#abortReplaced();
    await this.#media?.flush();
  }

  /** What came as `media`; to be asked once, when the whole body has been read. */
  async endMedia(): Promise<MediaIntake | null> {
    await this.#abortReplaced();
    return (await this.#media?.end()) ?? null;
  }

  /** Removes whatever has been stored. */
  async abort(): Promise<void> {
    this.#replaceMedia(undefined);
    await this.#abortReplaced();
  }

  #replaceMedia(sink: MediaSink | undefined): void {
    if (this.#media !== undefined) this.#replaced.push(this.#media);
    this.#media = sink;
  }

  async #abortReplaced(): Promise<void> {
    for (const sink of this.#replaced.splice(0)) await sink.abort();
  }
}

function isSame(one: WsCredentials | undefined, other: Partial<WsCredentials>): boolean {
  return one !== undefined && one.login === other.login && one.token === other.token;
}

/** Reads bytes as the text of a parameter; refuses what is not UTF-8 rather than guess another encoding. */
export function decodeUtf8(bytes: Uint8Array, path: string): string {
  if (!isUtf8(bytes)) throw malformed("The body holds text that is not UTF-8", path);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}

/** The refusal of a body that cannot be read. Messages never quote the body: it may hold credentials. */
export function malformed(message: string, path?: string, options?: ErrorOptions): AppError {
  const errors = path === undefined ? {} : { errors: [{ path, message }] };
  return new AppError("malformed_body", { message, ...errors }, options);
}

function checkText(name: string, value: string): string {
  // PostgreSQL cannot store a NUL (its manual, §8.3), nor UTF-8 carry half of a surrogate pair.
  if (value.includes("\0")) throw malformed("A parameter holds the character NUL", name);
  if (!value.isWellFormed()) throw malformed("A parameter holds half a character", name);
  return value;
}
