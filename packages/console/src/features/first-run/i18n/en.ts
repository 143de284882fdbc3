import type { Words } from "../../../i18n/words.ts";
import type { es } from "./es.ts";

/** In English. */
export const en: Words<typeof es> = {
  title: "First steps",
  about: "From an empty account to the first message. Each step ticks itself off when it is done.",
  done: "Done",
  next: "Next",
  allDone: "Everything is ready",
  allDoneText:
    "The account sends, receives and tells. The rest happens in the inbox and by the API.",
  inbox: "Go to the inbox",
  number: {
    title: "Connect a number",
    text: "The official number by which WhatsApp sends and receives.",
    done: "{{number}} is connected.",
    act: "See the numbers",
  },
  balance: {
    title: "Have a balance",
    text: "Messages are charged to the account's balance when they are accepted.",
    done: "There are {{amount}}.",
    act: "See the balance",
  },
  template: {
    title: "Have an approved template",
    text: "Conversations begin with one. WhatsApp reviews it, mostly within minutes.",
    done: "Approved: {{count}}.",
    act: "Write a template",
  },
  webhook: {
    title: "Be told in your system",
    text: "Every event and every reply comes signed to an address of yours.",
    done_one: "{{count}} address is told.",
    done_other: "{{count}} addresses are told.",
    act: "Add an address",
  },
  message: {
    title: "Send the first message",
    text: "Build the request, see it in your language and send it.",
    done: "The last one left on {{at}}.",
    act: "Try a send",
  },
  people: {
    title: "Invite your team",
    text: "Whoever answers needs an entrance and a role of their own.",
    act: "Invite people",
  },
};
