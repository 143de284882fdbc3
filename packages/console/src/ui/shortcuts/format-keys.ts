const isMac = typeof navigator !== "undefined" && /mac|iphone|ipad/iu.test(navigator.platform);

const names: Record<string, string | undefined> = {
  mod: isMac ? "⌘" : "Ctrl",
  alt: isMac ? "⌥" : "Alt",
  shift: "⇧",
  enter: "↵",
  escape: "Esc",
  arrowup: "↑",
  arrowdown: "↓",
  arrowleft: "←",
  arrowright: "→",
  space: "␣",
  backspace: "⌫",
};

/** How keys are shown to people: `mod+k` as `Ctrl K` or `⌘K`, `g b` as `G B`. */
export function formatKeys(keys: string): string {
  return keys
    .split(" ")
    .map((stroke) =>
      (stroke === "+" ? ["+"] : stroke.split("+"))
        .map((key) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key))
        .join(isMac ? "" : " "),
    )
    .join(" ");
}
