import type { Transporter } from "nodemailer";
import { AppError } from "./app-error.ts";

/** Sends e-mails by SMTP. It never throws: how it ended is a value, and no credential is in it. */
export interface Mailer {
  send(mail: Mail): Promise<MailOutcome>;
  close(): void;
}

/** One e-mail to one person, as plain text. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
  /** Makes the Message-ID: the same mail sent again can be told from another one. */
  id: string;
}

/** `refused`: the server will never take it (SMTP 5xx to this very mail). `failed`: it may, later. */
export type MailOutcome = { kind: "sent" } | { kind: "refused" | "failed"; why: string };

/** Where mails leave. */
export interface MailerOptions {
  /** `smtp://user:password@host:587`, or `smtps://…`; nodemailer's options may follow as a query. */
  url: string;
  /** `Recado <avisos@example.com>`. */
  from: string;
}

const CONNECT_TIMEOUT_MS = 10_000;
const ANSWER_TIMEOUT_MS = 30_000;
const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/u;

/** A {@link Mailer}; null when there is no URL. Refuses a URL that is none without repeating it. */
export function createMailer(options: MailerOptions): Mailer | null {
  if (options.url === "") return null;
  const url = readUrl(options.url);
  if (options.from === "") {
    throw new AppError("invalid_request", "MAIL_FROM is needed: Recado <avisos@example.com>.");
  }
  const host = url.hostname;
  const domain = /@([^\s>]+)/u.exec(options.from)?.[1] ?? host;
  const settings = {
    url: options.url,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: ANSWER_TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
    // A password goes over no line that others can read.
    ...(url.username !== "" && !LOOPBACK.test(host) && { requireTLS: true }),
  };
  let opened: Promise<Transporter> | null = null;
  // The library is loaded with the first mail: it weighs several megabytes, and few processes send any.
  const open = async () => (await import("nodemailer")).createTransport(settings);
  const secrets = [url.password, decodeURIComponent(url.password)].filter((text) => text !== "");
  return {
    async send({ to, subject, text, id }) {
      try {
        const messageId = `<${id}@${domain}>`;
        opened ??= open();
        await (await opened).sendMail({
          from: options.from,
          to: { name: "", address: to },
          subject,
          text,
          messageId,
        });
        return { kind: "sent" };
      } catch (error) {
        return readFailure(error, secrets);
      }
    },
    close: () => void opened?.then((transport) => transport.close()),
  };
}

function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && /^smtps?:$/u.test(url.protocol) && url.hostname !== "") return url;
  throw new AppError("invalid_request", "SMTP_URL must look like smtp://user:password@host:587.");
}

/** RFC 5321 §4.2.1: 5yz is for good. But a wrong password is our fault, and may be put right. */
function readFailure(error: unknown, secrets: readonly string[]): MailOutcome {
  const { responseCode = 0, command = "", message = "" } = error as Partial<SmtpError>;
  const why = secrets.reduce((text, secret) => text.replaceAll(secret, "…"), message);
  const isOfMail = /^(?:MAIL|RCPT|DATA|API)/u.test(command);
  const kind = responseCode >= 500 && isOfMail ? "refused" : "failed";
  return { kind, why: why.slice(0, 500) };
}

interface SmtpError extends Error {
  responseCode: number;
  command: string;
}
