import type { TablerIcon } from "@tabler/icons-react";
import { createStore } from "../store.ts";

/** Something that can be done from the palette. */
export interface Command {
  /** Unique among all commands at the same time. */
  id: string;
  title: string;
  /** The heading under which it stands. */
  group: string;
  icon?: TablerIcon;
  /** Further words by which it is found. */
  words?: string;
  /** The shortcut that does the same, only to be shown: see `useShortcuts`. */
  keys?: string;
  run(): void;
}

/** All commands in force, by who registered them. */
export const commandStore = createStore<ReadonlyMap<symbol, readonly Command[]>>(new Map());
