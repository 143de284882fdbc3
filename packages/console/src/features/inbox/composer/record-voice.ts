/** A recording that is running. */
export interface VoiceRecording {
  /** Ends it and gives it as OGG with Opus: the only kind that WhatsApp shows as a voice note. */
  finish: () => Promise<File>;
  cancel: () => void;
  /** How loud it is at this moment, 0 to 1. */
  level: () => number;
}

const KINDS = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus", "audio/mp4"];
/** Speech needs no more. */
const BITS_PER_SECOND = 32_000;

/** Asks for the microphone and begins. Rejects when there is none or the person does not allow it. */
export async function recordVoice(): Promise<VoiceRecording> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true },
  });
  const mimeType = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
  const recorder = new MediaRecorder(stream, {
    audioBitsPerSecond: BITS_PER_SECOND,
    ...(mimeType === undefined ? {} : { mimeType }),
  });
  const pieces: Blob[] = [];
  recorder.ondataavailable = ({ data }) => pieces.push(data);
  const { level, close } = measureLevel(stream);
  const release = () => {
    for (const track of stream.getTracks()) track.stop();
    close();
  };
  recorder.start(500);
  return {
    level,
    cancel: () => {
      recorder.stop();
      release();
    },
    finish: async () => {
      await new Promise<void>((resolve) => {
        recorder.onstop = () => resolve();
        recorder.stop();
      });
      release();
      return toOgg(new Blob(pieces, { type: recorder.mimeType }));
    },
  };
}

/** Puts the sound into another envelope; Opus itself stays as it was recorded. */
async function toOgg(recorded: Blob): Promise<File> {
  const type = "audio/ogg";
  const name = `voz-${new Date().toISOString().slice(0, 19).replaceAll(":", "-")}.ogg`;
  if (recorded.type.startsWith(type)) return new File([recorded], name, { type });
  const bunny = await import("mediabunny");
  const target = new bunny.BufferTarget();
  const conversion = await bunny.Conversion.init({
    input: new bunny.Input({ source: new bunny.BlobSource(recorded), formats: bunny.ALL_FORMATS }),
    output: new bunny.Output({ format: new bunny.OggOutputFormat(), target }),
    audio: { codec: "opus" },
  });
  await conversion.execute();
  if (target.buffer === null) throw new Error("the recording is empty");
  return new File([target.buffer], name, { type });
}

function measureLevel(stream: MediaStream) {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 256;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Uint8Array(analyser.fftSize);
  return {
    level: () => {
      analyser.getByteTimeDomainData(samples);
      let loudest = 0;
      for (const sample of samples) loudest = Math.max(loudest, Math.abs(sample - 128) / 128);
      return loudest;
    },
    close: () => void context.close(),
  };
}
