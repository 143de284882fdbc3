import { Button } from "@mantine/core";
import { IconMapOff } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { shellWords } from "../i18n/shell-words.ts";
import { EmptyState } from "./empty-state.tsx";

/** For an address that leads nowhere. */
export function NotFoundPage() {
  const say = shellWords.useWords();
  return (
    <EmptyState icon={IconMapOff} title={say("page.notFound")} text={say("page.notFoundText")}>
      <Button component={Link} to="/" variant="default">
        {say("page.home")}
      </Button>
    </EmptyState>
  );
}
