import { scrollBehavior } from "../ui/motion.ts";

/** Brings a bubble into view and lets it light up for a moment; nothing happens when its telephone is not on the stage. */
export function flashBubble(id: string): void {
  const bubble = document.querySelector<HTMLElement>(
    `[data-testid="bubble"][data-id="${CSS.escape(id)}"]`,
  );
  if (bubble === null) {
    return;
  }
  bubble.scrollIntoView({ behavior: scrollBehavior(), block: "center", inline: "center" });
  bubble.animate(
    [{ filter: "none" }, { filter: "brightness(0.86) saturate(1.8)" }, { filter: "none" }],
    { duration: 700, iterations: 2 },
  );
}
