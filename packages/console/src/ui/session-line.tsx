import { IconDeviceDesktop, IconDeviceMobile } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { shellWords } from "../i18n/shell-words.ts";
import styles from "./session-line.module.css";
import { Ago } from "./time.tsx";

interface OpenSession {
  current: boolean;
  seen_at: string;
  address: string;
  agent: string;
}

/** A browser in which somebody is signed in: what it is, from where, and when it was last used. */
export function SessionLine({ session, children }: { session: OpenSession; children?: ReactNode }) {
  const say = shellWords.useWords();
  const { current, seen_at, address, agent } = session;
  const Icon = /mobile|android|iphone/iu.test(agent) ? IconDeviceMobile : IconDeviceDesktop;
  return (
    <div className={styles.line}>
      <Icon size={18} stroke={1.5} aria-hidden />
      <div className={styles.words}>
        <p title={agent}>
          {nameBrowser(agent)}
          {current && <span className={styles.current}> · {say("session.current")}</span>}
        </p>
        <p className={styles.about}>
          {address} · <Ago at={seen_at} />
        </p>
      </div>
      {children}
    </div>
  );
}

const browsers: [RegExp, string][] = [
  [/Edg\//u, "Edge"],
  [/OPR\//u, "Opera"],
  [/Firefox\//u, "Firefox"],
  [/Chrom(e|ium)\//u, "Chrome"],
  [/Safari\//u, "Safari"],
];
const systems: [RegExp, string][] = [
  [/Android/u, "Android"],
  [/iPhone|iPad/u, "iOS"],
  [/Windows/u, "Windows"],
  [/Mac OS X/u, "macOS"],
  [/Linux/u, "Linux"],
];

/** "Firefox · Windows" of what a browser calls itself; its own words where that says nothing. */
export function nameBrowser(agent: string): string {
  const known = [browsers, systems].map((list) => list.find(([sign]) => sign.test(agent))?.[1]);
  return known.filter((each) => each !== undefined).join(" · ") || agent.slice(0, 60) || "–";
}
