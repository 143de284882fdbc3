import { lazy, Suspense } from "react";
import { usePaletteOpen } from "../ui/commands/palette-state.ts";
import { whenIdle } from "../ui/when-idle.ts";

whenIdle(() => import("./palette-dialog.tsx"));
const PaletteDialog = lazy(async () => ({
  default: (await import("./palette-dialog.tsx")).PaletteDialog,
}));

/** Ctrl/⌘ K: everything that can be done, by typing. Its code is fetched when it is first opened. */
export function CommandPalette() {
  const open = usePaletteOpen();
  return open ? (
    <Suspense>
      <PaletteDialog />
    </Suspense>
  ) : null;
}
