import { Link, useRouterState } from "@tanstack/react-router";
import { shellWords } from "../i18n/shell-words.ts";
import { Hint } from "../ui/hint/hint.tsx";
import { useRailBadge } from "../ui/rail-badges.ts";
import { formatKeys } from "../ui/shortcuts/format-keys.ts";
import type { Place } from "./navigation.ts";
import styles from "./rail.module.css";

/** One place of the rail; narrow, its name is in a tooltip. */
export function RailLink({ place, narrow }: { place: Place; narrow: boolean }) {
  const say = shellWords.useWords();
  const badge = useRailBadge(place.to);
  const name = say(place.word);
  const isWithin = useIsWithin(place);
  const Icon = place.icon;
  return (
    <Hint label={`${name}  ${formatKeys(`g ${place.key}`)}`} position="right" disabled={!narrow}>
      <Link
        to={place.to}
        className={styles.link}
        activeOptions={{ exact: place.to === "/", includeSearch: false }}
        activeProps={{ "data-active": true, "aria-current": "page" }}
        {...(isWithin ? { "data-active": true } : {})}
        data-testid={`nav-${place.to.slice(1) || "bandeja"}`}
      >
        <Icon size={18} stroke={1.6} aria-hidden />
        <span className={styles.text}>{name}</span>
        {badge > 0 && (
          <span className={styles.badge}>
            {badge > 99 ? "99+" : badge}
            <span className="visually-hidden"> {say("nav.waiting")}</span>
          </span>
        )}
      </Link>
    </Hint>
  );
}

/** Whether the page that is looked at is opened from within a place. */
export function useIsWithin({ within }: Place): boolean {
  return useRouterState({
    select: ({ location }) => within?.includes(location.pathname) ?? false,
  });
}
