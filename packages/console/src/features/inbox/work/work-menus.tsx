import { LazyWrap, lazyPart } from "../../../ui/lazy-wrap.tsx";
import type { LabelMenuProps } from "./label-menu.tsx";
import type { SnoozeMenuProps } from "./snooze-menu.tsx";

const labelMenu = lazyPart(async () => (await import("./label-menu.tsx")).LabelMenu);
const snoozeMenu = lazyPart(async () => (await import("./snooze-menu.tsx")).SnoozeMenu);

/** The menu of `label-menu.tsx`, which is fetched after the page. */
export function LabelMenu(props: LabelMenuProps) {
  return <LazyWrap part={labelMenu} props={props} />;
}

/** The menu of `snooze-menu.tsx`, which is fetched after the page. */
export function SnoozeMenu(props: SnoozeMenuProps) {
  return <LazyWrap part={snoozeMenu} props={props} />;
}
