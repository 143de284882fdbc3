import { Drawer } from "@mantine/core";
import { IconMenu2 } from "@tabler/icons-react";
import { Link, useRouterState } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { shellWords } from "../i18n/shell-words.ts";
import { useSession } from "../session/use-session.ts";
import { useRailBadge } from "../ui/rail-badges.ts";
import { ShellSlot } from "../ui/shell-slot.tsx";
import { type Place, placesFor } from "./navigation.ts";
import { PersonList } from "./person-menu.tsx";
import { RailLink } from "./rail-link.tsx";
import styles from "./tab-bar.module.css";

const TABS_MAX = 4;

/** A telephone's way about: four places and a drawer with all of them. */
export function TabBar() {
  const say = shellWords.useWords();
  const session = useSession();
  const visible = placesFor(session);
  const [open, setOpen] = useState(false);
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever has chosen a place is done with the drawer.
  useEffect(() => setOpen(false), [pathname]);
  return (
    <>
      <nav className={styles.bar} aria-label={say("nav.main")} data-shell-tabs>
        {visible.slice(0, TABS_MAX).map((place) => (
          <Tab key={place.to} place={place} />
        ))}
        <button
          type="button"
          className={styles.tab}
          onClick={() => setOpen(true)}
          data-testid="more"
          aria-haspopup="dialog"
        >
          <IconMenu2 size={21} stroke={1.6} aria-hidden />
          {say("nav.more")}
        </button>
      </nav>
      <Drawer
        opened={open}
        onClose={() => setOpen(false)}
        position="bottom"
        size="auto"
        title={session.person.name}
        classNames={{ content: styles.drawer }}
      >
        <ul className={styles.places}>
          {visible.map((place) => (
            <li key={place.to}>
              <RailLink place={place} narrow={false} />
            </li>
          ))}
        </ul>
        <ShellSlot name="connection" />
        <ShellSlot name="availability" />
        <PersonList onDone={() => setOpen(false)} />
      </Drawer>
    </>
  );
}

function Tab({ place }: { place: Place }) {
  const say = shellWords.useWords();
  const badge = useRailBadge(place.to);
  const Icon = place.icon;
  return (
    <Link
      to={place.to}
      className={styles.tab}
      activeOptions={{ exact: place.to === "/" }}
      activeProps={{ "data-active": true, "aria-current": "page" }}
    >
      <Icon size={21} stroke={1.6} aria-hidden />
      {say(place.word)}
      {badge > 0 && <span className={styles.dot} />}
    </Link>
  );
}
