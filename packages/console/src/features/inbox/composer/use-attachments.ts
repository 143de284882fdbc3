import { useCallback, useState } from "react";
import { makeUuid } from "../../../live/make-uuid.ts";
import { type AnswerTo, inboxApi } from "../state/inbox-api.ts";

/** A file that is to be sent: uploaded while the words are still being written. */
export interface Attachment {
  key: string;
  file: File;
  uploaded: AnswerTo<"uploadInboxFile"> | null;
  error: unknown;
}

/** Files that one composer holds at once. */
const FILES_MAX = 10;

/** The files of a composer. */
export function useAttachments() {
  const [files, setFiles] = useState<readonly Attachment[]>([]);
  const change = useCallback(
    (key: string, to: Partial<Attachment>) =>
      setFiles((all) => all.map((one) => (one.key === key ? { ...one, ...to } : one))),
    [],
  );
  const upload = useCallback(
    (key: string, file: File) => {
      change(key, { error: null });
      inboxApi
        .upload(file)
        .then((uploaded) => change(key, { uploaded }))
        .catch((error: unknown) => change(key, { error }));
    },
    [change],
  );
  const add = useCallback(
    (chosen: Iterable<File>) => {
      const fresh = [...chosen].slice(0, FILES_MAX).map((file): Attachment => {
        return { key: makeUuid(), file, uploaded: null, error: null };
      });
      setFiles((all) => [...all, ...fresh].slice(0, FILES_MAX));
      for (const { key, file } of fresh) upload(key, file);
    },
    [upload],
  );
  return {
    files,
    add,
    again: (key: string) => {
      const found = files.find((one) => one.key === key);
      if (found !== undefined) upload(key, found.file);
    },
    remove: (key: string) => setFiles((all) => all.filter((one) => one.key !== key)),
    clear: () => setFiles([]),
    isReady: files.every(({ uploaded }) => uploaded !== null),
  };
}
