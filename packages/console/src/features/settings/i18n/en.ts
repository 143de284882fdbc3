import type { Words } from "../../../i18n/words.ts";
import type { es } from "./es.ts";

/** In English. */
export const en: Words<typeof es> = {
  title: "Settings",
  about: "How each project of {{account}} works.",
  kind: { multiagente: "Multiagente", designer: "Designer" },
  inactive: "Inactive",
  general: "General",
  generalAbout: "The name, and the clock by which days, caps and reports are counted.",
  name: "Name",
  timeZone: "Time zone",
  marketing: "Marketing",
  marketingAbout: "How many marketing templates one person may get, so that nobody is worn out.",
  marketingMax: "Messages to a person",
  marketingMaxHint: "0: no cap of our own.",
  marketingWindow: "Within how many hours",
  guard: "Category guard",
  guardAbout:
    "When WhatsApp moves a template to a dearer category, how many messages are sent before it is stopped.",
  guardLimit: "Messages before stopping",
  deadlines: "Delivery deadlines",
  deadlinesAbout: "How long sending a message is tried before it counts as failed, in minutes.",
  category: {
    marketing: "Marketing",
    utility: "Utility",
    authentication: "Authentication",
    service: "Free text",
  },
  platformDefault: "The platform's",
  save: "Save changes",
  saved: "Settings saved",
  empty: "The account has no projects",
  emptyText: "Whoever runs the platform creates them.",
  project: "Project",
};
