import type { ConversationRow } from "@recado/contract/console/inbox";
import type { LiveChange } from "@recado/contract/console/inbox-live";
import { plainText } from "@recado/contract/plain/whatsapp-text";
import { loadSetting, saveSetting } from "../../ui/local-setting.ts";
import { showToast } from "../../ui/toast/toast.ts";
import { inboxWords } from "./i18n/inbox-words.ts";
import { personName } from "./text/person-name.ts";

const ASKED = "inbox.notificationsAsked";
const WORDS_MAX = 120;

/** Tells of what concerns this person and is not in front of them: a word in one of theirs, or a mention. */
export function notifyOf(change: LiveChange, row: ConversationRow, me: string): void {
  const { message, by, mentions } = change;
  if (message === null || by === me) return;
  const isMine = row.assignee_id === me;
  const isWord = message.type === "message" && message.direction === "in" && isMine;
  const isMention = message.type === "note" && mentions.includes(me);
  if (!isWord && !isMention) return;
  if (document.visibilityState === "visible" && document.hasFocus()) return;
  if (!("Notification" in window) || Notification.permission !== "granted") return;
  const notification = new Notification(personName(row.contact), {
    body: plainText("text" in message ? message.text : "").slice(0, WORDS_MAX),
    // One for each conversation: a flood of words is one notification.
    tag: row.id,
    icon: "/icons/touch-180.png",
  });
  notification.onclick = () => {
    window.focus();
    window.location.assign(`/?view=${isMine ? "mine" : "open"}&c=${row.id}`);
    notification.close();
  };
}

/** Offers notifications once, after the first answer was sent, and never again by itself. */
export function offerNotifications(): void {
  if (!("Notification" in window) || Notification.permission !== "default") return;
  if (loadSetting(ASKED) !== null) return;
  saveSetting(ASKED, "1");
  const { say } = inboxWords;
  showToast({
    kind: "info",
    text: say("notify.offer"),
    action: { label: say("notify.yes"), run: () => void Notification.requestPermission() },
  });
}
