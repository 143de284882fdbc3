import { Menu } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { LabelDot } from "../../../ui/label-chip.tsx";
import type { WrapProps } from "../../../ui/lazy-wrap.tsx";
import { inboxWords } from "../i18n/inbox-words.ts";
import { useCatalogue } from "../state/use-inbox.ts";
import styles from "./label-menu.module.css";

/** What the menu shows and tells. */
export interface LabelMenuProps extends WrapProps {
  chosen: readonly string[];
  onLabels: (labelIds: string[]) => void;
}

/** The account's labels; several can be chosen one after the other. */
export function LabelMenu({ opened, onChange, chosen, onLabels, children }: LabelMenuProps) {
  const say = inboxWords.useWords();
  const { labels } = useCatalogue();
  return (
    <Menu opened={opened} onChange={onChange} width={220} closeOnItemClick={false}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{labels.length === 0 ? say("labels.none") : say("labels.title")}</Menu.Label>
        <div className={styles.scroll}>
          {labels.map(({ id, name, color }) => (
            <Menu.CheckboxItem
              key={id}
              checked={chosen.includes(id)}
              checkIcon={<IconCheck size={14} stroke={2} />}
              onChange={(isChosen) =>
                onLabels(isChosen ? [...chosen, id] : chosen.filter((one) => one !== id))
              }
            >
              <span className={styles.label}>
                <LabelDot color={color} />
                {name}
              </span>
            </Menu.CheckboxItem>
          ))}
        </div>
      </Menu.Dropdown>
    </Menu>
  );
}
