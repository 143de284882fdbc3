import { lazy, Suspense } from "react";
import { questionStore } from "./confirm.ts";

const QuestionDialog = lazy(async () => ({
  default: (await import("./question-dialog.tsx")).QuestionDialog,
}));

/** Where `confirm` asks; stands once, in the shell. */
export function ConfirmDialog() {
  return questionStore.use() === null ? null : (
    <Suspense>
      <QuestionDialog />
    </Suspense>
  );
}
