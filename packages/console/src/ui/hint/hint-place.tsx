import type { ComponentType } from "react";
import { createStore } from "../store.ts";
import { whenIdle } from "../when-idle.ts";

const loaded = createStore<{ Layer: ComponentType } | null>(null);
whenIdle(async () => loaded.set({ Layer: (await import("./hint-layer.tsx")).HintLayer }));

/** Where {@link HintLayer} stands once it is there; the page can be used without it. */
export function HintPlace() {
  const here = loaded.use();
  return here === null ? null : <here.Layer />;
}
