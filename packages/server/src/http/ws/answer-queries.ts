import { WS_OUTCOMES } from "@recado/contract/ws-codes";
import type { TemplateView } from "../../domain/account-snapshot.ts";
import { formatMoney } from "../../domain/money.ts";
import {
  type QueryDeps,
  readBalance,
  readTemplates,
  type WsCaller,
} from "../../gateway/account-queries.ts";

const OK = { code: 1, concept: "ok" };
const WITHOUT_TEMPLATES = {
  code: 4,
  concept: "without templates",
  description: "No tiene plantillas aprobadas.",
};

/** `ws/balance`: 1 with balance and currency, 2 or 3. */
export async function answerBalance(deps: QueryDeps, caller: WsCaller) {
  const answer = await readBalance(deps, caller);
  if (answer.code !== 1) return refuse(answer.code);
  const { balance, currency } = answer.value;
  return { ...OK, description: "Consulta exitosa", balance: formatMoney(balance), currency };
}

/** `ws/template`: 1 with all templates; 4 with those that are not approved, when none is; 2 or 3. */
export async function answerTemplates(deps: QueryDeps, caller: WsCaller) {
  const answer = await readTemplates(deps, caller);
  if (answer.code !== 1) return refuse(answer.code);
  // A place cannot be given here: whoever sees the template could not send it.
  const sendable = answer.value.filter((template) => template.header !== "location");
  const templates = sendable.map(formatTemplate);
  const approved = templates.some((template) => template.status === "approved");
  return approved
    ? { ...OK, description: "Consulta exitosa", templates }
    : { ...WITHOUT_TEMPLATES, templates };
}

function refuse(code: 2 | 3) {
  return { code, ...WS_OUTCOMES[code] };
}

function formatTemplate(template: TemplateView) {
  const { definition } = template;
  return {
    id_template: template.number,
    name: template.name,
    language: template.language,
    category: template.category,
    status: template.status,
    variables: template.variables,
    header: template.header,
    body: definition.body,
    footer: definition.footer,
    buttons: definition.buttons.map((button) => ({
      type: button.kind,
      text: button.text,
      target: button.target,
    })),
    rejected_reason: template.rejectedReason,
  };
}
