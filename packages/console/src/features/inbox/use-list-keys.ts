import type { ConversationRow, InboxView } from "@recado/contract/console/inbox";
import { useNavigate } from "@tanstack/react-router";
import { useMay } from "../../session/use-session.ts";
import { useCommands } from "../../ui/commands/use-commands.ts";
import { useShortcuts } from "../../ui/shortcuts/use-shortcuts.ts";
import { inboxWords } from "./i18n/inbox-words.ts";
import { tickRows } from "./list/tick-rows.ts";
import { VIEWS } from "./rail/views.ts";
import { useDesk } from "./state/desk.ts";

interface ListKeys {
  rows: readonly ConversationRow[];
  chosenId: string | null;
  onOpen: (id: string) => void;
  onView: (view: InboxView) => void;
  onSearch: () => void;
}

const viewKeys: Record<InboxView, string> = {
  mine: "1",
  queue: "2",
  open: "3",
  mentions: "4",
  snoozed: "5",
  resolved: "6",
};

/** Going through the list and from view to view without a mouse. */
export function useListKeys({ rows, chosenId, onOpen, onView, onSearch }: ListKeys): void {
  const say = inboxWords.useWords();
  const desk = useDesk();
  const may = useMay();
  const navigate = useNavigate();
  const group = say("keys.list");
  const at = rows.findIndex(({ id }) => id === chosenId);
  const go = (step: number) => {
    const next = rows[at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + step))];
    if (next !== undefined) onOpen(next.id);
  };
  const focus = () => document.querySelector<HTMLElement>("[data-testid='composer-text']")?.focus();
  const views = VIEWS.map(({ view, icon }) => ({
    ...{ id: `inbox-view-${view}`, keys: `v ${viewKeys[view]}`, title: say(`view.${view}`), icon },
    run: () => onView(view),
  }));
  const pages = may("inbox.supervise")
    ? ([
        { id: "inbox-supervisor", keys: "v s", title: say("rail.supervisor"), to: "/supervision" },
        { id: "inbox-reports", keys: "v i", title: say("rail.reports"), to: "/informes" },
      ] as const)
    : [];
  const going = pages.map(({ to, ...page }) => ({ ...page, run: () => void navigate({ to }) }));
  useCommands([...views, ...going].map((one) => ({ ...one, group: say("keys.views") })));
  useShortcuts([
    { keys: "j", title: say("keys.next"), group, run: () => go(1) },
    { keys: "k", title: say("keys.previous"), group, run: () => go(-1) },
    {
      keys: "enter",
      title: say("keys.open"),
      group,
      when: () => document.activeElement === document.body,
      run: focus,
    },
    { keys: "/", title: say("keys.search"), group, run: onSearch },
    {
      ...{ keys: "x", title: say("keys.select"), group },
      run: () => chosenId !== null && tickRows(desk, rows, { id: chosenId, isRange: false }),
    },
    ...[...views, ...going].map(({ keys, title, run }) => ({
      keys,
      title,
      group: say("keys.views"),
      run,
    })),
  ]);
}
