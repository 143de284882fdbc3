import { ActionIcon } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useState } from "react";
import { LazyWrap, lazyPart } from "../../../ui/lazy-wrap.tsx";
import { inboxWords } from "../i18n/inbox-words.ts";
import type { MoreMenuProps } from "./more-menu.tsx";
import styles from "./thread-head.module.css";

const menu = lazyPart(async () => (await import("./more-menu.tsx")).MoreMenu);

/** On a telephone: what the head has no room for. */
export function MoreTools({
  row,
  onTool,
  onPanel,
}: Pick<MoreMenuProps, "row" | "onTool" | "onPanel">) {
  const say = inboxWords.useWords();
  const [opened, setOpened] = useState(false);
  const children = (
    <ActionIcon className={styles.more} aria-label={say("work.more")}>
      <IconDots size={18} stroke={1.7} />
    </ActionIcon>
  );
  return (
    <LazyWrap part={menu} props={{ row, onTool, onPanel, opened, onChange: setOpened, children }} />
  );
}
