import { createResetLane } from "./accounts/forgotten-passwords.ts";
import type { Foundation } from "./compose-foundation.ts";
import { createAcceptance } from "./gateway/accept.ts";
import { createOptOutLane } from "./gateway/opt-out-lane.ts";
import { createResumeLane } from "./gateway/resume-lane.ts";
import { formatLinkMail } from "./http/console/link-mail.ts";
import { formatLink } from "./http/one-time-link.ts";
import { createMailLane } from "./jobs/mail-lane.ts";
import type { Lane } from "./platform/lane.ts";
import { createAlertLane } from "./wallet/alert-lane.ts";

const OPT_OUT_INTERVAL_MS = 1_000;
const RESUME_INTERVAL_MS = 1_000;
const ALERT_INTERVAL_MS = 2_000;
const MAIL_INTERVAL_MS = 5_000;
const RESET_INTERVAL_MS = 2_000;

/** The lanes that follow up on limits: who opted out, who has money again, whose balance is low, the mails, and who forgot a password. */
export function composeLimitLanes(
  base: Foundation,
  others: { sending: readonly Lane[]; deliver: Lane },
): Lane[] {
  const { config, shared, mailer, self } = base;
  const onFollowUp = () => others.deliver.kick();
  const kickSending = () => {
    for (const lane of others.sending) lane.kick();
  };
  const acceptance = createAcceptance({
    ...shared,
    waitingMax: config.SENDS_WAITING_MAX,
    onAccepted: kickSending,
  });
  const mail = mailer
    ? createMailLane({
        ...shared,
        mailer,
        instanceId: self.id,
        intervalMs: MAIL_INTERVAL_MS,
        random: Math.random,
      })
    : null;
  const alerts = createAlertLane({
    ...shared,
    intervalMs: ALERT_INTERVAL_MS,
    onTold() {
      onFollowUp();
      mail?.kick();
    },
  });
  return [
    createOptOutLane({ ...shared, acceptance, intervalMs: OPT_OUT_INTERVAL_MS, onFollowUp }),
    createResumeLane({
      ...shared,
      intervalMs: RESUME_INTERVAL_MS,
      onResumed: kickSending,
      onFollowUp,
    }),
    alerts,
    ...(mail ? [mail] : []),
    ...composeResetLane(base),
  ];
}

/** Mails links to who forgot a password. */
function composeResetLane({ shared, mailer }: Foundation): Lane[] {
  if (!mailer) return [];
  const lane = createResetLane({
    ...shared,
    mailer,
    intervalMs: RESET_INTERVAL_MS,
    formatMail: ({ login, accountName }, { secret, expiresAt }) =>
      formatLinkMail({
        ...{ kind: "forgotten", login, accountName, expiresAt },
        link: formatLink(shared.publicUrl(), secret),
      }),
  });
  return [lane];
}
