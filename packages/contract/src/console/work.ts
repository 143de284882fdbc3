import { z } from "zod";
import { id } from "../admin-fields.ts";
import { idParams, momentOrNull, momentOut } from "../v1/fields.ts";

/*
 * What organises the work of the inbox: who is here, who gets what, when a project is open, what is said outside of it, how
 * people rated it, and what it all amounts to. Moments are ISO 8601 in UTC; days and hours are those of a time zone.
 */

/** A moment of a day on the clocks of the project: `08:00`; `24:00` is the end of the day. */
const clockTime = z
  .string()
  .regex(/^(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)$/u, "must be a time of day such as 08:00");
/** A day of the calendar. */
const day = z
  .string()
  .regex(/^20[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$/u, "must be a day: 2026-12-25")
  .refine(isDay, "is a day that does not exist");

/** What a person says of itself, or what a supervisor says of it. */
export const AGENT_STATES = ["available", "away"] as const;
/** {@link AGENT_STATES}, and `offline` for whoever is not here whatever was said. */
export const SHOWN_STATES = [...AGENT_STATES, "offline"] as const;

/** A person who can answer, as far as work is given out. */
export const agent = z.object({
  user_id: id,
  name: z.string(),
  role: z.string(),
  state: z.enum(SHOWN_STATES),
  since: momentOrNull.describe("Since when the state is what it is."),
  seen_at: momentOrNull.describe("When a page of this person was last heard of."),
  capacity: z.number().int().describe("Conversations that may be given to it by the rules."),
  capacity_own: z.number().int().nullable().describe("Null: the project's capacity holds."),
  open: z.number().int().describe("Open conversations that it has."),
});
export const agentList = z.object({ items: z.array(agent) });

/** What is changed of oneself. */
export const availabilityChange = z.strictObject({ state: z.enum(AGENT_STATES) });

/** What a supervisor changes of somebody. */
export const agentChange = z
  .strictObject({
    state: z.enum(AGENT_STATES),
    capacity: z.number().int().min(0).max(500).nullable().describe("Null: the project's."),
  })
  .partial();

/** How waiting conversations are given out. */
export const ASSIGNMENT_MODES = ["off", "round_robin", "least_busy"] as const;

const assignment = z.strictObject({
  mode: z.enum(ASSIGNMENT_MODES),
  capacity: z
    .number()
    .int()
    .min(1)
    .max(500)
    .describe("Open conversations at a time of whoever has no capacity of its own."),
  reassign_after_s: z
    .number()
    .int()
    .min(60)
    .max(86_400)
    .nullable()
    .describe(
      "How long after an agent is gone its unanswered conversations go to others; null: never.",
    ),
});

const span = z.strictObject({ opens: clockTime, closes: clockTime });
const dayHours = span.extend({
  day: z.number().int().min(1).max(7).describe("1 is Monday, 7 is Sunday."),
});

const hours = z.strictObject({
  enabled: z.boolean().describe("false: always open."),
  weekly: z.array(dayHours).max(28).superRefine(refuseOverlaps),
  exceptions: z
    .array(
      z.strictObject({
        date: day,
        name: z.string().max(100),
        spans: z.array(span).max(4).superRefine(refuseOverlaps).describe("Empty: closed all day."),
      }),
    )
    .max(400)
    .refine((all) => new Set(all.map(({ date }) => date)).size === all.length, "names a day twice"),
});

const said = (max: number) =>
  z.string().max(max).refine(isSayable, "holds half a character or the character NUL");
const awayMessage = z
  .strictObject({ enabled: z.boolean(), text: said(4_096) })
  .refine(({ enabled, text }) => !enabled || text.trim() !== "", "needs a text");

const rating = z.strictObject({
  enabled: z.boolean(),
  question: said(1_024),
  thanks: said(1_024).nullable().describe("What is answered to a rating; null: nothing."),
  answer_within_h: z.number().int().min(1).max(72),
  comment_within_h: z
    .number()
    .int()
    .min(0)
    .max(24)
    .describe("How long after a rating the next text is its comment; 0: never."),
});

const target = z.number().int().min(30).max(604_800).nullable();
const targets = z.strictObject({
  first_answer_s: target.describe("In hours that are open; null: no target."),
  next_answer_s: target,
});

/** How a project works. */
export const workSettings = z
  .object({
    project_id: id,
    time_zone: z.string(),
    open_now: z.boolean(),
    changes_at: momentOrNull.describe("When it opens or closes next; null: not in the next year."),
    assignment,
    hours,
    away: awayMessage,
    rating,
    targets,
    version: z.string(),
    updated_at: momentOrNull,
  })
  .meta({ id: "WorkSettings" });
export const workSettingsList = z.object({ items: z.array(workSettings) });

/** What is changed of it; each part is replaced whole. */
export const workSettingsChange = z
  .strictObject({ assignment, hours, away: awayMessage, rating, targets })
  .partial()
  .extend({
    version: z
      .string()
      .regex(/^[0-9]{1,18}$/u, "must be a version")
      .optional()
      .describe("Refuse with conflict if it has changed since."),
  });

/** How a team's conversations are given out; null: as its project says. */
export const teamRule = z.object({
  team_id: id,
  mode: z.enum(ASSIGNMENT_MODES).nullable(),
});
export const teamRuleList = z.object({ items: z.array(teamRule) });
export const teamRuleChange = z.strictObject({ mode: z.enum(ASSIGNMENT_MODES).nullable() });

/** What is looked for; one box for everything. */
export const searchQuery = z.strictObject({
  q: z.string().min(1).max(200).describe("Words, the beginning of the last one, or four digits."),
  project_id: id.optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20).describe("Messages on the page."),
  cursor: z.string().max(500).optional().describe("For more messages; contacts come first only."),
});

/** A contact that was found. */
export const foundContact = z.object({
  contact_id: id,
  name: z.string().nullable(),
  profile_name: z.string().nullable(),
  mobile: z.string().nullable().describe("The number that was looked for, or the first."),
  conversation_id: id.nullable().describe("The latest one; null: there is none yet."),
});

/** A message that was found, with its conversation. */
export const foundMessage = z.object({
  message_id: id,
  conversation_id: id.nullable(),
  contact_id: id,
  name: z.string().nullable(),
  mobile: z.string().nullable(),
  channel_id: id,
  project_id: id,
  direction: z.enum(["in", "out"]),
  kind: z.string(),
  at: momentOut,
  excerpt: z
    .array(z.object({ text: z.string(), hit: z.boolean() }))
    .describe("Parts of what was said; those with `hit` are what was looked for."),
  found_in: z
    .enum(["text", "file", "field"])
    .describe(
      "What the excerpt is of: what was said, a file's name, the integrator's custom_field.",
    ),
});

/** What was found. */
export const searchResult = z.object({
  contacts: z.array(foundContact),
  messages: z.array(foundMessage),
  next_cursor: z.string().nullable().describe("For the next messages."),
  building: z.boolean().describe("The index is being made: something may be missing yet."),
});

/** What is counted now. */
export const overviewQuery = z.strictObject({ project_id: id.optional() });

const waiting = {
  open: z.number().int(),
  waiting: z.number().int().describe("Open ones whose person wrote last and has no answer."),
  oldest_waiting_at: momentOrNull,
};

/** The work as it stands this moment; cheap enough to be asked every five seconds. */
export const overview = z.object({
  at: momentOut,
  ...waiting,
  unassigned: z.number().int().describe("Open ones that nobody has: the queue."),
  snoozed: z.number().int(),
  breaches: z.object({
    first_answer: z.number().int(),
    next_answer: z.number().int(),
    items: z
      .array(
        z.object({
          conversation_id: id,
          kind: z.enum(["first_answer", "next_answer"]),
          waiting_since: momentOut,
          due_at: momentOut,
          assignee_id: id.nullable(),
        }),
      )
      .describe("Those that have waited longest, at most fifty."),
  }),
  agents: z.array(
    agent.extend({
      waiting: z.number().int(),
      answered_today: z.number().int().describe("Conversations in which it answered today."),
      resolved_today: z.number().int(),
      first_answer_avg_s: z.number().nullable().describe("Of first answers given today."),
    }),
  ),
  teams: z.array(
    z.object({ team_id: id, name: z.string(), unassigned: z.number().int(), ...waiting }),
  ),
});

/** Which days are reported on, on the clocks of the project or else of the account. */
export const reportQuery = z.strictObject({
  from: day,
  to: day.describe("The last day, included; at most 400 days."),
  project_id: id.optional(),
  team_id: id.optional(),
});
/** A report as a table. */
export const reportExportQuery = reportQuery.extend({
  by: z.enum(["day", "hour", "agent", "team"]),
  language: z.enum(["es", "en"]).default("es"),
});

const figures = {
  opened: z.number().int().describe("Conversations that began."),
  reopened: z.number().int(),
  resolved: z.number().int(),
  received: z.number().int().describe("Messages of people."),
  sent: z.number().int().describe("Answers to people, by whomever."),
  first_answers: z.number().int(),
  first_answer_avg_s: z.number().nullable(),
  first_answer_median_s: z.number().nullable(),
  resolution_avg_s: z
    .number()
    .nullable()
    .describe("From the beginning, or the reopening, to the end."),
  resolution_median_s: z.number().nullable(),
  assigned: z.number().int().describe("Times that a conversation came to somebody."),
  transferred: z.number().int().describe("Of these, from somebody else."),
  ratings: z.number().int(),
  rating_avg: z.number().nullable(),
};

/** What happened on some days. */
export const report = z.object({
  from: z.string(),
  to: z.string(),
  time_zone: z.string(),
  complete_until: momentOut.describe("What happened before it is counted."),
  totals: z.object(figures),
  days: z.array(z.object({ day: z.string(), ...figures })),
  hours: z.array(z.object({ hour: z.number().int(), ...figures })),
  agents: z.array(z.object({ user_id: id.nullable(), name: z.string(), ...figures })),
  teams: z.array(z.object({ team_id: id.nullable(), name: z.string(), ...figures })),
  ratings: z.array(z.object({ score: z.number().int(), count: z.number().int() })),
});

/** What people said of the work. */
export const ratingQuery = reportQuery.extend({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});
/** One person's answer. */
export const ratingRow = z.object({
  id,
  conversation_id: id,
  project_id: id,
  user_id: id.nullable().describe("Who had resolved the conversation."),
  score: z.number().int().min(1).max(5),
  comment: z.string().nullable(),
  asked_at: momentOut,
  answered_at: momentOut,
});
export const ratingPage = z.object({
  items: z.array(ratingRow),
  next_cursor: z.string().nullable(),
});

/** `:id` of a project, a team or a user. */
export const workParams = idParams;

/** {@link workSettings}, read. */
export type WorkSettings = z.infer<typeof workSettings>;
/** {@link workSettingsChange}, read. */
export type WorkSettingsChange = z.infer<typeof workSettingsChange>;
/** {@link overview}, read. */
export type Overview = z.infer<typeof overview>;
/** {@link report}, read. */
export type Report = z.infer<typeof report>;
/** {@link searchResult}, read. */
export type SearchResult = z.infer<typeof searchResult>;
/** {@link agent}, read. */
export type Agent = z.infer<typeof agent>;

interface Span {
  day?: number | undefined;
  opens: string;
  closes: string;
}

/** Refuses a span that ends before it begins, and two that overlap. */
function refuseOverlaps(spans: Span[], context: z.RefinementCtx<Span[]>): void {
  const sorted = spans
    .map((one, index) => ({ ...one, day: one.day ?? 0, index }))
    .sort((a, b) => a.day - b.day || (a.opens < b.opens ? -1 : 1));
  for (const [place, { day: weekday, opens, closes, index }] of sorted.entries()) {
    if (opens >= closes) {
      const message =
        "must lie after the opening; a night is two spans, until 24:00 and from 00:00";
      context.addIssue({ code: "custom", path: [index, "closes"], message });
    }
    const before = sorted[place - 1];
    if (before && before.day === weekday && before.closes > opens) {
      context.addIssue({
        code: "custom",
        path: [index, "opens"],
        message: "overlaps another span",
      });
    }
  }
}

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function isSayable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}
