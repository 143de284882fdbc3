import { findMagicTelephone } from "../stage/magic-telephones.ts";
import { hueOf } from "../text/phone-number.ts";
import { Icon } from "../ui/icon.tsx";
import styles from "./avatar.module.css";

/** A telephone's sign: the last two digits on a colour of its own; a wand for a magic one. */
export function Avatar({ mobile, size = 36 }: { mobile: string; size?: number }) {
  const magic = findMagicTelephone(mobile) !== null;
  return (
    <span
      className={styles.avatar}
      data-hue={magic ? "magic" : hueOf(mobile)}
      style={{ width: size, height: size, fontSize: size * 0.36 }}
      aria-hidden="true"
    >
      {magic ? <Icon name="magic" size={Math.round(size * 0.56)} /> : mobile.slice(-2)}
    </span>
  );
}
