import { createStore } from "../store.ts";

/** A question before something that cannot be undone. */
export interface Question {
  title: string;
  text: string;
  /** What will be done, as a verb: never "OK". */
  action: string;
  dangerous?: boolean;
}

/** The question that is asked now, and who waits for the answer. */
export const questionStore = createStore<{ question: Question; answer(yes: boolean): void } | null>(
  null,
);

/** Asks, and resolves with what the person chose. Closing the dialog is a no. */
export function confirm(question: Question): Promise<boolean> {
  return new Promise((resolve) => {
    questionStore.set({
      question,
      answer(yes) {
        questionStore.set(null);
        resolve(yes);
      },
    });
  });
}
