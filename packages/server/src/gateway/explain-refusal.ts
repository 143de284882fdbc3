import type { ErrorCode } from "@recado/contract/error-codes";
import type { WsRefusal } from "@recado/contract/ws-codes";
import { describeGuard } from "../domain/category-guard.ts";
import { formatMoney } from "../domain/money.ts";
import { slotNames } from "../domain/template.ts";
import {
  CUSTOM_FIELD_LENGTH_MAX,
  findIdlePayloads,
  isGuarded,
  MESSAGE_LENGTH_MAX,
  type ResolvedSend,
  type Standing,
} from "./decide.ts";
import { explainMisplaced, explainMissing } from "./explain-content.ts";
import type { SendProblem } from "./send-answer.ts";

/**
 * Says in `/v1`'s words why a send was refused. The manual's codes are few and each stands for several reasons; here every
 * reason has its own code, and the variable or field that is wrong is named.
 */
export function explainRefusal(
  send: ResolvedSend,
  refusal: WsRefusal,
  standing: Standing,
): SendProblem {
  switch (refusal) {
    case 2:
      return tell("unauthenticated", "The token may not send messages any more.");
    case 3:
      return explainProject(send);
    case 4:
      return tell("invalid_mobile", {
        mobile: `must be a valid number of ${send.snapshot?.countries.join(", ")}: digits, country code first, no +`,
      });
    case 5:
      return explainMoney(send, standing);
    case 6:
      return explainEmpty(send);
    case 7:
      return isGuarded(send, standing) ? explainGuard(send) : explainTemplate(send);
    case 8:
      return explainVariables(send);
    case 9:
      return tell(
        "repeated_message",
        "The same message was accepted for this mobile less than 60 seconds ago.",
      );
    case 10:
      return explainMarketing(send);
    case 11:
      return tell(
        "opted_out",
        "This mobile is on the project's opt-out list: it gets no marketing.",
      );
    case 12:
      return explainCap(send, standing);
    default:
      return explainContent(send, refusal);
  }
}

function explainProject({ prepared }: ResolvedSend): SendProblem {
  return prepared.projectId === null
    ? tell("no_project", "The account has no project that this token may send from.")
    : tell("no_project", { project_id: "there is no such project for this token" });
}

function explainMoney({ snapshot, project, price, ...send }: ResolvedSend, standing: Standing) {
  const channel = project?.channelId ? snapshot?.channels.get(project.channelId) : undefined;
  if (!project?.active) return tell("project_inactive", "The project is not active.");
  if (!channel?.active) {
    return tell("project_inactive", "The project has no active WhatsApp number.");
  }
  if (price === null) {
    const what = `${send.category} messages to ${send.mobile?.country}`;
    return tell("no_price", `There is no price for ${what}; ask your operator.`);
  }
  const [balance, cost] = [formatMoney(standing.balance), formatMoney(price)];
  const { currency } = snapshot ?? { currency: "" };
  return tell(
    "insufficient_balance",
    `The message costs ${cost} ${currency} and the balance is ${balance} ${currency}.`,
  );
}

function explainEmpty({ prepared, template, variables }: ResolvedSend): SendProblem {
  if (!prepared.wanted) {
    return tell("empty_message", "Send a template, a text that is not blank, or a file.");
  }
  const names = template ? slotNames(template.definition, template.category) : [];
  const blank = (variables ?? []).flatMap((value, index) =>
    value.trim() === "" ? [names[index] ?? String(index + 1)] : [],
  );
  return tell("blank_variable", nameEach(blank, "is blank"));
}

function explainTemplate({ prepared, template }: ResolvedSend): SendProblem {
  if (!template) {
    return tell("template_not_found", {
      template:
        "there is no such template in the projects that this token may use, or several projects have it: name project_id",
    });
  }
  const { status, rejectedReason } = template;
  const why = rejectedReason === null ? "" : `: ${rejectedReason}`;
  const path = prepared.source !== "ws" ? "template" : "id_template";
  return tell("template_not_approved", { [path]: `${template.name} is ${status}${why}` });
}

/** Both prices, and who may let it go on. */
function explainGuard(send: ResolvedSend): SendProblem {
  const { template, project } = send;
  if (!template?.guard || template.status !== "approved") return explainTemplate(send);
  const stopped =
    template.guard.state === "rejected"
      ? "Somebody decided against it."
      : `${project?.categoryGuardLimit} messages have left since; more wait for a decision.`;
  const cure = `POST /v1/templates/${template.number}/category-decision`;
  return tell(
    "category_guard",
    `${template.name}: ${describeGuard(template.guard)} ${stopped} Accept the new price with ${cure}.`,
  );
}

function explainVariables(send: ResolvedSend): SendProblem {
  const { prepared, template } = send;
  const { variables } = prepared;
  const idle = findIdlePayloads(send);
  if (idle.length > 0) {
    const paths = idle.map((index) => [`button_payloads.${index}.button`, NO_QUICK_REPLY]);
    return tell("variables_mismatch", Object.fromEntries(paths));
  }
  if (variables.kind === "unreadable") {
    return tell("variables_mismatch", { variables: variables.why });
  }
  const names = template ? slotNames(template.definition, template.category) : [];
  if (variables.kind === "named") {
    const missing = names.filter((name) => !variables.values.has(name));
    const unknown = [...variables.values.keys()].filter((name) => !names.includes(name));
    const expected = `the template has ${names.join(", ") || "none"}`;
    return tell("variables_mismatch", {
      ...nameEach([...new Set(missing)], "is missing"),
      ...nameEach(unknown, `is not a variable of this template: ${expected}`),
    });
  }
  const given = variables.values.length;
  return given < names.length
    ? tell("variables_mismatch", nameEach(names.slice(given), "is missing"))
    : tell("variables_mismatch", {
        variables: `the template has ${names.length} and ${given} came`,
      });
}

const NO_QUICK_REPLY = "is not the place of a quick-reply button of this template";

function explainMarketing({ project }: ResolvedSend): SendProblem {
  const hours = Math.round((project?.marketingWindowMs ?? 0) / 360_000) / 10;
  return tell(
    "marketing_limit",
    `This mobile has had ${project?.marketingMax} marketing messages of this project in ${hours} hours.`,
  );
}

function explainCap({ snapshot }: ResolvedSend, { cap }: Standing): SendProblem {
  const whose = cap?.scope === "campaign" ? `campaign ${cap.name}` : cap?.scope;
  const money = cap?.counts === "money";
  const format = (value = 0n) =>
    money ? `${formatMoney(value)} ${snapshot?.currency}` : `${value} messages`;
  const span = cap?.freesAt ? " a day" : "";
  const frees = cap?.freesAt
    ? `It frees at ${cap.freesAt.toISOString()}.`
    : "It frees when its limit is raised or a message of it is refunded.";
  return tell(
    "cap_reached",
    `The cap of the ${whose} is ${format(cap?.max)}${span}, of which ${format(cap?.used)} are used. ${frees}`,
  );
}

function explainContent(send: ResolvedSend, refusal: WsRefusal): SendProblem {
  const { media, customField, wanted } = send.prepared;
  if (refusal === 1008) return tell("media_missing", explainMissing(send));
  if (refusal === 1005) {
    const { code, about } = explainMisplaced(send);
    return tell(code, about);
  }
  if (refusal === 1010) {
    return tell("media_invalid", { media: media?.kind === "invalid" ? media.why : "is not valid" });
  }
  const long = wanted?.kind === "text" && [...wanted.text].length > MESSAGE_LENGTH_MAX;
  return tell("content_too_large", {
    ...(media?.kind === "too-large" && { media: `may have ${media.bytesMax} bytes` }),
    ...([...customField].length > CUSTOM_FIELD_LENGTH_MAX && {
      custom_field: `may have ${CUSTOM_FIELD_LENGTH_MAX} characters`,
    }),
    ...(long && { text: `may have ${MESSAGE_LENGTH_MAX} characters` }),
  });
}

function nameEach(names: readonly string[], message: string): Record<string, string> {
  return Object.fromEntries(names.map((name) => [`variables.${name}`, message]));
}

/** Of a sentence, or of what is wrong with each field. */
function tell(code: ErrorCode, about: string | Record<string, string>): SendProblem {
  if (typeof about === "string") return { code, message: about, errors: [] };
  const errors = Object.entries(about).map(([path, message]) => ({ path, message }));
  const [first] = errors;
  return { code, message: `${first?.path}: ${first?.message}.`, errors };
}
