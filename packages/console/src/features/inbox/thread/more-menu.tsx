import { Menu } from "@mantine/core";
import type { ConversationRow } from "@recado/contract/console/inbox";
import { IconClockPause, IconLayoutSidebarRight, IconTag, IconUserPlus } from "@tabler/icons-react";
import { useMay } from "../../../session/use-session.ts";
import type { WrapProps } from "../../../ui/lazy-wrap.tsx";
import { inboxWords } from "../i18n/inbox-words.ts";
import type { OpenTool } from "./thread-head.tsx";

/** What the menu is about, and what it opens. */
export interface MoreMenuProps extends WrapProps {
  row: ConversationRow;
  onTool: (tool: OpenTool) => void;
  onPanel: () => void;
}

/** The menu of {@link MoreTools}. */
export function MoreMenu({ row, onTool, onPanel, opened, onChange, children }: MoreMenuProps) {
  const say = inboxWords.useWords();
  const may = useMay();
  // A menu opens once this one has given the focus back, so that it finds its way back here too.
  const then = (open: () => void) => () => void setTimeout(open);
  return (
    <Menu width={240} opened={opened} onChange={onChange}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        {may("inbox.reply") && (
          <>
            <Menu.Item
              leftSection={<IconUserPlus size={17} stroke={1.7} />}
              onClick={then(() => onTool("assign"))}
            >
              {say("work.assign")}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconTag size={17} stroke={1.7} />}
              onClick={then(() => onTool("label"))}
            >
              {say("work.label")}
            </Menu.Item>
            {row.state !== "resolved" && (
              <Menu.Item
                leftSection={<IconClockPause size={17} stroke={1.7} />}
                onClick={then(() => onTool("snooze"))}
              >
                {say("work.snooze")}
              </Menu.Item>
            )}
          </>
        )}
        <Menu.Item
          leftSection={<IconLayoutSidebarRight size={17} stroke={1.7} />}
          onClick={then(onPanel)}
        >
          {say("panel.label")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
