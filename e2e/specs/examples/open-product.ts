import { readFileSync } from "node:fs";
import { type Demo, demoSchema } from "@recado/contract/demo";
import { startProduct } from "../../start-product.ts";

/** A running product with its demonstration data. */
export interface OpenProduct {
  demo: Demo;
  close(): Promise<void>;
}

/** The product that `RECADO_DEMO_JSON` tells of, which is left running; else one of our own. */
export async function openProduct(): Promise<OpenProduct> {
  const given = process.env.RECADO_DEMO_JSON;
  if (given) {
    const demo = demoSchema.parse(JSON.parse(readFileSync(given, "utf8")));
    return { demo, close: async () => {} };
  }
  const product = await startProduct();
  return { demo: product.demo, close: () => product.stop() };
}
