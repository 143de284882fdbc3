import { Readable } from "node:stream";
import type { FastifyReply } from "fastify";

const pageSize = 500;

/**
 * Answers with a whole list without ever holding it whole: pages of rows, turned to JSON as they go out.
 *
 * @param page rows after a sequence, at most so many
 */
export function streamList<Row extends { seq: number }>(
  reply: FastifyReply,
  page: (after: number, limit: number) => Row[],
  toItem: (row: Row) => object | null,
): FastifyReply {
  function* chunks(): Generator<string> {
    let after = 0;
    let isFirst = true;
    yield "[";
    for (;;) {
      const rows = page(after, pageSize);
      const items = rows.flatMap((row) => toItem(row) ?? []);
      if (items.length > 0) {
        const text = items.map((item) => JSON.stringify(item)).join(",");
        yield isFirst ? text : `,${text}`;
        isFirst = false;
      }
      after = rows.at(-1)?.seq ?? after;
      if (rows.length < pageSize) break;
    }
    yield "]";
  }
  return reply
    .type("application/json; charset=utf-8")
    .send(Readable.from(chunks(), { objectMode: false, highWaterMark: 256 * 1024 }));
}
