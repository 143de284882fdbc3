import { z } from "zod";
import { id, text } from "../admin-fields.ts";
import { CONSOLE_ROLES, PERMISSIONS } from "./permission.ts";

/* Who is signed in. Names are in snake case, as in `/v1`; moments are ISO 8601 in UTC. */

/** What a person is in an account. */
export const role = z.enum(CONSOLE_ROLES);

/** The language of the console. */
export const locale = z.enum(["es", "en"]);

/** The colours of the console; `auto`: those of the machine. */
export const theme = z.enum(["light", "dark", "auto"]);

/** Whoever is signed in, and what they may do. */
export const signedIn = z.object({
  state: z.literal("signed_in"),
  session_id: id,
  expires_at: z.string(),
  person: z.object({
    id,
    login: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    role,
    permissions: z.array(z.enum(PERMISSIONS)),
    /** Administers the whole platform: `/admin` is open. */
    operator: z.boolean(),
    /** Administers a reseller: `/admin` is open for it and its customers. */
    reseller: z.boolean(),
    has_second_factor: z.boolean(),
    /** Null: that of the browser. */
    locale: locale.nullable(),
    /** Null: never chosen. */
    theme: theme.nullable(),
  }),
  account: z.object({
    id,
    name: z.string(),
    currency: z.string(),
    time_zone: z.string(),
  }),
  /** Whether e-mails can be sent at all. */
  sends_mail: z.boolean(),
});

/** Whether e-mails leave this server: then a new password can be asked for by one. */
const sends_mail = z.boolean();

/** The password was right, and a code is needed; or nobody is signed in. */
export const session = z.discriminatedUnion("state", [
  signedIn,
  z.object({ state: z.literal("second_factor"), sends_mail }),
  z.object({ state: z.literal("signed_out"), sends_mail }),
]);

/** A login or an e-mail address, and the password. */
export const signInBody = z.strictObject({ login: text(254), password: text(512) });

/** Six digits of the app, or a recovery code; blanks and dashes do not matter. */
export const oneTimeCode = z.string().min(6).max(40);
export const codeBody = z.strictObject({ one_time_code: oneTimeCode });

/** The link, or what stands behind `#` in it. */
const linkSecret = z.string().min(20).max(600);
export const linkBody = z.strictObject({ one_time_link: linkSecret });
export const linkPasswordBody = z.strictObject({ one_time_link: linkSecret, password: text(512) });

/** Whom a link is for. */
export const link = z.object({
  kind: z.enum(["invitation", "reset"]),
  login: z.string(),
  name: z.string(),
  account_name: z.string(),
  expires_at: z.string(),
});
/** A login or an e-mail address. The answer is the same whether or not there is such a person. */
export const resetRequest = z.strictObject({ login: text(254) });

/** The password is set: sign in with it. */
export const takenLink = z.object({ login: z.string() });
