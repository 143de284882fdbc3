import { createHash, randomInt } from "node:crypto";
import { createReadStream, createWriteStream, mkdirSync, type ReadStream } from "node:fs";
import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileTypeFromBuffer } from "file-type";

/** What was written to disk. */
export interface StoredFile {
  /** A decimal id, such as Meta gives to media. */
  id: string;
  bytes: number;
  /** Hex. */
  sha256: string;
  /** What the first bytes say that it is; undefined for text and for what nobody knows. */
  detectedMime: string | undefined;
}

/** The folder with the bytes of attachments. */
export interface MediaFiles {
  /** Streams to disk; null when it is more than `bytesMax`, of which nothing is then kept. */
  write(source: Readable, bytesMax: number): Promise<StoredFile | null>;
  read(id: string): ReadStream;
  remove(id: string): Promise<void>;
}

const sniffBytes = 4_100;

/** Opens, and if need be creates, `<dataDir>/simulator-media`. */
export function openMediaFiles(dataDir: string): MediaFiles {
  const folder = join(dataDir, "simulator-media");
  mkdirSync(folder, { recursive: true });
  const pathOf = (id: string) => join(folder, id.replace(/[^0-9]/g, ""));
  return {
    async write(source, bytesMax) {
      const id = `1${String(randomInt(2 ** 47)).padStart(15, "0")}`;
      const hash = createHash("sha256");
      let bytes = 0;
      const counted = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          bytes += chunk.length;
          if (bytes > bytesMax) return done(new TooLarge());
          hash.update(chunk);
          done(null, chunk);
        },
      });
      try {
        await pipeline(source, counted, createWriteStream(pathOf(id)));
      } catch (error) {
        await rm(pathOf(id), { force: true });
        if (error instanceof TooLarge) return null;
        throw error;
      }
      const detectedMime = await detect(pathOf(id));
      return { id, bytes, sha256: hash.digest("hex"), detectedMime };
    },
    read: (id) => createReadStream(pathOf(id)),
    remove: (id) => rm(pathOf(id), { force: true }),
  };
}

class TooLarge extends Error {}

async function detect(path: string): Promise<string | undefined> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(sniffBytes), 0, sniffBytes, 0);
    return (await fileTypeFromBuffer(buffer.subarray(0, bytesRead)))?.mime;
  } finally {
    await file.close();
  }
}
