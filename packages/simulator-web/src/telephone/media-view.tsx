import type { MediaOnTelephone } from "@recado/contract/simulator-api";
import { useTranslation } from "react-i18next";
import { mediaUrl } from "../api/simulator-client.ts";
import { formatBytes } from "../text/bytes.ts";
import { Icon } from "../ui/icon.tsx";
import type { BubbleActions } from "./chat-actions.ts";
import styles from "./media-view.module.css";

interface MediaViewProps {
  media: MediaOnTelephone;
  mediaId: string;
  actions: BubbleActions;
}

/** An attachment as a telephone shows it: picture, video and sound in place, everything else as a card. */
export function MediaView({ media, mediaId, actions }: MediaViewProps) {
  const { t } = useTranslation();
  const name = media.name ?? t(`media.${media.kind}`);
  switch (media.kind) {
    case "image":
    case "sticker":
      return (
        <button
          type="button"
          className={media.kind === "image" ? styles.picture : styles.sticker}
          aria-label={`${t("media.enlarge")}: ${name}`}
          onClick={() => actions.enlarge({ mediaId, name })}
        >
          <img src={mediaUrl(mediaId)} alt={name} decoding="async" />
        </button>
      );
    case "video":
      return (
        // biome-ignore lint/a11y/useMediaCaption: the sender's own video comes without captions.
        <video
          className={styles.video}
          src={mediaUrl(mediaId)}
          aria-label={name}
          controls
          preload="metadata"
        />
      );
    case "audio":
      return (
        // biome-ignore lint/a11y/useMediaCaption: the sender's own sound comes without captions.
        <audio
          className={styles.audio}
          src={mediaUrl(mediaId)}
          aria-label={name}
          controls
          preload="metadata"
        />
      );
    case "document":
      return <DocumentCard media={media} mediaId={mediaId} />;
  }
}

/** The whole card is one link: it saves the file, since the simulator lets nothing that strangers sent run in a tab. */
function DocumentCard({ media, mediaId }: { media: MediaOnTelephone; mediaId: string }) {
  const { t, i18n } = useTranslation();
  const name = media.name ?? t("media.unnamed");
  const type = typeOf(media);
  const about = `${type} · ${formatBytes(media.bytes, i18n.language)}`;
  return (
    <a className={styles.document} href={mediaUrl(mediaId)} download={name}>
      <FileSign type={type} />
      <span className={styles.about}>
        <span className="visually-hidden">{t("media.download")} </span>
        <span className={styles.name}>{name}</span>
        <span className={styles.size}>{about}</span>
      </span>
      <Icon name="download" size={18} />
    </a>
  );
}

/** A sheet with a folded corner and the type's colour. */
function FileSign({ type }: { type: string }) {
  return (
    <svg className={styles.sign} data-type={type} viewBox="0 0 32 40" aria-hidden="true">
      <path d="M4 0h17l11 11v25a4 4 0 0 1-4 4H4a4 4 0 0 1-4-4V4a4 4 0 0 1 4-4z" />
      <path className={styles.fold} d="M21 0l11 11h-8a3 3 0 0 1-3-3z" />
      <text x="16" y="29" textAnchor="middle">
        {type.slice(0, 4)}
      </text>
    </svg>
  );
}

function typeOf(media: MediaOnTelephone): string {
  const byName = /\.([a-z0-9]{2,5})$/i.exec(media.name ?? "")?.[1];
  const byMime = media.mime
    .split("/")
    .at(-1)
    ?.split(/[.+;-]/)
    .at(-1);
  return (byName ?? byMime ?? "file").toUpperCase();
}
