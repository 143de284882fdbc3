import type { Interactive } from "@recado/contract/v1/session-content";

/*
 * The question how it was: a list of five, since WhatsApp shows three buttons at most (Cloud API, "Interactive reply buttons").
 * What comes back with a choice names the question, so an old list that is tapped late says nothing about a new one.
 */

const PREFIX = "recado-rating";
const SCORES = [
  [5, "Excelente"],
  [4, "Buena"],
  [3, "Regular"],
  [2, "Mala"],
  [1, "Muy mala"],
] as const;

/** The list that asks. */
export function makeRatingQuestion(ratingId: string, question: string): Interactive {
  const rows = SCORES.map(([score, word]) => ({
    id: `${PREFIX}:${ratingId}:${score}`,
    title: `${score} · ${word}`,
  }));
  return { type: "list", body: question, button: "Calificar", sections: [{ rows }] };
}

/** Reads what came back; null when it is no answer to such a question. */
export function readRatingId(id: string | null): { ratingId: string; score: number } | null {
  const [, ratingId, score] = /^recado-rating:([0-9a-f-]{36}):([1-5])$/u.exec(id ?? "") ?? [];
  return ratingId === undefined ? null : { ratingId, score: Number(score) };
}
