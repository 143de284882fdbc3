/** Keys that do something. */
export interface Shortcut {
  /**
   * One stroke (`j`, `?`, `shift+enter`, `mod+k`; `mod` is ⌘ on a Mac and Ctrl elsewhere), or two, one after the other
   * (`g b`). Letters are compared as they are typed, so `?` needs no `shift+`.
   */
  keys: string;
  title: string;
  /** The heading in the sheet. */
  group: string;
  /** Also while the focus is in a field. Without it a field keeps its keys. */
  evenWhileTyping?: boolean;
  /** Leave it to the next one below when this says no. */
  when?(): boolean;
  run(event: KeyboardEvent): void;
}

const SECOND_STROKE_MS_MAX = 1_200;
const isMac = typeof navigator !== "undefined" && /mac|iphone|ipad/iu.test(navigator.platform);

/** All shortcuts in force, the newest last: what stands nearer to the reader goes first. */
export const shortcutLayers: { shortcuts: readonly Shortcut[] }[] = [];

/** Whether a dialog stood in front when the key went down: it may be gone by the time that the key comes here. */
let isBehindDialog = false;
let first: { stroke: string; atMs: number } | null = null;

/** Runs what a key stands for, if anything. A dialog in front keeps the page behind it still. */
export function pressKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || isModifier(event.key)) return;
  const stroke = nameStroke(event);
  const before =
    first !== null && event.timeStamp - first.atMs < SECOND_STROKE_MS_MAX ? first.stroke : null;
  first = null;
  const typing = isBehindDialog || isTyping(event);
  const inForce = shortcutLayers
    .toReversed()
    .flatMap(({ shortcuts }) => shortcuts)
    .filter((each) => (each.evenWhileTyping ?? false) || !typing);
  const pair = before === null ? undefined : find(inForce, `${before} ${stroke}`);
  const found = pair ?? find(inForce, stroke);
  if (found !== undefined) {
    event.preventDefault();
    found.run(event);
  } else if (!typing && inForce.some(({ keys }) => keys.startsWith(`${stroke} `))) {
    first = { stroke, atMs: event.timeStamp };
  }
}

function find(shortcuts: readonly Shortcut[], keys: string): Shortcut | undefined {
  return shortcuts.find((each) => each.keys === keys && (each.when?.() ?? true));
}

/** Looks, before anybody hears of the key, whether a dialog will have it. */
export function noteDialog(): void {
  isBehindDialog = document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
}

/** How a pressed key is written in {@link Shortcut.keys}. */
export function nameStroke(
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">,
): string {
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const key = event.key === " " ? "space" : event.key.toLowerCase();
  const shift = event.shiftKey && (key.length > 1 || /\p{L}/u.test(key));
  return `${mod ? "mod+" : ""}${event.altKey ? "alt+" : ""}${shift ? "shift+" : ""}${key}`;
}

function isModifier(key: string): boolean {
  return ["Control", "Shift", "Alt", "Meta", "AltGraph"].includes(key);
}

function isTyping({ target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null) return true;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/u.test(target.tagName);
}
