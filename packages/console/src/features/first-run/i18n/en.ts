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
  look: "See",
  ask: "Whoever runs the platform does this. Ask for it with your account's id:",
  accountId: "Account id",
  more: "Every call, with its fields and examples:",
  reference: "the API reference",
  number: {
    title: "Connect a number",
    text: "The official number by which WhatsApp sends and receives.",
    done: "{{number}} is connected.",
    noProject: "{{number}} is connected, but no project sends by it.",
    how: "It is connected on the server's command line, with what Meta gives you; docs/how-to has every step.",
  },
  balance: {
    title: "Have a balance",
    text: "Messages are charged to the account's balance when they are accepted.",
    done: "There is {{amount}}.",
    noPrices: "Messages have no price yet: without one they are not sent.",
    act: "See the account",
  },
  template: {
    title: "Have an approved template",
    text: "Conversations begin with one. WhatsApp reviews it, mostly within minutes.",
    done: "Approved: {{count}}.",
    pending: "WhatsApp is reviewing one. It mostly takes minutes.",
    rejected: "WhatsApp rejected the one that there is: see why and mend it.",
    draft: "There is a draft: it is still to be submitted for review.",
    act: "Write a template",
  },
  webhook: {
    title: "Be told in your system",
    failing: "There is an address, but it does not answer well.",
    disabled: "There is an address, but it is disabled.",
    text: "Every event and every reply comes signed to an address of yours.",
    done_one: "Events go to {{count}} address.",
    done_other: "Events go to {{count}} addresses.",
    act: "Add an address",
  },
  message: {
    title: "Send the first message",
    text: "Build the request, see it in your language and send it.",
    done: "The last one left on {{at}}.",
    failed: "The last one failed. {{why}}",
    underWay: "The first one is on its way.",
    act: "Try a send",
  },
  token: {
    title: "Create a token for your system",
    text: "Your system calls the API with it: that of /v1, or login and token of the ws interface.",
    done_one: "{{count}} is valid.",
    done_other: "{{count}} are valid.",
    act: "Create a token",
  },
  people: {
    title: "Invite your team",
    text: "Whoever answers needs a sign-in and a role of their own.",
    done: "{{count}} people can sign in.",
    act: "Invite people",
  },
};
