import { Menu } from "@mantine/core";
import { IconSelector } from "@tabler/icons-react";
import { shellWords } from "../i18n/shell-words.ts";
import { useSession } from "../session/use-session.ts";
import { Avatar } from "../ui/avatar.tsx";
import styles from "./person-menu.module.css";
import { type PersonEntry, usePersonEntries } from "./use-person-entries.ts";

/** Who one is; behind it the own account, theme, language, keys and the way out. */
export function PersonMenu({ narrow }: { narrow: boolean }) {
  const say = shellWords.useWords();
  const { person, account } = useSession();
  const entries = usePersonEntries();
  return (
    <Menu position={narrow ? "right-end" : "top-start"} width={232}>
      <Menu.Target>
        <button
          type="button"
          className={styles.person}
          data-narrow={narrow}
          data-testid="person-menu"
        >
          <Avatar name={person.name} id={person.id} size={26} />
          <span className={styles.names}>
            <span className={styles.name}>{person.name}</span>
            <span className={styles.account}>{account.name}</span>
          </span>
          <span className="visually-hidden">{say("person.menu")}</span>
          <IconSelector size={15} stroke={1.6} className={styles.more} aria-hidden />
        </button>
      </Menu.Target>
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

/** The same entries one below the other, for a telephone's drawer. */
export function PersonList({ onDone }: { onDone(): void }) {
  return (
    <ul>
      {usePersonEntries().map(({ id, icon: Icon, title, state, stays, run }) => (
        <li key={id}>
          <button
            type="button"
            className={styles.entry}
            data-testid={`drawer-${id}`}
            onClick={() => {
              run();
              if (stays !== true) onDone();
            }}
          >
            <Icon size={18} stroke={1.6} aria-hidden />
            {title}
            <span className={styles.state}>{state}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
