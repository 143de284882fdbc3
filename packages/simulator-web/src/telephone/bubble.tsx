import type { ThreadItem } from "@recado/contract/simulator-api";
import { memo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { ThreadEntry } from "../state/page-state.ts";
import { FormattedText } from "../text/formatted-text.tsx";
import { classes } from "../ui/classes.ts";
import { Icon } from "../ui/icon.tsx";
import styles from "./bubble.module.css";
import { BubbleButtons } from "./bubble-buttons.tsx";
import { BubbleMenu } from "./bubble-menu.tsx";
import type { BubbleActions } from "./chat-actions.ts";
import { MediaView } from "./media-view.tsx";
import { Quote } from "./quote.tsx";
import { Ticks } from "./ticks.tsx";
import { useLongPress } from "./use-long-press.ts";

interface BubbleProps {
  entry: ThreadEntry;
  /** First of a run by one side. */
  tail: boolean;
  /** Whoever speaks on the other side. */
  businessName: string;
  /** What it quotes; undefined when it quotes nothing, null when that is not there any more. */
  quoted: ThreadItem | null | undefined;
  /** Texts of its buttons that were pressed, joined by new lines; a string, so that it compares cheaply. */
  pressed: string;
  actions: BubbleActions;
}

/** One message: quote, header, body, footer, time with ticks, and the buttons beneath. */
export const Bubble = memo(function Bubble(props: BubbleProps) {
  const { entry, tail, businessName, quoted, pressed, actions } = props;
  const { item } = entry;
  const { t } = useTranslation();
  const menu = useRef<HTMLButtonElement>(null);
  const longPress = useLongPress(() => menu.current?.click());
  const speaker =
    item.direction === "in"
      ? t("bubble.fromBusiness", { name: businessName })
      : t("bubble.fromPerson");
  return (
    <article
      className={classes(
        styles.row,
        styles[item.direction],
        tail && item.status !== "failed" && styles.tail,
        entry.fresh && styles.fresh,
        item.status === "failed" && styles.failed,
      )}
      data-testid="bubble"
      data-id={item.id}
      data-direction={item.direction}
      data-status={item.status}
      aria-label={speaker}
    >
      <div className={styles.column}>
        <div className={styles.bubble} {...longPress}>
          {quoted !== undefined && <Quote item={quoted} businessName={businessName} />}
          <BubbleHead item={item} actions={actions} />
          {(item.type === "location" || item.type === "contacts") && <KindMark type={item.type} />}
          <div className={styles.words}>
            {item.body !== null && item.body !== "" && (
              <span className={styles.body}>
                <FormattedText
                  text={item.body}
                  onLink={(target) => actions.lead({ kind: "link", target })}
                />
              </span>
            )}
            {isBare(item) && (
              <span className={styles.other}>
                {item.type === "revoked"
                  ? t("bubble.revoked")
                  : t("bubble.other", { type: item.type })}
              </span>
            )}
            {item.footer !== null && <span className={styles.footer}>{item.footer}</span>}
            <Meta item={item} />
          </div>
          <BubbleMenu item={item} actions={actions} trigger={menu} />
          {item.reaction !== null && (
            <span className={styles.reaction}>
              <span className="visually-hidden">{t("bubble.reaction")}: </span>
              {item.reaction}
            </span>
          )}
        </div>
        <BubbleButtons item={item} pressed={pressed} actions={actions} />
        {item.status === "failed" && <FailedMark item={item} />}
      </div>
    </article>
  );
});

/** A kind that telephones here cannot draw, such as a place or a contact: at least its name is shown. */
function isBare(item: ThreadItem): boolean {
  return (item.body ?? "") === "" && item.header === null && item.media === null;
}

function BubbleHead({ item, actions }: { item: ThreadItem; actions: BubbleActions }) {
  const { header, media } = item;
  return (
    <>
      {header?.kind === "text" && <strong className={styles.title}>{header.text}</strong>}
      {header?.kind === "media" && (
        <div className={styles.media}>
          <MediaView media={header.media} mediaId={header.mediaId} actions={actions} />
        </div>
      )}
      {media !== null && (
        <div className={styles.media}>
          <MediaView media={media} mediaId={media.mediaId} actions={actions} />
        </div>
      )}
    </>
  );
}

/** What stands above the words of a place and of a card. */
function KindMark({ type }: { type: "location" | "contacts" }) {
  const { t } = useTranslation();
  return (
    <div className={styles.kind} data-kind={type}>
      <Icon name={type === "location" ? "pin" : "person"} size={22} />
      <span>{t(`kind.${type}`)}</span>
    </div>
  );
}

function Meta({ item }: { item: ThreadItem }) {
  const { i18n } = useTranslation();
  const time = new Intl.DateTimeFormat(i18n.language, {
    hour: "numeric",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return (
    <span className={styles.meta}>
      <time dateTime={item.at}>{time.format(new Date(item.at))}</time>
      <Ticks status={item.status} />
    </span>
  );
}

function FailedMark({ item }: { item: ThreadItem }) {
  const { t } = useTranslation();
  // A magic telephone's last six digits are the code that it fails with.
  const code = /^573009(\d{6})$/.exec(item.mobile)?.[1];
  return (
    <p className={styles.mark}>
      <Icon name="alert" size={14} />
      {code === undefined
        ? t("bubble.failed")
        : t("bubble.failedCode", { code: String(Number(code)) })}
    </p>
  );
}
