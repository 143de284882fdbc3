import { Tooltip } from "@mantine/core";
import { useEffect, useState } from "react";

/** How long somebody points before the words come; long enough to pass over a button without them. */
const OPEN_DELAY_MS = 350;

/** Shows the words of the {@link Hint} that is pointed at, or that the keyboard came to. It stands once in the page. */
export function HintLayer() {
  const [target, setTarget] = useState<HTMLElement | null>(null);
  const [isShown, setShown] = useState(false);
  useEffect(() => watchHints({ setTarget, setShown }), []);
  if (target === null) return null;
  return (
    <Tooltip
      key={target.dataset.hint}
      target={target}
      opened={isShown}
      label={target.dataset.hint}
      position={target.dataset.hintAt === "right" ? "right" : "top"}
    />
  );
}

interface HintState {
  setTarget: (target: HTMLElement) => void;
  setShown: (isShown: boolean) => void;
}

function watchHints({ setTarget, setShown }: HintState): () => void {
  let current: HTMLElement | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const begin = (element: HTMLElement | null, delayMs: number) => {
    if (element === current) return;
    clearTimeout(timer);
    setShown(false);
    current = element;
    if (element === null) return;
    setTarget(element);
    // What was pointed at may be gone by then, and its words would stand in the page's corner.
    timer = setTimeout(() => setShown(element.isConnected), delayMs);
  };
  const over = ({ target, pointerType }: PointerEvent) =>
    begin(pointerType === "touch" ? null : findHinted(target), OPEN_DELAY_MS);
  const focus = ({ target }: FocusEvent) => {
    const isByKeyboard = target instanceof Element && target.matches(":focus-visible");
    begin(isByKeyboard ? findHinted(target) : null, 0);
  };
  const end = () => begin(null, 0);
  const key = (event: KeyboardEvent) => {
    if (event.key === "Escape") end();
  };
  const watch = new AbortController();
  const { signal } = watch;
  document.addEventListener("pointerover", over, { signal, passive: true });
  document.addEventListener("focusin", focus, { signal });
  document.addEventListener("focusout", end, { signal });
  // Whoever presses a button knows what it does, and many a button goes away by it.
  document.addEventListener("click", end, { signal, capture: true });
  document.documentElement.addEventListener("pointerleave", end, { signal });
  document.addEventListener("keydown", key, { signal });
  return () => {
    watch.abort();
    clearTimeout(timer);
  };
}

function findHinted(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("[data-hint]") : null;
}
