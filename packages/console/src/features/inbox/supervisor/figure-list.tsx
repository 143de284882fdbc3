import { Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import styles from "./supervisor-page.module.css";

/** A number with its name. */
interface Figure {
  name: string;
  /** Not there yet when it is left out: the name has its place already. */
  value?: ReactNode;
  isBad?: boolean;
}

/** Large numbers beside each other, each over its name. */
export function FigureList({ figures }: { figures: readonly Figure[] }) {
  return (
    <dl className={styles.figures}>
      {figures.map(({ name, value, isBad = false }) => (
        <div key={name} data-bad={isBad}>
          <dt>{name}</dt>
          <dd>{value ?? <Skeleton width={40} height={20} my={8} radius="sm" />}</dd>
        </div>
      ))}
    </dl>
  );
}
