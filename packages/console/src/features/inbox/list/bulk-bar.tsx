import { ActionIcon } from "@mantine/core";
import type { ConversationRow } from "@recado/contract/console/inbox";
import {
  IconCheck,
  IconClockPause,
  IconMailOpened,
  IconTag,
  IconUserPlus,
  IconX,
} from "@tabler/icons-react";
import { lazy, Suspense, useRef, useState } from "react";
import { useStore } from "../../../live/use-store.ts";
import { useToastFoot } from "../../../ui/toast/use-toast-foot.ts";
import { inboxWords } from "../i18n/inbox-words.ts";
import { useDesk } from "../state/desk.ts";
import { useActions } from "../state/use-inbox.ts";
import type { AssignTarget } from "../work/assign-dialog.tsx";
import { LabelMenu, SnoozeMenu } from "../work/work-menus.tsx";
import styles from "./bulk-bar.module.css";

const AssignDialog = lazy(async () => ({
  default: (await import("../work/assign-dialog.tsx")).AssignDialog,
}));

/** What can be done with all that is ticked. */
export function BulkBar() {
  const ticked = useStore(useDesk().selected, (value) => value);
  return ticked.size === 0 ? null : <Bar seen={[...ticked.values()]} />;
}

function Bar({ seen }: { seen: readonly ConversationRow[] }) {
  const foot = useRef<HTMLDivElement>(null);
  useToastFoot(foot, "list");
  return (
    <div ref={foot} className={styles.foot}>
      <Tools seen={seen} />
    </div>
  );
}

function Tools({ seen }: { seen: readonly ConversationRow[] }) {
  const say = inboxWords.useWords();
  const desk = useDesk();
  const { bulk } = useActions();
  const [tool, setTool] = useState<"assign" | "label" | "snooze" | null>(null);
  const toggle = (which: "label" | "snooze") => (opened: boolean) => setTool(opened ? which : null);
  const assign = (target: AssignTarget) => {
    if (target.kind === "team") return void bulk(seen, { type: "team", team_id: target.id });
    return void bulk(seen, {
      type: "assign",
      user_id: target.kind === "nobody" ? null : target.id,
    });
  };
  return (
    <div
      className={styles.bar}
      role="toolbar"
      aria-label={say("bulk.label")}
      data-testid="bulk-bar"
    >
      <span className={styles.count}>{say("bulk.count", { count: seen.length })}</span>
      <ActionIcon
        aria-label={say("work.assign")}
        title={say("work.assign")}
        onClick={() => setTool("assign")}
      >
        <IconUserPlus size={17} stroke={1.7} />
      </ActionIcon>
      <LabelMenu
        opened={tool === "label"}
        onChange={toggle("label")}
        chosen={[]}
        onLabels={([label_id]) =>
          label_id !== undefined && void bulk(seen, { type: "label", label_id })
        }
      >
        <ActionIcon aria-label={say("work.label")} title={say("work.label")}>
          <IconTag size={17} stroke={1.7} />
        </ActionIcon>
      </LabelMenu>
      <SnoozeMenu
        opened={tool === "snooze"}
        onChange={toggle("snooze")}
        onSnooze={(until) => void bulk(seen, { type: "snooze", until })}
      >
        <ActionIcon aria-label={say("work.snooze")} title={say("work.snooze")}>
          <IconClockPause size={17} stroke={1.7} />
        </ActionIcon>
      </SnoozeMenu>
      <ActionIcon
        aria-label={say("bulk.read")}
        title={say("bulk.read")}
        onClick={() => void bulk(seen, { type: "read" })}
      >
        <IconMailOpened size={17} stroke={1.7} />
      </ActionIcon>
      <ActionIcon
        variant="filled"
        color="accent"
        aria-label={say("work.resolve")}
        title={say("work.resolve")}
        onClick={() => void bulk(seen, { type: "resolve" })}
      >
        <IconCheck size={17} stroke={2} />
      </ActionIcon>
      <ActionIcon
        aria-label={say("bulk.clear")}
        onClick={() => desk.selected.update(() => new Map())}
      >
        <IconX size={16} stroke={1.7} />
      </ActionIcon>
      <Suspense>
        {tool === "assign" && (
          <AssignDialog
            count={Math.max(2, seen.length)}
            hasOwner
            onAssign={assign}
            onClose={() => setTool(null)}
          />
        )}
      </Suspense>
    </div>
  );
}
