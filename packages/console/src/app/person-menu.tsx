import { IconSelector } from "@tabler/icons-react";
import { useState } from "react";
import { shellWords } from "../i18n/shell-words.ts";
import { useSession } from "../session/use-session.ts";
import { Avatar } from "../ui/avatar.tsx";
import { LazyWrap, lazyPart } from "../ui/lazy-wrap.tsx";
import styles from "./person-menu.module.css";
import { usePersonEntries } from "./use-person-entries.ts";

const personDropdown = lazyPart(async () => (await import("./person-dropdown.tsx")).PersonDropdown);

/** Who one is; behind it the own account, theme, language, keys and the way out. */
export function PersonMenu({ narrow }: { narrow: boolean }) {
  const say = shellWords.useWords();
  const { person, account } = useSession();
  const [opened, setOpen] = useState(false);
  const children = (
    <button type="button" className={styles.person} data-narrow={narrow} data-testid="person-menu">
      <Avatar name={person.name} id={person.id} size={26} />
      <span className={styles.names}>
        <span className={styles.name}>{person.name}</span>
        <span className={styles.account}>{account.name}</span>
      </span>
      <span className="visually-hidden">{say("person.menu")}</span>
      <IconSelector size={15} stroke={1.6} className={styles.more} aria-hidden />
    </button>
  );
  return <LazyWrap part={personDropdown} props={{ narrow, opened, onChange: setOpen, children }} />;
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
