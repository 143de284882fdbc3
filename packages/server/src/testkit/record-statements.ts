import pg from "pg";

/** Statements that were sent to the database, by their text. */
export interface StatementRecord {
  /** Each text with its name; a statement without one has its first words. */
  texts: Map<string, string>;
  /** Notes nothing until `resume`: what a test says itself is not the product's. */
  pause(): void;
  resume(): void;
  stop(): void;
}

/** Notes each statement that any connection of this process sends, once it is resumed. */
export function recordStatements(): StatementRecord {
  const { prototype } = pg.Client;
  const original = prototype.query;
  const texts = new Map<string, string>();
  let isOn = false;
  prototype.query = function query(this: pg.Client, ...given: unknown[]) {
    const [first] = given as [string | { text?: string; name?: string } | undefined];
    const text = typeof first === "string" ? first : first?.text;
    const name = typeof first === "string" ? undefined : first?.name;
    if (isOn && text !== undefined)
      texts.set(text, name ?? text.trim().replace(/\s+/gu, " ").slice(0, 70));
    return (original as (...all: unknown[]) => unknown).apply(this, given);
  } as typeof original;
  return {
    texts,
    pause() {
      isOn = false;
    },
    resume() {
      isOn = true;
    },
    stop() {
      prototype.query = original;
    },
  };
}
