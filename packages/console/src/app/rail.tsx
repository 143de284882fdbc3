import { ActionIcon } from "@mantine/core";
import {
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconSearch,
} from "@tabler/icons-react";
import { shellWords } from "../i18n/shell-words.ts";
import { useSession } from "../session/use-session.ts";
import { openPalette } from "../ui/commands/palette-state.ts";
import { Hint } from "../ui/hint/hint.tsx";
import { Logo } from "../ui/logo.tsx";
import { ShellSlot } from "../ui/shell-slot.tsx";
import { formatKeys } from "../ui/shortcuts/format-keys.ts";
import { type Place, placesFor } from "./navigation.ts";
import { PersonMenu } from "./person-menu.tsx";
import styles from "./rail.module.css";
import { RailLink } from "./rail-link.tsx";

const groups = ["work", "integration", "business", "operator"] as const;

/** The rail at the left: where one can go, how fresh the page is, and who one is. */
export function Rail({ narrow, onToggle }: { narrow: boolean; onToggle(): void }) {
  const say = shellWords.useWords();
  const visible = placesFor(useSession());
  const label = say(narrow ? "shell.widen" : "shell.narrow");
  const Icon = narrow ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  return (
    <div className={styles.rail} data-narrow={narrow}>
      <div className={styles.head}>
        <Logo named={!narrow} />
        <Hint label={`${label}  ${formatKeys("[")}`} position="right">
          <ActionIcon size={28} aria-label={label} onClick={onToggle} className={styles.toggle}>
            <Icon size={17} stroke={1.6} />
          </ActionIcon>
        </Hint>
      </div>
      <button
        type="button"
        className={styles.search}
        onClick={openPalette}
        title={say("palette.open")}
      >
        <IconSearch size={16} stroke={1.7} aria-hidden />
        <span className={styles.text}>{say("palette.open")}</span>
        <kbd className={styles.key}>{formatKeys("mod+k")}</kbd>
      </button>
      <nav className={styles.nav} aria-label={say("nav.main")}>
        {groups.map((group) => (
          <RailGroup
            key={group}
            places={visible.filter((place) => place.group === group)}
            narrow={narrow}
          />
        ))}
      </nav>
      <div className={styles.foot}>
        <ShellSlot name="connection" />
        <ShellSlot name="availability" />
        <PersonMenu narrow={narrow} />
      </div>
    </div>
  );
}

function RailGroup({ places, narrow }: { places: Place[]; narrow: boolean }) {
  const say = shellWords.useWords();
  const [first] = places;
  if (first === undefined) return null;
  return (
    <>
      {first.group !== "work" && <p className={styles.group}>{say(`nav.group.${first.group}`)}</p>}
      <ul className={styles.list}>
        {places.map((place) => (
          <li key={place.to}>
            <RailLink place={place} narrow={narrow} />
          </li>
        ))}
      </ul>
    </>
  );
}
