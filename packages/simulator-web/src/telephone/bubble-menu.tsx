import type { ThreadItem } from "@recado/contract/simulator-api";
import { type RefObject, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { copyText } from "../ui/copy-button.tsx";
import { Icon } from "../ui/icon.tsx";
import styles from "./bubble-menu.module.css";
import type { BubbleActions } from "./chat-actions.ts";

interface BubbleMenuProps {
  item: ThreadItem;
  actions: BubbleActions;
  /** The button that opens it; a long press on the bubble presses it too. */
  trigger: RefObject<HTMLButtonElement | null>;
}

/** Emojis that the menu offers. */
const EMOJIS = ["👍", "❤️", "😂", "😮", "🙏"];

/** Room that the menu needs beneath its button. */
const menuHeight = 250;

/** The small menu of a bubble: react, quote, copy, take back. It stands in the top layer, so that the chat's edge never cuts it. */
export function BubbleMenu({ item, actions, trigger }: BubbleMenuProps) {
  const { t } = useTranslation();
  const popover = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ top: 0, left: 0 });
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (open) {
      popover.current?.querySelector("button")?.focus();
    }
  }, [open]);
  const onOpen = () => {
    const corner = trigger.current?.getBoundingClientRect();
    if (corner !== undefined) {
      setPlace({
        top: Math.min(corner.bottom + 2, window.innerHeight - menuHeight),
        left: Math.max(8, Math.min(corner.right - 190, window.innerWidth - 204)),
      });
    }
    popover.current?.showPopover();
  };
  const choose = (action: () => void) => () => {
    popover.current?.hidePopover();
    action();
  };
  const onQuote = () => {
    trigger.current?.focus();
    actions.quote(item);
  };
  return (
    <>
      <button
        ref={trigger}
        type="button"
        className={styles.trigger}
        aria-label={t("bubble.options")}
        aria-haspopup="true"
        aria-expanded={open}
        onClick={onOpen}
      >
        <Icon name="chevron" size={16} />
      </button>
      <div
        ref={popover}
        popover="auto"
        className={styles.menu}
        style={place}
        onToggle={(event) => setOpen(event.newState === "open")}
      >
        {open && (
          <>
            {item.type !== "revoked" && (
              <EmojiRow
                current={item.reaction}
                onChoose={(emoji) => choose(() => actions.react(item, emoji))()}
              />
            )}
            <MenuButton icon="reply" label={t("bubble.quote")} onClick={choose(onQuote)} />
            {item.body !== null && (
              <MenuButton
                icon="copy"
                label={t("bubble.copyText")}
                onClick={choose(() => void copyText(item.body ?? ""))}
              />
            )}
            <MenuButton
              icon="webhook"
              label={t("bubble.copyId")}
              onClick={choose(() => void copyText(item.id))}
            />
            {item.direction === "out" && item.type !== "revoked" && (
              <MenuButton
                icon="trash"
                label={t("bubble.takeBack")}
                onClick={choose(() => actions.takeBack(item))}
              />
            )}
          </>
        )}
      </div>
    </>
  );
}

/** A row of emojis; the one that is there already is taken back. */
function EmojiRow(props: { current: string | null; onChoose: (emoji: string) => void }) {
  const { t } = useTranslation();
  return (
    <fieldset className={styles.emojis}>
      <legend className="visually-hidden">{t("bubble.react")}</legend>
      {EMOJIS.map((emoji) => (
        <button
          key={emoji}
          type="button"
          aria-pressed={emoji === props.current}
          data-testid="react"
          onClick={() => props.onChoose(emoji === props.current ? "" : emoji)}
        >
          {emoji}
        </button>
      ))}
    </fieldset>
  );
}

interface MenuButtonProps {
  icon: "reply" | "copy" | "webhook" | "trash";
  label: string;
  onClick: () => void;
}

function MenuButton({ icon, label, onClick }: MenuButtonProps) {
  return (
    <button type="button" onClick={onClick}>
      <Icon name={icon} size={18} />
      {label}
    </button>
  );
}
