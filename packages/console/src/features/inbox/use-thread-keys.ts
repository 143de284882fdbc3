import type { ConversationRow } from "@recado/contract/console/inbox";
import {
  IconArrowBackUp,
  IconCheck,
  IconClockPause,
  IconNote,
  IconTemplate,
  IconUserPlus,
} from "@tabler/icons-react";
import { useMay } from "../../session/use-session.ts";
import { useCommands } from "../../ui/commands/use-commands.ts";
import { useShortcuts } from "../../ui/shortcuts/use-shortcuts.ts";
import { inboxWords } from "./i18n/inbox-words.ts";
import type { OpenTool } from "./thread/open-tool.ts";
import type { useWork } from "./work/use-work.ts";

interface ThreadKeys {
  row: ConversationRow;
  work: ReturnType<typeof useWork>;
  setTool: (tool: OpenTool) => void;
  write: (kind: "reply" | "note") => void;
  onPanel: () => void;
  onBack: () => void;
}

/** What can be done with the open conversation without a mouse: by key, and by name in the palette. */
export function useThreadKeys({ row, work, setTool, write, onPanel, onBack }: ThreadKeys): void {
  const say = inboxWords.useWords();
  const may = useMay();
  const group = say("keys.conversation");
  const isOpen = row.state === "open";
  const acts = [
    {
      keys: "r",
      id: "reply",
      title: say("keys.reply"),
      icon: IconArrowBackUp,
      run: () => write("reply"),
    },
    { keys: "n", id: "note", title: say("keys.note"), icon: IconNote, run: () => write("note") },
    {
      keys: "p",
      id: "template",
      title: say("keys.template"),
      icon: IconTemplate,
      run: () => setTool("templates"),
    },
    { keys: "t", id: "take", title: say("work.take"), icon: IconUserPlus, run: work.take },
    {
      keys: "a",
      id: "assign",
      title: say("work.assign"),
      icon: IconUserPlus,
      run: () => setTool("assign"),
    },
    { keys: "l", id: "label", title: say("work.label"), run: () => setTool("label") },
    {
      keys: "s",
      id: "snooze",
      title: say("work.snooze"),
      icon: IconClockPause,
      run: () => setTool("snooze"),
    },
    {
      keys: "e",
      id: "resolve",
      title: say(isOpen ? "work.resolve" : "work.reopen"),
      icon: IconCheck,
      run: () => (isOpen ? void work.resolve() : work.reopen()),
    },
  ];
  const mine = may("inbox.reply") ? acts : [];
  useCommands(mine.map((act) => ({ ...act, id: `inbox-${act.id}`, group })));
  useShortcuts([
    ...mine.map(({ keys, title, run }) => ({ keys, title, group, run })),
    { keys: "i", title: say("panel.toggle"), group, run: onPanel },
    { keys: "escape", title: say("keys.back"), group, run: onBack },
  ]);
}
