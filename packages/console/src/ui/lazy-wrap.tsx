import {
  type ComponentType,
  cloneElement,
  type PointerEvent,
  type ReactElement,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { createStore, type Store } from "./store.ts";
import { whenIdle } from "./when-idle.ts";

/** What stands around a button and opens: a menu, a box with something to choose. */
export interface WrapProps {
  opened: boolean;
  onChange: (opened: boolean) => void;
  /** The button. */
  children: ReactElement;
}

/** Code that is fetched after the page. */
export interface LazyPart<Props> {
  /** Null: not here yet. */
  loaded: Store<{ Wrap: ComponentType<Props> } | null>;
  fetch: () => Promise<void>;
}

interface ButtonProps {
  ref?: RefObject<HTMLElement | null>;
  onClick?: () => void;
  onPointerEnter?: () => void;
  onPointerDown?: (event: PointerEvent) => void;
}

/** Declares what {@link LazyWrap} shows; it is fetched when the page is idle, if nobody wants it earlier. */
export function lazyPart<Props>(load: () => Promise<ComponentType<Props>>): LazyPart<Props> {
  const loaded: LazyPart<Props>["loaded"] = createStore<{ Wrap: ComponentType<Props> } | null>(
    null,
  );
  const fetch = async () => {
    if (loaded.get() === null) loaded.set({ Wrap: await load() });
  };
  whenIdle(fetch);
  return { loaded, fetch };
}

interface LazyWrapProps<Props> {
  part: LazyPart<Props>;
  props: Props;
}

/**
 * Shows a button inside of what opens around it, and bare until that has come: it is fetched at the latest when somebody points
 * at the button or opens it. Nothing moves, and the focus stays.
 */
export function LazyWrap<Props extends WrapProps>({ part, props }: LazyWrapProps<Props>) {
  const { opened, onChange } = props;
  const children = props.children as ReactElement<ButtonProps>;
  const button = useRef<HTMLElement>(null);
  const Wrap = part.loaded.use()?.Wrap;
  const isWrapped = Wrap !== undefined;
  useKeptFocus(button, isWrapped);
  // It opens a moment after it has come, so that it knows to whom the focus goes when it closes.
  const [isReady, setReady] = useState(isWrapped);
  useEffect(() => setReady(isWrapped), [isWrapped]);
  useEffect(() => {
    // By a key of the keyboard it is opened without its button.
    if (opened) void part.fetch();
  }, [opened, part]);
  if (Wrap === undefined) {
    const { onClick } = children.props;
    return cloneElement(children, {
      ref: button,
      onPointerEnter: () => void part.fetch(),
      // A button that is replaced between press and release is never clicked.
      onPointerDown: ({ pointerType, button: pressed }) => {
        if (onClick === undefined && pointerType === "mouse" && pressed === 0) onChange(true);
      },
      onClick: onClick ?? (() => onChange(true)),
    });
  }
  return (
    <Wrap {...props} opened={opened && isReady}>
      {cloneElement(children, { ref: button })}
    </Wrap>
  );
}

/** The button that is wrapped is another element than the bare one: it takes over its focus. */
function useKeptFocus(button: RefObject<HTMLElement | null>, isWrapped: boolean): void {
  const was = useRef({ isWrapped, hadFocus: false });
  if (isWrapped && !was.current.isWrapped) {
    const hadFocus = button.current !== null && button.current === document.activeElement;
    was.current = { isWrapped, hadFocus };
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: it happens once, with the wrapping.
  useLayoutEffect(() => {
    if (was.current.hadFocus) button.current?.focus();
    was.current.hadFocus = false;
  }, [isWrapped]);
}
