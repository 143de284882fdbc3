import { ActionIcon, Loader } from "@mantine/core";
import { IconSend2, IconTrash } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { showToast } from "../../../ui/toast/toast.ts";
import { inboxWords } from "../i18n/inbox-words.ts";
import { formatSeconds } from "../thread/sound-player.tsx";
import { recordVoice, type VoiceRecording } from "./record-voice.ts";
import styles from "./voice-bar.module.css";

const BARS = 48;
const MEASURE_MS = 90;
/** WhatsApp takes 16 MB; a quarter of an hour is far below. */
const SECONDS_MAX = 900;

/** Records a voice note in the place of the text box: how loud, how long, send or throw away. */
export function VoiceBar(props: { onDone: (file: File) => void; onCancel: () => void }) {
  const { onDone, onCancel } = props;
  const say = inboxWords.useWords();
  const recording = useRef<VoiceRecording | null>(null);
  const [levels, setLevels] = useState<readonly number[]>([]);
  const [state, setState] = useState<"asking" | "recording" | "packing">("asking");
  useRecording(recording, {
    onStart: () => setState("recording"),
    onLevel: (level) => setLevels((all) => [...all, level]),
    onProblem: () => {
      showToast({ kind: "problem", text: say("voice.noMicrophone") });
      onCancel();
    },
  });
  const seconds = (levels.length * MEASURE_MS) / 1_000;
  const send = () => {
    const current = recording.current;
    if (current === null || state !== "recording") return;
    recording.current = null;
    setState("packing");
    current
      .finish()
      .then(onDone)
      .catch(() => {
        showToast({ kind: "problem", text: say("voice.failed") });
        onCancel();
      });
  };
  const isTooLong = seconds >= SECONDS_MAX;
  useEffect(() => {
    if (isTooLong) document.querySelector<HTMLButtonElement>("[data-send-voice]")?.click();
  }, [isTooLong]);
  return (
    <div className={styles.bar} data-testid="voice-bar" data-state={state}>
      <ActionIcon aria-label={say("voice.cancel")} onClick={onCancel}>
        <IconTrash size={17} stroke={1.7} />
      </ActionIcon>
      <span className={styles.dot} aria-hidden="true" />
      <span className={styles.time} role="timer">
        {formatSeconds(seconds)}
      </span>
      <Levels levels={levels} />
      <ActionIcon
        variant="filled"
        color="accent"
        aria-label={say("voice.send")}
        disabled={state !== "recording"}
        data-send-voice
        onClick={send}
      >
        {state === "packing" ? <Loader size={14} /> : <IconSend2 size={17} stroke={1.7} />}
      </ActionIcon>
    </div>
  );
}

function Levels({ levels }: { levels: readonly number[] }) {
  let place = Math.max(0, levels.length - BARS);
  return (
    <span className={styles.levels} aria-hidden="true">
      {levels.slice(place).map((level) => {
        // A bar is its moment: it moves to the left and stays what it is.
        place += 1;
        const height = `${Math.round(8 + Math.min(1, level * 2.2) * 92)}%`;
        return <span key={place} style={{ height }} />;
      })}
    </span>
  );
}

interface RecordingListener {
  onStart: () => void;
  onLevel: (level: number) => void;
  onProblem: () => void;
}

/** Records for as long as the bar stands. */
function useRecording(
  recording: { current: VoiceRecording | null },
  listener: RecordingListener,
): void {
  const told = useRef(listener);
  told.current = listener;
  useEffect(() => {
    let isGone = false;
    let timer: ReturnType<typeof setInterval> | undefined;
    recordVoice()
      .then((started) => {
        if (isGone) return started.cancel();
        recording.current = started;
        told.current.onStart();
        timer = setInterval(() => {
          if (recording.current !== null) told.current.onLevel(started.level());
        }, MEASURE_MS);
      })
      .catch(() => told.current.onProblem());
    return () => {
      isGone = true;
      clearInterval(timer);
      recording.current?.cancel();
      recording.current = null;
    };
  }, [recording]);
}
