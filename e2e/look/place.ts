import type { Demo } from "@recado/contract/demo";
import type { Page } from "playwright-core";
import type { Day } from "./play-day.ts";

/** Who looks at a page. */
export type Onlooker = "nobody" | "owner" | "read-only" | "empty" | "reseller";

/** Somebody's browser at a place. */
export interface Visit {
  page: Page;
  day: Day;
  demo: Demo;
  isNarrow: boolean;
  /** The page's word for a Spanish one. */
  word(spanish: string): string;
  /** Presses the button of that Spanish name, the first of the page's own. */
  press(spanish: string): Promise<void>;
}

/** A page, drawer, dialog or menu that is to be looked at. */
export interface Place {
  /** Of its picture's file. */
  name: string;
  /** An address of the console; whole addresses are of elsewhere. */
  path: string | ((day: Day, demo: Demo) => string);
  /** Default: the owner. */
  who?: Onlooker;
  /** Only in wide or narrow windows; default: in both. */
  only?: "wide" | "narrow";
  /** What is done before the picture. */
  open?: (visit: Visit) => Promise<void>;
  /** `held`: no answer comes; `away`: none ever will. */
  server?: "held" | "away";
  /** In a browser of its own: what it leaves behind would be seen at the next places. */
  isAlone?: true;
  /** How much later it is in the browser. */
  laterHours?: number;
  /** Speaks both languages at once. */
  isBilingual?: true;
  /** As large as the window, however much there is to scroll. */
  isWindow?: true;
}
