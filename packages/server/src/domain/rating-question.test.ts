import assert from "node:assert/strict";
import { test } from "node:test";
import { makeRatingQuestion, readRatingId } from "./rating-question.ts";

const ID = "019abcde-0000-7000-8000-000000000001";

test("the question is one list of five, best first, within what WhatsApp takes", () => {
  const list = makeRatingQuestion(ID, "¿Cómo fue?");
  assert.deepEqual(list, {
    type: "list",
    body: "¿Cómo fue?",
    button: "Calificar",
    sections: [
      {
        rows: [
          { id: `recado-rating:${ID}:5`, title: "5 · Excelente" },
          { id: `recado-rating:${ID}:4`, title: "4 · Buena" },
          { id: `recado-rating:${ID}:3`, title: "3 · Regular" },
          { id: `recado-rating:${ID}:2`, title: "2 · Mala" },
          { id: `recado-rating:${ID}:1`, title: "1 · Muy mala" },
        ],
      },
    ],
  });
});

test("what each row brings back is read as its score for this question", () => {
  const list = makeRatingQuestion(ID, "?");
  assert.ok(list.type === "list");
  assert.deepEqual(
    list.sections[0]?.rows.map(({ id }) => readRatingId(id)),
    [5, 4, 3, 2, 1].map((score) => ({ ratingId: ID, score })),
  );
});

test("anything else is no rating", () => {
  const others = [
    null,
    "",
    "si",
    `recado-rating:${ID}:6`,
    `recado-rating:${ID}:0`,
    `x recado-rating:${ID}:5`,
  ];
  const cut = [
    `recado-rating:${ID}:5 `,
    `recado-rating:${ID}:55`,
    "recado-rating:abc:5",
    `recado-rating:${ID}`,
  ];
  for (const id of [...others, ...cut]) assert.equal(readRatingId(id), null);
});
