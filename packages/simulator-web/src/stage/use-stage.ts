import { useCallback, useEffect, useRef, useState } from "react";
import { loadSetting, saveSetting } from "../state/local-setting.ts";
import type { PageState } from "../state/page-state.ts";
import { useSession } from "../state/session-context.ts";
import { chooseTelephones, openByHand, openOnArrival } from "../state/stage-choice.ts";
import { scrollBehavior } from "../ui/motion.ts";

/** Which telephones stand on the stage, and what can be done about it. */
export interface Stage {
  mobiles: readonly string[];
  /** Opens a telephone, or finds it when it is open, and brings it into view. */
  open: (mobile: string) => void;
  close: (mobile: string) => void;
}

/**
 * Remembers the telephones between visits, follows arriving messages, and takes `#telephones=573…,573…` from the address,
 * so that a view can be linked to.
 */
export function useStage(state: PageState): Stage {
  const session = useSession();
  const [mobiles, setMobiles] = useState<readonly string[]>([]);
  const chosen = useRef(false);

  const change = useCallback((next: readonly string[]) => {
    setMobiles(next);
    saveSetting("telephones", next.join(","));
  }, []);

  useEffect(() => {
    if (state.loaded && !chosen.current) {
      chosen.current = true;
      setMobiles(chooseTelephones(mobilesWanted(), state.telephones));
    }
  }, [state.loaded, state.telephones]);

  useEffect(() => session.show(mobiles), [session, mobiles]);

  useFollowArrivals(state, mobiles, setMobiles);

  const open = useCallback(
    (mobile: string) => {
      change(openByHand(mobiles, mobile));
      bringIntoView(mobile);
    },
    [mobiles, change],
  );
  const close = useCallback(
    (mobile: string) => change(mobiles.filter((other) => other !== mobile)),
    [mobiles, change],
  );
  return { mobiles, open, close };
}

/** Scrolls a telephone into view once it is drawn. */
export function bringIntoView(mobile: string): void {
  requestAnimationFrame(() =>
    document
      .getElementById(`telephone-${mobile}`)
      ?.scrollIntoView({ behavior: scrollBehavior(), inline: "center", block: "nearest" }),
  );
}

function useFollowArrivals(
  state: PageState,
  mobiles: readonly string[],
  setMobiles: (next: readonly string[]) => void,
): void {
  const followed = useRef(state.arrivals);
  useEffect(() => {
    const before = followed.current;
    if (state.arrivals === before || mobiles.length === 0) {
      return;
    }
    followed.current = state.arrivals;
    const taken = new Set<string>();
    let next = mobiles;
    for (const { mobile } of state.arrivals.filter((arrival) => !before.includes(arrival))) {
      taken.add(mobile);
      next = openOnArrival(
        next,
        mobile,
        (other) => !taken.has(other) && state.threads[other]?.length === 0,
      );
    }
    setMobiles(next);
  }, [state.arrivals, state.threads, mobiles, setMobiles]);
}

function mobilesWanted(): readonly string[] {
  const linked = new URLSearchParams(window.location.hash.slice(1)).get("telephones");
  const listed = linked ?? loadSetting("telephones") ?? "";
  return [...new Set(listed.split(",").filter((mobile) => /^\d{8,15}$/.test(mobile)))];
}
