import { useBlocker } from "@tanstack/react-router";
import { confirm } from "../../ui/confirm/confirm.ts";
import { templateWords } from "./i18n/template-words.ts";

/** While there is something unsaved, asks before another page takes its place; the browser asks before it is closed. */
export function useUnsavedGuard(isUnsaved: boolean): void {
  const say = templateWords.useWords();
  useBlocker({
    disabled: !isUnsaved,
    enableBeforeUnload: isUnsaved,
    shouldBlockFn: async () =>
      !(await confirm({
        title: say("editor.unsaved.title"),
        text: say("editor.unsaved.text"),
        action: say("editor.unsaved.leave"),
        dangerous: true,
      })),
  });
}
