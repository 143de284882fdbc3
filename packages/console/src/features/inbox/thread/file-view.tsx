import type { ThreadMessage } from "@recado/contract/console/inbox-thread";
import { IconDownload, IconFile, IconFileOff } from "@tabler/icons-react";
import { currentLanguage } from "../../../i18n/language.ts";
import { inboxWords } from "../i18n/inbox-words.ts";
import { formatBytes } from "../text/format-bytes.ts";
import styles from "./file-view.module.css";
import { SoundPlayer } from "./sound-player.tsx";

type File = NonNullable<ThreadMessage["file"]>;

/** A file of a message: pictures and films in place, sound with its own player, everything else as a card to be saved. */
export function FileView(props: { file: File; onEnlarge: (url: string, name: string) => void }) {
  const { file, onEnlarge } = props;
  const say = inboxWords.useWords();
  const name = file.name ?? say(`kind.${file.kind}`);
  if (file.state !== "stored" || file.url === null) {
    return (
      <p className={styles.absent}>
        <IconFileOff size={15} stroke={1.7} aria-hidden />
        {file.state === "waiting" ? say("file.waiting", { name }) : say("file.failed", { name })}
      </p>
    );
  }
  const { url, kind } = file;
  if (kind === "image" || kind === "sticker") {
    return (
      <button
        type="button"
        className={kind === "image" ? styles.picture : styles.sticker}
        aria-label={say("file.enlarge", { name })}
        onClick={() => onEnlarge(url, name)}
      >
        <img src={url} alt={name} loading="lazy" decoding="async" />
      </button>
    );
  }
  if (kind === "video") {
    return (
      // biome-ignore lint/a11y/useMediaCaption: what people send comes without captions.
      <video className={styles.video} src={url} aria-label={name} controls preload="metadata" />
    );
  }
  if (kind === "audio" || kind === "voice") return <SoundPlayer url={url} name={name} />;
  return <DocumentCard {...{ file, url, name }} />;
}

function DocumentCard({ file, url, name }: { file: File; url: string; name: string }) {
  const say = inboxWords.useWords();
  const ending = /\.([a-z0-9]{2,5})$/iu.exec(name)?.[1] ?? file.mime.split("/").at(-1) ?? "";
  const size = file.bytes === null ? "" : ` · ${formatBytes(file.bytes, currentLanguage())}`;
  return (
    <a className={styles.document} href={url} download={name} title={say("file.save", { name })}>
      <span className={styles.sign}>
        <IconFile size={20} stroke={1.5} aria-hidden />
      </span>
      <span className={styles.about}>
        <span className={styles.name}>{name}</span>
        <span className={styles.size}>
          {ending.slice(0, 5).toUpperCase()}
          {size}
        </span>
      </span>
      <IconDownload size={16} stroke={1.7} aria-hidden />
    </a>
  );
}
