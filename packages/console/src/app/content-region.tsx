import { Outlet } from "@tanstack/react-router";
import { useRef } from "react";
import styles from "./shell.module.css";
import { useNeedsStop } from "./use-needs-stop.ts";

/** Where the page stands. It scrolls; while nothing in it can be focused it is a stop of the Tab key itself, so that keys can scroll it. */
export function ContentRegion() {
  const region = useRef<HTMLElement>(null);
  const needsStop = useNeedsStop(region);
  return (
    <main id="main" ref={region} className={styles.main} tabIndex={needsStop ? 0 : -1}>
      <Outlet />
    </main>
  );
}
