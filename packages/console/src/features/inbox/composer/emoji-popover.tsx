import { Popover } from "@mantine/core";
import { lazy, Suspense } from "react";
import type { WrapProps } from "../../../ui/lazy-wrap.tsx";
import styles from "./composer.module.css";

const EmojiPicker = lazy(async () => ({
  default: (await import("./emoji-picker.tsx")).EmojiPicker,
}));

interface EmojiPopoverProps extends WrapProps {
  onChoose: (emoji: string) => void;
}

/** The box above the text in which an emoji is chosen. */
export function EmojiPopover({ opened, onChange, onChoose, children }: EmojiPopoverProps) {
  return (
    <Popover opened={opened} onChange={onChange} position="top-start" trapFocus>
      <Popover.Target>{children}</Popover.Target>
      <Popover.Dropdown>
        <Suspense fallback={<div className={styles.emojiPlace} />}>
          <EmojiPicker
            onChoose={(emoji) => {
              onChange(false);
              onChoose(emoji);
            }}
          />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
