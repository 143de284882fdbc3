import { ActionIcon } from "@mantine/core";
import { IconFilter, IconFilterFilled } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { inboxWords } from "../i18n/inbox-words.ts";
import type { InboxFilter } from "../state/inbox-filter.ts";
import type { ChooseList } from "../state/view-actions.ts";

const ViewDialog = lazy(async () => ({
  default: (await import("./view-dialog.tsx")).ViewDialog,
}));

interface FilterButtonProps {
  filter: InboxFilter;
  onChoose: ChooseList;
}

/** Opens what narrows the list, and says whether anything does. */
export function FilterButton({ filter, onChoose }: FilterButtonProps) {
  const say = inboxWords.useWords();
  const [isOpen, setOpen] = useState(false);
  const { view: _, ...rest } = filter;
  const isOn = Object.values(rest).some((value) => value !== undefined);
  const Icon = isOn ? IconFilterFilled : IconFilter;
  return (
    <>
      <ActionIcon
        ms="auto"
        aria-label={say(isOn ? "views.filterOn" : "views.filter")}
        data-testid="filter"
        onClick={() => setOpen(true)}
      >
        <Icon size={16} stroke={1.7} />
      </ActionIcon>
      <Suspense>
        {isOpen && (
          <ViewDialog
            filter={filter}
            edited={null}
            onChoose={onChoose}
            onClose={() => setOpen(false)}
          />
        )}
      </Suspense>
    </>
  );
}
