import type { ButtonOnTelephone, ListOnTelephone } from "@recado/contract/simulator-api";
import { checkAttachment } from "./check-attachment.ts";
import { asRecord, type CheckContext, type Checked, type Content, isLonger } from "./content.ts";
import type { MediaKind } from "./media-kinds.ts";
import { isRefusal, type Refusal, refuse } from "./refusal.ts";

interface Action {
  buttons: ButtonOnTelephone[];
  payloads: Record<string, string>;
  list?: ListOnTelephone;
}

/** Interactive messages of the kinds button, list, cta_url, location_request_message and flow (fact sheet 1.6). */
export function checkInteractive(
  context: CheckContext,
  interactive: Record<string, unknown>,
): Checked<Content> {
  const kind = String(interactive.type);
  const check = Object.hasOwn(actions, kind) ? actions[kind] : undefined;
  if (check === undefined) {
    return refuse(131009, `Interactive type ${kind} is not valid or not played by this simulator`);
  }
  const body = asRecord(interactive.body)?.text;
  if (typeof body !== "string" || body.trim() === "") {
    return refuse(131008, "Parameter 'interactive.body.text' is mandatory");
  }
  const bodyMax = kind === "list" ? 4096 : 1024;
  if (isLonger(body, bodyMax)) {
    return refuse(131009, `Body text length invalid. Max length: ${bodyMax}`);
  }
  const footer = asRecord(interactive.footer)?.text;
  if (footer !== undefined && (typeof footer !== "string" || isLonger(footer, 60))) {
    return refuse(131009, "Footer text length invalid. Max length: 60");
  }
  const header = checkHeader(context, interactive.header, kind);
  if (isRefusal(header)) return header;
  const action = asRecord(interactive.action);
  if (action === undefined) return refuse(131008, "Parameter 'interactive.action' is mandatory");
  const checked = check(action);
  if (isRefusal(checked)) return checked;
  return { type: "interactive", body, footer: footer ?? null, ...header, ...checked };
}

function checkHeader(
  context: CheckContext,
  header: unknown,
  kind: string,
): Checked<Pick<Content, "headerText" | "attachment" | "lateFailure">> {
  if (header === undefined) return {};
  const object = asRecord(header);
  const type = String(object?.type);
  if (type === "text") {
    const text = object?.text;
    if (typeof text !== "string" || text === "" || isLonger(text, 60)) {
      return refuse(131009, "Header text length invalid. Min length: 1, Max length: 60");
    }
    return { headerText: text };
  }
  const isMedia = type === "image" || type === "video" || type === "document";
  if (!isMedia || kind === "list" || kind === "location_request_message") {
    return refuse(131009, `Header type ${type} is not valid for interactive type ${kind}`);
  }
  const path = `interactive['header']['${type}']`;
  const media = asRecord(object?.[type]) ?? {};
  return checkAttachment(context, {
    kind: type as MediaKind,
    object: media,
    path,
    place: "header",
  });
}

const actions: Record<string, (action: Record<string, unknown>) => Action | Refusal> = {
  button: checkButtons,
  list: checkList,
  cta_url: checkLink,
  location_request_message: () =>
    plain({ kind: "location", text: "Enviar ubicación", target: null }),
  flow(action) {
    const parameters = asRecord(action.parameters);
    const label = parameters?.flow_cta;
    if (typeof label !== "string" || label === "" || isLonger(label, 30)) {
      return refuse(131009, "Flow cta length invalid. Min length: 1, Max length: 30");
    }
    if (parameters?.flow_id === undefined && parameters?.flow_name === undefined) {
      return refuse(131008, "One of flow_id and flow_name is mandatory");
    }
    return plain({ kind: "other", text: label, target: null });
  },
};

function plain(button: ButtonOnTelephone): Action {
  return { buttons: [button], payloads: {} };
}

function checkButtons(action: Record<string, unknown>): Action | Refusal {
  const list = Array.isArray(action.buttons) ? action.buttons : [];
  if (list.length < 1 || list.length > 3) {
    return refuse(131009, "Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3");
  }
  const replies = list.map((button) => asRecord(asRecord(button)?.reply));
  const refusal = checkReplies(replies, { what: "Button", idMax: 256, titleMax: 20 });
  if (refusal !== null) return refusal;
  const payloads: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const reply of replies) {
    const title = String(reply?.title);
    if (title in payloads) return refuse(131009, "Duplicated button titles");
    payloads[title] = String(reply?.id);
  }
  const buttons = Object.keys(payloads).map(
    (text): ButtonOnTelephone => ({ kind: "quick_reply", text, target: null }),
  );
  return { buttons, payloads };
}

function checkList(action: Record<string, unknown>): Action | Refusal {
  const label = action.button;
  if (typeof label !== "string" || label === "" || isLonger(label, 20)) {
    return refuse(131009, "Button label is too long. Max length: 20");
  }
  const sections = Array.isArray(action.sections) ? action.sections.map(asRecord) : [];
  if (sections.length < 1 || sections.length > 10) {
    return refuse(131009, "Invalid sections count. Min allowed: 1, Max allowed: 10");
  }
  const titled = sections.every((one) => typeof one?.title === "string" && one.title !== "");
  if (sections.length > 1 && !titled) return refuse(131009, "Section title is required");
  if (sections.some((one) => typeof one?.title === "string" && isLonger(one.title, 24))) {
    return refuse(131009, "Section title is too long. Max length: 24");
  }
  const rows = sections.flatMap((one) => (Array.isArray(one?.rows) ? one.rows.map(asRecord) : []));
  if (rows.length < 1 || rows.length > 10) {
    return refuse(131009, "Total row count exceed max allowed count: 10");
  }
  const refusal = checkReplies(rows, { what: "Row", idMax: 200, titleMax: 24 });
  if (refusal !== null) return refusal;
  for (const row of rows) {
    const text = row?.description;
    if (text !== undefined && (typeof text !== "string" || isLonger(text, 72))) {
      return refuse(131009, "Row description is too long. Max length: 72");
    }
  }
  const opener: ButtonOnTelephone = { kind: "list", text: label, target: null };
  return { buttons: [opener], payloads: {}, list: { sections: sections.map(toSection) } };
}

function toSection(section: Record<string, unknown> | undefined): ListOnTelephone["sections"][0] {
  const rows = Array.isArray(section?.rows) ? section.rows.map(asRecord) : [];
  return {
    title: typeof section?.title === "string" ? section.title : null,
    rows: rows.map((row) => ({
      id: String(row?.id),
      title: String(row?.title),
      description: typeof row?.description === "string" ? row.description : null,
    })),
  };
}

function checkLink(action: Record<string, unknown>): Action | Refusal {
  const parameters = asRecord(action.parameters);
  const { display_text: text, url } = parameters ?? {};
  if (typeof text !== "string" || text === "" || isLonger(text, 20)) {
    return refuse(131009, "Display text length invalid. Min length: 1, Max length: 20");
  }
  if (typeof url !== "string" || !/^https?:\/\//.test(url) || !URL.canParse(url)) {
    return refuse(131009, "Parameter url is not a valid URL");
  }
  return plain({ kind: "url", text, target: url });
}

/** Ids and titles of what can be answered with; null: nothing is wrong with them. */
function checkReplies(
  replies: (Record<string, unknown> | undefined)[],
  limits: { what: string; idMax: number; titleMax: number },
): Refusal | null {
  const ids = new Set<string>();
  for (const reply of replies) {
    const { id, title } = reply ?? {};
    if (typeof id !== "string" || id === "" || isLonger(id, limits.idMax)) {
      return refuse(131009, `${limits.what} id length invalid. Max length: ${limits.idMax}`);
    }
    if (typeof title !== "string" || title === "" || isLonger(title, limits.titleMax)) {
      return refuse(131009, `${limits.what} title length invalid. Max length: ${limits.titleMax}`);
    }
    if (ids.has(id)) return refuse(131009, `Duplicated ${limits.what.toLowerCase()} ids`);
    ids.add(id);
  }
  return null;
}
