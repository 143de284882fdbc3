/** A value of JSON. */
export type ExampleJson =
  | string
  | number
  | boolean
  | null
  | ExampleJson[]
  | { [key: string]: ExampleJson };

/**
 * How a call of `/v1` is shown and tried: in the reference page, and in the Postman collection, which a test runs against
 * the demonstration. Texts may hold `{{name}}` of the example variables, or Postman's own `{{$guid}}` and `{{$timestamp}}`.
 */
export interface OperationExample {
  /** What the call does, in Spanish; the English is the operation's `summary`. */
  es: string;
  /** A right body; needed by calls that take JSON. */
  body?: ExampleJson;
  /** A text to upload, of a call that takes any bytes; absent: a PDF. */
  file?: { type: string; text: string };
  /** What stands for each `:name` of the address; needed by calls that have one. */
  params?: Record<string, string>;
  /** Parameters of the query that the example sends; the others are listed and switched off. */
  query?: Record<string, string>;
  /** Variables that the answer fills, each with the place of its value: `items.0.id`. Something must stand there. */
  captures?: Record<string, string>;
  /** What must stand in the answer besides, by its place, for the example to have shown what it is for. */
  holds?: Record<string, ExampleJson>;
  /** Asked again, for some seconds, until something stands at `path` and is one of `oneOf`. */
  until?: { path: string; oneOf?: readonly string[] };
  /** When the demonstration cannot give the operation's own answer: what it gives instead, and why. */
  expects?: { status: number; because: string };
}
