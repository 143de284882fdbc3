import { z } from "zod";
import { id, momentOrNull, text } from "../admin-fields.ts";
import { pageOf } from "../v1/fields.ts";
import { locale, oneTimeCode, role, theme } from "./session.ts";

/* People of an account, and what each may do with what is their own. */

const state = z.enum(["active", "disabled"]);

/** A person of the account. */
export const person = z.object({
  id,
  login: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  role,
  state,
  /** False: invited, and has not come yet. */
  has_password: z.boolean(),
  has_second_factor: z.boolean(),
  /** Administers the whole platform; only such a person may change them. */
  operator: z.boolean(),
  signed_in_at: momentOrNull,
  created_at: z.string(),
});
export const peoplePage = pageOf(person);

/** Without a login the e-mail address is the login. */
export const invitation = z
  .strictObject({
    login: text(128).optional(),
    name: text(200),
    email: z.email().max(254).optional(),
    role,
  })
  .refine(({ login, email }) => login !== undefined || email !== undefined, {
    path: ["login"],
    error: "a login or an e-mail address is needed",
  });
export const personChange = z.strictObject({
  name: text(200).optional(),
  email: z.email().max(254).nullable().optional(),
  role: role.optional(),
  state: state.optional(),
});

/** The only copy of the link that there will ever be; hand it on. */
export const madeLink = z.object({
  one_time_link: z.string(),
  expires_at: z.string(),
  /** Whether it was sent to the person's e-mail address. */
  mailed: z.boolean(),
});
export const invited = z.object({ person, link: madeLink });

/** A browser that is signed in. */
export const openSession = z.object({
  id,
  /** The one that asks. */
  current: z.boolean(),
  created_at: z.string(),
  seen_at: z.string(),
  expires_at: z.string(),
  address: z.string(),
  agent: z.string(),
});
export const openSessions = z.object({ items: z.array(openSession) });
export const endedSessions = z.object({ ended: z.number() });

export const myName = z.strictObject({ name: text(200) });
export const myPreferences = z.strictObject({
  locale: locale.nullable().optional(),
  theme: theme.nullable().optional(),
});
export const passwordChange = z.strictObject({
  current_password: text(512),
  new_password: text(512),
});
export const passwordProof = z.strictObject({ current_password: text(512) });
export const codeProof = z.strictObject({ one_time_code: oneTimeCode });
export const bothProofs = z.strictObject({
  current_password: text(512),
  one_time_code: oneTimeCode,
});

/** For the app: as text, and as the address that its QR code holds. */
export const newSecondFactor = z.object({ otp_secret: z.string(), otp_uri: z.string() });
/** Each stands in for a code of the app, once; shown here and never again. */
export const recoveryCodes = z.object({ recovery_codes: z.array(z.string()) });
