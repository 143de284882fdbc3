import type { Words } from "../../../i18n/words.ts";
import type { es } from "./es.ts";

/** In English. */
export const en: Words<typeof es> = {
  title: "Organise the inbox",
  about: "Hours, how work is given out, replies at hand, labels and teams.",
  project: "Project",
  save: "Save",
  saved: "Saved.",
  add: "Add",
  remove: "Remove {{name}}",
  hours: {
    title: "Business hours",
    about: "Outside of them the away message holds, and answering times do not run.",
    enabled: "Answer in these hours only",
    day: {
      d1: "Monday",
      d2: "Tuesday",
      d3: "Wednesday",
      d4: "Thursday",
      d5: "Friday",
      d6: "Saturday",
      d7: "Sunday",
    },
    opens: "Opens",
    closes: "Closes",
    closed: "Closed",
    now: "It is open now.",
    notNow: "It is closed now.",
  },
  away: {
    title: "Away message",
    about: "Sent once for each conversation while it is closed.",
    enabled: "Say that nobody is there",
    text: "Message",
  },
  assignment: {
    title: "Giving out",
    about: "Who gets what waits in the queue. Only among those who are available.",
    mode: "How it is given out",
    modes: { off: "Everybody takes", round_robin: "In turns", least_busy: "To the least busy" },
    capacity: "Conversations for each person",
  },
  rating: {
    title: "Rating",
    about: "When it is resolved the person is asked how it was, from 1 to 5.",
    enabled: "Ask when it is resolved",
    question: "Question",
  },
  canned: {
    title: "Replies at hand",
    about: "Written in a conversation with / and the shortcut. {contact.name} becomes the name.",
    shortcut: "Shortcut",
    text: "Text",
    personal: "Only mine",
    mine: "mine",
    none: "There are no replies at hand yet.",
  },
  labels: {
    title: "Labels",
    about: "To sort conversations and to filter them.",
    name: "Label",
    color: "Colour",
    none: "There are no labels yet.",
  },
  teams: {
    title: "Teams",
    about: "Each team has a queue; a conversation can be handed over to it.",
    name: "Team",
    members: "Members",
    none: "There are no teams yet.",
  },
};
