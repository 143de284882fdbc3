import { makeSeed } from "./start-product.ts";

/* `node e2e/make-seed.ts <folder>`: see makeSeed. */

const [to] = process.argv.slice(2);
if (to === undefined) throw new Error("say where the seed goes");
await makeSeed(to);
