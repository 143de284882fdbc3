import { Menu } from "@mantine/core";
import { currentLanguage } from "../../../i18n/language.ts";
import type { WrapProps } from "../../../ui/lazy-wrap.tsx";
import { inboxWords } from "../i18n/inbox-words.ts";
import { formatFull } from "../text/format-moment.ts";
import { snoozeTimes } from "./snooze-times.ts";

/** What the menu shows and tells. */
export interface SnoozeMenuProps extends WrapProps {
  onSnooze: (until: string | null) => void;
}

/** Until when a conversation is put aside. */
export function SnoozeMenu({ opened, onChange, onSnooze, children }: SnoozeMenuProps) {
  const say = inboxWords.useWords();
  return (
    <Menu opened={opened} onChange={onChange} width={270}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{say("snooze.title")}</Menu.Label>
        <Menu.Item onClick={() => onSnooze(null)}>{say("snooze.answer")}</Menu.Item>
        {snoozeTimes(new Date()).map(({ name, at }) => (
          <Menu.Item
            key={name}
            rightSection={<small>{formatFull(at.toISOString(), currentLanguage())}</small>}
            onClick={() => onSnooze(at.toISOString())}
          >
            {say(`snooze.${name}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
