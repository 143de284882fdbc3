import type { ButtonOnTelephone, ThreadItem } from "@recado/contract/simulator-api";
import { useTranslation } from "react-i18next";
import { Icon, type IconName } from "../ui/icon.tsx";
import styles from "./bubble-buttons.module.css";
import type { BubbleActions } from "./chat-actions.ts";

const icons: Record<ButtonOnTelephone["kind"], IconName> = {
  quick_reply: "reply",
  url: "link",
  phone_number: "phone",
  copy_code: "copy",
  list: "list",
  location: "pin",
  other: "chevron",
};

interface BubbleButtonsProps {
  item: ThreadItem;
  pressed: string;
  actions: BubbleActions;
}

/** A message's buttons: a quick reply answers, a list and a place ask first, the others show where they would lead. */
export function BubbleButtons({ item, pressed, actions }: BubbleButtonsProps) {
  const { t } = useTranslation();
  if (item.buttons.length === 0) {
    return null;
  }
  const chosen = new Set(pressed.split("\n"));
  return (
    <ul className={styles.buttons}>
      {item.buttons.map((button) => {
        const isChosen = button.kind === "quick_reply" && chosen.has(button.text);
        return (
          <li key={`${button.kind} ${button.text}`}>
            <button
              type="button"
              className={styles.button}
              data-kind={button.kind}
              data-chosen={isChosen || undefined}
              onClick={() => actions.press(item, button)}
            >
              <Icon name={isChosen ? "check" : icons[button.kind]} size={17} />
              <span>{button.kind === "location" ? t("button.location") : button.text}</span>
              {isChosen && <span className="visually-hidden"> ({t("bubble.pressed")})</span>}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
