const RATE_HZ = 8_000;
const SECONDS = 4;

/** Four seconds of somebody humming, in Base64. It is a WAV, which players know by its first bytes whatever it is called. */
export function makeVoiceNote(): string {
  const samples = Buffer.alloc(RATE_HZ * SECONDS);
  for (const at of samples.keys()) {
    const swell = Math.abs(Math.sin((at / RATE_HZ) * 5)) * Math.abs(Math.sin((at / RATE_HZ) * 1.3));
    samples[at] = 128 + Math.round(90 * swell * Math.sin((at / RATE_HZ) * 2 * Math.PI * 220));
  }
  const head = Buffer.alloc(44);
  head.write("RIFF", 0, "latin1");
  head.writeUInt32LE(36 + samples.length, 4);
  head.write("WAVEfmt ", 8, "latin1");
  head.writeUInt32LE(16, 16);
  // PCM, one channel, one byte each.
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(RATE_HZ, 24);
  head.writeUInt32LE(RATE_HZ, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write("data", 36, "latin1");
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]).toString("base64");
}
