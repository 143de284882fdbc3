import { lazy, Suspense } from "react";
import { useSheetOpen } from "../ui/shortcuts/sheet-state.ts";

const SheetDialog = lazy(async () => ({
  default: (await import("./sheet-dialog.tsx")).SheetDialog,
}));

/** The sheet behind `?`: every key that does something on this page. */
export function ShortcutSheet() {
  const open = useSheetOpen();
  return open ? (
    <Suspense>
      <SheetDialog />
    </Suspense>
  ) : null;
}
