import type { Demo } from "@recado/contract/demo";

/** A template as `demo.json` lists it. */
export type DemoTemplate = Demo["templates"][number];

/** The first template of the demonstration that is so; throws when the wire contract's promise of one is broken. */
export function findTemplate(demo: Demo, wanted: Partial<DemoTemplate>): DemoTemplate {
  const entries = Object.entries(wanted) as [keyof DemoTemplate, unknown][];
  const found = demo.templates.find((one) => entries.every(([key, value]) => one[key] === value));
  if (!found) throw new Error(`demo.json has no template with ${JSON.stringify(wanted)}`);
  return found;
}

/** Hands out Colombian mobiles that nobody has written to, none of them one of the simulator's own. */
export function createMobiles(prefix = "57310"): () => string {
  let last = 1_000_000;
  return () => {
    last += 1;
    return `${prefix}${last}`;
  };
}
