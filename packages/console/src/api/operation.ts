/*
 * The shapes of the contract's tables, seen from the browser: only types, so that no schema library is in the page.
 */

/** A schema of the contract, of which only the types are wanted here. */
export interface Schema {
  _zod: { output: unknown; input: unknown };
}

/** A row of `V1_OPERATIONS` or `CONSOLE_OPERATIONS`. */
export interface Operation {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  params?: Schema;
  query?: Schema;
  body?: Schema;
  takesFile?: true;
  idempotent?: true;
  answer: { status: number; schema?: Schema; contentType?: string };
}

type Input<S> = S extends Schema ? S["_zod"]["input"] : never;
type Output<S> = S extends Schema ? S["_zod"]["output"] : never;

/** What a row wants to be told: exactly the parts that it declares. */
export type CallOf<Op extends Operation> = {
  method: Op["method"];
  path: Op["path"];
  signal?: AbortSignal;
  /** Goes on when the page is closed. */
  keepalive?: boolean;
} & (Op extends { params: infer S }
  ? { params: { [K in keyof Input<S>]: string | number } }
  : object) &
  (Op extends { query: infer S } ? { query?: Input<S> } : object) &
  (Op extends { body: infer S } ? { body: Input<S> } : object) &
  (Op extends { takesFile: true } ? { file: Blob } : object) &
  (Op extends { idempotent: true } ? { idempotencyKey?: string } : object);

/** What a row answers: its schema's output; a text when it answers a file; nothing for 204. */
export type AnswerOf<Op extends Operation> = Op["answer"] extends { schema: infer S }
  ? Output<S>
  : Op["answer"] extends { contentType: string }
    ? string
    : undefined;

/** A call of `/admin`, which has schemas and no table. */
export interface AdminOperation {
  answer?: Schema;
  body?: Schema;
  query?: Schema;
}

/** What an administrator's call wants to be told. The address already holds its ids. */
export type AdminCallOf<Op extends AdminOperation> = {
  method: Operation["method"];
  path: string;
  signal?: AbortSignal;
} & (Op extends { query: infer S } ? { query?: Input<S> } : object) &
  (Op extends { body: infer S } ? { body: Input<S> } : object);

/** What an administrator's call answers. */
export type AdminAnswerOf<Op extends AdminOperation> = Op extends { answer: infer S }
  ? Output<S>
  : undefined;
