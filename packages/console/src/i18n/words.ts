/** The same tree with any words in it: what a second language must be. */
export type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> };

type Plain<K extends string> = K extends `${infer Stem}_${"zero" | "one" | "other"}` ? Stem : K;

/** Every key of a tree, `a.b.c`; of `x_one` and `x_other` only `x`, which is asked with a `count`. */
export type WordKey<T> = {
  [K in keyof T & string]: T[K] extends string ? Plain<K> : `${K}.${WordKey<T[K]>}`;
}[keyof T & string];

/** Gives a word, with values in place of `{{name}}`. */
export type Say<T> = (key: WordKey<T>, values?: Record<string, string | number>) => string;
