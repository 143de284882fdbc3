import { ADMIN_AUDIT_WORDS } from "./audit-words-admin.ts";
import type { AuditWords } from "./audit-words-kind.ts";

/** What people and programs of an account change. */
const OWN: AuditWords = {
  "POST /v1/templates": ["Crear el borrador de una plantilla", "Draft a template"],
  "POST /v1/templates/sync": [
    "Leer las plantillas de WhatsApp",
    "Read the templates from WhatsApp",
  ],
  "PATCH /v1/templates/:id": ["Cambiar una plantilla", "Change a template"],
  "DELETE /v1/templates/:id": ["Borrar una plantilla", "Delete a template"],
  "POST /v1/templates/:id/submit": [
    "Enviar una plantilla a revisión de WhatsApp",
    "Submit a template for WhatsApp's review",
  ],
  "POST /v1/templates/:id/category-decision": [
    "Decidir sobre la categoría más cara de una plantilla",
    "Decide on the dearer category of a template",
  ],
  "POST /v1/webhook-endpoints": ["Agregar una dirección de webhook", "Add a webhook address"],
  "PATCH /v1/webhook-endpoints/:id": [
    "Cambiar una dirección de webhook",
    "Change a webhook address",
  ],
  "DELETE /v1/webhook-endpoints/:id": [
    "Quitar una dirección de webhook",
    "Remove a webhook address",
  ],
  "POST /v1/webhook-endpoints/:id/rotate-secret": [
    "Cambiar el secreto de firma de un webhook",
    "Replace the signing secret of a webhook",
  ],
  "POST /v1/webhook-endpoints/:id/test": [
    "Probar una dirección de webhook",
    "Test a webhook address",
  ],
  "POST /v1/webhook-endpoints/:id/replay": [
    "Reenviar los avisos de un período",
    "Send the webhooks of a period again",
  ],
  "POST /v1/webhook-deliveries/:id/replay": ["Reenviar un aviso", "Send one webhook again"],
  "POST /v1/balance-alerts": ["Crear un aviso de saldo bajo", "Create a low balance alert"],
  "DELETE /v1/balance-alerts/:id": ["Quitar un aviso de saldo bajo", "Remove a low balance alert"],
  "POST /console/api/sign-in": ["Entrar con contraseña", "Sign in by password"],
  "POST /console/api/sign-in/code": [
    "Entrar con el código de la verificación en dos pasos",
    "Sign in by the code of two-step verification",
  ],
  "POST /console/api/sign-out": ["Salir", "Sign out"],
  "POST /console/api/password-resets": [
    "Pedir un enlace para una contraseña nueva",
    "Ask for a link for a new password",
  ],
  "POST /console/api/links/look": ["Abrir un enlace de contraseña", "Open a password link"],
  "POST /console/api/links/take": [
    "Elegir la contraseña con un enlace",
    "Choose the password by a link",
  ],
  "PATCH /console/api/me": ["Cambiar el nombre propio", "Change one's own name"],
  "POST /console/api/me/password": ["Cambiar la contraseña propia", "Change one's own password"],
  "POST /console/api/me/second-factor": [
    "Empezar a activar la verificación en dos pasos",
    "Begin to turn two-step verification on",
  ],
  "POST /console/api/me/second-factor/confirm": [
    "Activar la verificación en dos pasos",
    "Turn two-step verification on",
  ],
  "POST /console/api/me/second-factor/end": [
    "Desactivar la verificación en dos pasos",
    "Turn two-step verification off",
  ],
  "POST /console/api/me/recovery-codes": [
    "Crear códigos de recuperación nuevos",
    "Make new recovery codes",
  ],
  "POST /console/api/me/sessions/:id/end": [
    "Cerrar una sesión propia",
    "End one of one's own sessions",
  ],
  "POST /console/api/me/sessions/end-others": [
    "Cerrar las demás sesiones propias",
    "End one's own other sessions",
  ],
  "POST /console/api/people": ["Invitar a una persona", "Invite a person"],
  "PATCH /console/api/people/:id": [
    "Cambiar los datos, el rol o el acceso de una persona",
    "Change a person's details, role or access",
  ],
  "POST /console/api/people/:id/link": [
    "Crear un enlace de contraseña para una persona",
    "Make a password link for a person",
  ],
  "POST /console/api/people/:id/second-factor/reset": [
    "Quitarle la verificación en dos pasos a una persona",
    "Remove a person's two-step verification",
  ],
  "POST /console/api/people/:id/sessions/end": [
    "Cerrar todas las sesiones de una persona",
    "End all sessions of a person",
  ],
  "POST /console/api/tokens": ["Crear un token", "Create a token"],
  "POST /console/api/tokens/:id/revoke": ["Revocar un token", "Revoke a token"],
  "PATCH /console/api/projects/:id": [
    "Cambiar los ajustes de un proyecto",
    "Change the settings of a project",
  ],
  "PUT /console/api/projects/:id/cap": [
    "Cambiar el tope de gasto de un proyecto",
    "Change the spending cap of a project",
  ],
  "POST /console/api/inbox/teams": ["Crear un equipo", "Create a team"],
  "PATCH /console/api/inbox/teams/:id": ["Cambiar un equipo", "Change a team"],
  "DELETE /console/api/inbox/teams/:id": ["Borrar un equipo", "Delete a team"],
  "POST /console/api/inbox/labels": ["Crear una etiqueta", "Create a label"],
  "PATCH /console/api/inbox/labels/:id": ["Cambiar una etiqueta", "Change a label"],
  "DELETE /console/api/inbox/labels/:id": ["Borrar una etiqueta", "Delete a label"],
  "POST /console/api/inbox/canned-replies": ["Crear una respuesta rápida", "Create a canned reply"],
  "PATCH /console/api/inbox/canned-replies/:id": [
    "Cambiar una respuesta rápida",
    "Change a canned reply",
  ],
  "DELETE /console/api/inbox/canned-replies/:id": [
    "Borrar una respuesta rápida",
    "Delete a canned reply",
  ],
  "POST /console/api/inbox/views": ["Guardar una vista", "Save a view"],
  "PATCH /console/api/inbox/views/:id": ["Cambiar una vista", "Change a view"],
  "DELETE /console/api/inbox/views/:id": ["Borrar una vista", "Delete a view"],
  "PATCH /console/api/inbox-work/agents/:id": [
    "Cambiar la disponibilidad o la capacidad de un agente",
    "Change an agent's availability or capacity",
  ],
  "PATCH /console/api/inbox-work/projects/:id": [
    "Cambiar el horario, la asignación o los mensajes automáticos de un proyecto",
    "Change a project's hours, assignment or automatic messages",
  ],
  "PATCH /console/api/inbox-work/teams/:id": [
    "Cambiar cómo se reparten las conversaciones de un equipo",
    "Change how a team's conversations are given out",
  ],
};

const ALL = new Map(Object.entries({ ...ADMIN_AUDIT_WORDS, ...OWN }));

/** What an entry of the audit trail was about, by its method and route; null: there are no words for it yet, and the call itself tells. */
export function tellAction(action: string, language: "es" | "en"): string | null {
  const words = ALL.get(action);
  return words === undefined ? null : words[language === "es" ? 0 : 1];
}
