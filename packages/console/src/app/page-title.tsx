import { useRouterState } from "@tanstack/react-router";
import { useEffect } from "react";
import { shellWords } from "../i18n/shell-words.ts";
import { useRailBadge } from "../ui/rail-badges.ts";
import { places } from "./navigation.ts";

/** Keeps the window's title: how many wait, where one is, whose product it is. */
export function PageTitle() {
  const say = shellWords.useWords();
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const waiting = useRailBadge("/");
  const place = places.find(({ to }) => (to === "/" ? pathname === "/" : pathname.startsWith(to)));
  const name = place === undefined ? "" : `${say(place.word)} · `;
  useEffect(() => {
    document.title = `${waiting > 0 ? `(${waiting}) ` : ""}${name}Recado`;
  }, [waiting, name]);
  return null;
}
