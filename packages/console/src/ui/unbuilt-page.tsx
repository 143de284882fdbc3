import { IconTools } from "@tabler/icons-react";
import { shellWords } from "../i18n/shell-words.ts";
import { EmptyState } from "./empty-state.tsx";

/** Stands where a feature's page will be. */
export function UnbuiltPage() {
  const say = shellWords.useWords();
  return <EmptyState icon={IconTools} title={say("page.unbuilt")} text={say("page.unbuiltText")} />;
}
