import { Avatar } from "./avatar.tsx";
import styles from "./thing-cell.module.css";

/** A table's first cell: what the row is, and one quiet line about it; for people with their avatar. */
export function ThingCell(props: {
  title: string;
  about?: string | undefined;
  avatarOf?: string;
  mono?: boolean;
}) {
  const { title, about, avatarOf, mono = false } = props;
  return (
    <span className={styles.thing}>
      {avatarOf !== undefined && <Avatar name={title} id={avatarOf} size={28} />}
      <span className={styles.words}>
        <span className={styles.title}>{title}</span>
        {about !== undefined && (
          <span className={styles.about} data-mono={mono}>
            {about}
          </span>
        )}
      </span>
    </span>
  );
}
