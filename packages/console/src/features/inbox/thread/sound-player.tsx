import { IconPlayerPauseFilled, IconPlayerPlayFilled } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { inboxWords } from "../i18n/inbox-words.ts";
import styles from "./sound-player.module.css";

const SPEEDS = [1, 1.5, 2];
/** Only one sounds at a time. */
let sounding: HTMLAudioElement | null = null;

/** Plays a voice note or a song: play, where one is, and faster for those who have many to hear. */
export function SoundPlayer({ url, name }: { url: string; name: string }) {
  const say = inboxWords.useWords();
  const audio = useRef<HTMLAudioElement>(null);
  const [isPlaying, setPlaying] = useState(false);
  const [atS, setAt] = useState(0);
  const [lengthS, setLength] = useState(0);
  const [speed, setSpeed] = useState(1);
  const toggle = () => {
    const player = audio.current;
    if (player === null) return;
    if (!player.paused) return player.pause();
    if (sounding !== player) sounding?.pause();
    sounding = player;
    player.playbackRate = speed;
    void player.play().catch(() => setPlaying(false));
  };
  const faster = () => {
    const next = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length] ?? 1;
    setSpeed(next);
    if (audio.current !== null) audio.current.playbackRate = next;
  };
  return (
    <div className={styles.player} data-testid="sound">
      {/* biome-ignore lint/a11y/useMediaCaption: a voice note comes without captions. */}
      <audio
        ref={audio}
        src={url}
        preload="metadata"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        onLoadedMetadata={(event) => setLength(finite(event.currentTarget.duration))}
        onDurationChange={(event) => setLength(finite(event.currentTarget.duration))}
      />
      <button
        type="button"
        className={styles.play}
        aria-label={say(isPlaying ? "sound.pause" : "sound.play", { name })}
        onClick={toggle}
      >
        {isPlaying ? <IconPlayerPauseFilled size={16} /> : <IconPlayerPlayFilled size={16} />}
      </button>
      <input
        type="range"
        className={styles.track}
        min={0}
        max={lengthS || 1}
        step={0.1}
        value={Math.min(atS, lengthS || 1)}
        aria-label={say("sound.position")}
        onChange={(event) => {
          if (audio.current !== null) audio.current.currentTime = Number(event.target.value);
        }}
      />
      <span className={styles.time}>{formatSeconds(isPlaying || atS > 0 ? atS : lengthS)}</span>
      <button
        type="button"
        className={styles.speed}
        aria-label={say("sound.speed", { times: speed })}
        onClick={faster}
      >
        {speed}×
      </button>
    </div>
  );
}

/** `1:05`. */
export function formatSeconds(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** A recording without a length in its head has an endless one until it was played. */
function finite(seconds: number): number {
  return Number.isFinite(seconds) ? seconds : 0;
}
