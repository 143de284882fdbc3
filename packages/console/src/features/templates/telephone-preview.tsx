import { IconFile, IconMapPin, IconPhoto, IconPlayerPlay } from "@tabler/icons-react";
import { FormattedText } from "../../ui/text/formatted-text.tsx";
import styles from "./telephone-preview.module.css";
import type { Preview } from "./template-calls.ts";

/** What is drawn: a template with its values in it. */
export type Shown = Pick<Preview, "header" | "body" | "footer" | "buttons">;

const ICONS = {
  image: IconPhoto,
  video: IconPlayerPlay,
  document: IconFile,
  location: IconMapPin,
} as const;

/** A message as it looks on the person's telephone. */
export function TelephonePreview({ shown, label }: { shown: Shown; label: string }) {
  const { header, body, footer, buttons } = shown;
  return (
    <figure className={styles.screen} aria-label={label} data-testid="preview">
      <div className={styles.bubble}>
        {header !== null && <Header header={header} />}
        <div className={styles.body}>
          <FormattedText text={body === "" ? "…" : body} />
        </div>
        {footer !== null && footer !== "" && <p className={styles.footer}>{footer}</p>}
      </div>
      {buttons.map((button, index) => (
        <div key={`${button.text} ${index.toString()}`} className={styles.button}>
          {button.text}
        </div>
      ))}
    </figure>
  );
}

function Header({ header }: { header: NonNullable<Shown["header"]> }) {
  if (header.format === "text") return <p className={styles.headerText}>{header.text}</p>;
  const Icon = ICONS[header.format];
  return (
    <div className={styles.media}>
      <Icon size={30} stroke={1.3} aria-hidden />
    </div>
  );
}
