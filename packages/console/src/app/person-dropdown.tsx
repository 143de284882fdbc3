import { Menu } from "@mantine/core";
import type { WrapProps } from "../ui/lazy-wrap.tsx";
import styles from "./person-menu.module.css";
import { type PersonEntry, usePersonEntries } from "./use-person-entries.ts";

interface PersonDropdownProps extends WrapProps {
  narrow: boolean;
}

/** What opens behind the person's name in the rail. */
export function PersonDropdown({ narrow, opened, onChange, children }: PersonDropdownProps) {
  const entries = usePersonEntries();
  return (
    <Menu
      opened={opened}
      onChange={onChange}
      position={narrow ? "right-end" : "top-start"}
      width={232}
    >
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Entry({ entry }: { entry: PersonEntry }) {
  const Icon = entry.icon;
  return (
    <>
      {entry.id === "sign-out" && <Menu.Divider role="separator" />}
      <Menu.Item
        leftSection={<Icon size={16} stroke={1.6} />}
        rightSection={<span className={styles.state}>{entry.state}</span>}
        closeMenuOnClick={entry.stays !== true}
        onClick={entry.run}
        data-testid={entry.id}
      >
        {entry.title}
      </Menu.Item>
    </>
  );
}
