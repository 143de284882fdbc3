import { cloneElement, type ReactElement } from "react";

interface HintProps {
  label: string;
  /** Where it stands, if there is room. */
  position?: "top" | "right";
  disabled?: boolean;
  children: ReactElement<object>;
}

/**
 * Says in a few words what a button does, to whoever points at it or comes to it by keyboard. The button only carries the
 * words; {@link HintLayer}, one for the whole page, shows them.
 */
export function Hint({ label, position = "top", disabled = false, children }: HintProps) {
  if (disabled) return children;
  return cloneElement(children, { "data-hint": label, "data-hint-at": position } as object);
}
