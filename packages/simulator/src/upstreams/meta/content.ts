import type { ButtonOnTelephone, ListOnTelephone } from "@recado/contract/simulator-api";
import type { MediaRow } from "../../store/media.ts";
import type { OfficialNumber } from "../../store/numbers.ts";
import type { Template } from "../../store/templates.ts";
import type { MediaKind } from "./media-kinds.ts";
import type { Refusal } from "./refusal.ts";

/** A file that a message carries: uploaded before, or to be fetched after acceptance. */
export interface Attachment {
  kind: MediaKind;
  place: "header" | "body";
  /** File name that the sender gave; null if none. */
  name: string | null;
  source: { row: MediaRow } | { link: string };
}

/** What a send that passed every check puts on the telephone. */
export interface Content {
  type: string;
  template?: { name: string; language: string };
  /** Lower case, as webhooks have it; absent for free-form messages. */
  category?: string;
  headerText?: string | null;
  body?: string | null;
  footer?: string | null;
  buttons?: ButtonOnTelephone[];
  payloads?: Record<string, string>;
  list?: ListOnTelephone;
  attachment?: Attachment;
  reaction?: { messageId: string; emoji: string };
  /** A fault that the real service only finds after it has accepted. */
  lateFailure?: { code: number; details: string };
}

/** What the checks look things up in. */
export interface CheckContext {
  number: OfficialNumber;
  /** A file that this number may send now. */
  findMedia(id: string): MediaRow | undefined;
  findTemplate(name: string, language: string): Template | undefined;
}

/** The result of a check. */
export type Checked<T extends object> = T | Refusal;

/** A JSON object, or undefined for anything else. */
export function asRecord(value: unknown): Record<string, unknown> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** Whether a text is longer than so many characters, an emoji counting as one. */
export function isLonger(text: string, charactersMax: number): boolean {
  return text.length > charactersMax && [...text].length > charactersMax;
}
