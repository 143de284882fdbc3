import type { InboxState } from "@recado/contract/console/inbox";
import styles from "./label-chip.module.css";

/** A label with its colour. `small`: in the list, where there is little room. */
export function LabelChip(props: { label: InboxState["labels"][number]; small?: boolean }) {
  const { label, small = false } = props;
  return (
    <span className={styles.chip} data-color={label.color} data-small={small}>
      {label.name}
    </span>
  );
}

/** Only a label's colour. */
export function LabelDot({ color }: { color: string }) {
  return <span className={styles.dot} data-color={color} aria-hidden="true" />;
}
