import { IconMenu2 } from "@tabler/icons-react";
import { Link, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { shellWords } from "../i18n/shell-words.ts";
import { useSession } from "../session/use-session.ts";
import { useRailBadge } from "../ui/rail-badges.ts";
import { type Place, placesFor } from "./navigation.ts";
import { useIsWithin } from "./rail-link.tsx";
import styles from "./tab-bar.module.css";

const PlacesDrawer = lazy(async () => ({
  default: (await import("./places-drawer.tsx")).PlacesDrawer,
}));

/** A telephone's way about: four places and a drawer with all of them. */
export function TabBar() {
  const say = shellWords.useWords();
  const visible = placesFor(useSession());
  const [open, setOpen] = useState(false);
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever has chosen a place is done with the drawer.
  useEffect(() => setOpen(false), [pathname]);
  return (
    <>
      <nav className={styles.bar} aria-label={say("nav.main")} data-shell-tabs>
        {visible
          .filter(({ tab }) => tab)
          .map((place) => (
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
      {open && (
        <Suspense>
          <PlacesDrawer onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

function Tab({ place }: { place: Place }) {
  const say = shellWords.useWords();
  const badge = useRailBadge(place.to);
  const isWithin = useIsWithin(place);
  const Icon = place.icon;
  return (
    <Link
      to={place.to}
      className={styles.tab}
      activeOptions={{ exact: place.to === "/", includeSearch: false }}
      activeProps={{ "data-active": true, "aria-current": "page" }}
      {...(isWithin ? { "data-active": true } : {})}
    >
      <Icon size={21} stroke={1.6} aria-hidden />
      {say(place.word)}
      {badge > 0 && <span className={styles.dot} />}
    </Link>
  );
}
