import { useEffect, useRef, useState } from "react";
import { type Command, commandStore } from "./command.ts";

/** Offers commands in the palette for as long as the component stands. They may be new objects at each drawing. */
export function useCommands(commands: readonly Command[]): void {
  const [owner] = useState(() => Symbol("commands"));
  const latest = useRef(commands);
  latest.current = commands;
  const face = commands.map(({ id, title, group }) => `${group}/${id}/${title}`).join("\n");
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is shown decides; what is run is looked up when it runs.
  useEffect(() => {
    const shown = latest.current.map((command) => ({
      ...command,
      run: () => latest.current.find(({ id }) => id === command.id)?.run(),
    }));
    commandStore.set((now) => new Map(now).set(owner, shown));
    return () =>
      commandStore.set((now) => {
        const next = new Map(now);
        next.delete(owner);
        return next;
      });
  }, [owner, face]);
}
