import type { OfficialNumber } from "../../store/numbers.ts";
import type { MagicRole } from "../../telephones/magic.ts";
import type { Content } from "./content.ts";

/** A send that passed the checks. */
export interface CheckedSend {
  number: OfficialNumber;
  /** `to` or `recipient` as it came. */
  input: string;
  /** Named by `recipient`: the answer tells no number. */
  isHidden: boolean;
  /** The telephone's digits. */
  mobile: string;
  content: Content;
  opaque: string | null;
  replyTo: string | null;
  role: MagicRole | undefined;
}
