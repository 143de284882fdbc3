import type { AuditWords } from "./audit-words-kind.ts";

/** What operators and resellers change. */
export const ADMIN_AUDIT_WORDS: AuditWords = {
  "recado admin-token": [
    "Crear un token de administración en el servidor",
    "Make an administration token on the server",
  ],
  "POST /admin/accounts": ["Crear una cuenta", "Create an account"],
  "PATCH /admin/accounts/:id": ["Cambiar una cuenta", "Change an account"],
  "POST /admin/accounts/:id/users": ["Agregar una persona", "Add a person"],
  "PATCH /admin/users/:id": ["Cambiar a una persona", "Change a person"],
  "POST /admin/users/:id/link": [
    "Crear un enlace de contraseña para una persona",
    "Make a password link for a person",
  ],
  "POST /admin/users/:id/second-factor/reset": [
    "Quitarle la verificación en dos pasos a una persona",
    "Remove a person's two-step verification",
  ],
  "POST /admin/tokens": ["Crear un token", "Create a token"],
  "POST /admin/tokens/:id/revoke": ["Revocar un token", "Revoke a token"],
  "POST /admin/accounts/:id/projects": ["Crear un proyecto", "Create a project"],
  "PATCH /admin/projects/:id": [
    "Cambiar los ajustes de un proyecto",
    "Change the settings of a project",
  ],
  "POST /admin/accounts/:id/channels": ["Conectar un número", "Connect a number"],
  "PATCH /admin/channels/:id": ["Cambiar un número", "Change a number"],
  "POST /admin/projects/:id/templates/import": [
    "Leer las plantillas de WhatsApp",
    "Read the templates from WhatsApp",
  ],
  "POST /admin/projects/:id/templates/import-file": [
    "Cargar plantillas de un archivo",
    "Import templates from a file",
  ],
  "POST /admin/projects/:id/templates": ["Crear el borrador de una plantilla", "Draft a template"],
  "POST /admin/projects/:id/templates/lint": ["Revisar una plantilla", "Check a template"],
  "POST /admin/templates/lint": ["Revisar una plantilla", "Check a template"],
  "PATCH /admin/templates/:id": ["Cambiar una plantilla", "Change a template"],
  "POST /admin/templates/:id/sample": [
    "Cargar el archivo de ejemplo de una plantilla",
    "Upload a template's sample file",
  ],
  "POST /admin/templates/:id/submit": [
    "Enviar una plantilla a revisión de WhatsApp",
    "Submit a template for WhatsApp's review",
  ],
  "POST /admin/templates/:id/delete": ["Borrar una plantilla", "Delete a template"],
  "POST /admin/templates/:id/category-decision": [
    "Decidir sobre la categoría más cara de una plantilla",
    "Decide on the dearer category of a template",
  ],
  "POST /admin/templates/:id/preview": [
    "Ver cómo queda una plantilla",
    "See what a template looks like",
  ],
  "POST /admin/price-books": ["Crear una lista de precios", "Create a price book"],
  "POST /admin/price-books/:id/prices": ["Fijar un precio", "Set a price"],
  "POST /admin/accounts/:id/topups": ["Recargar el saldo", "Top up the balance"],
  "POST /admin/projects/:id/endpoints": [
    "Agregar una dirección de webhook",
    "Add a webhook address",
  ],
  "PATCH /admin/endpoints/:id": ["Cambiar una dirección de webhook", "Change a webhook address"],
  "POST /admin/endpoints/:id/rotate": [
    "Cambiar el secreto de firma de un webhook",
    "Replace the signing secret of a webhook",
  ],
  "POST /admin/endpoints/:id/enable": [
    "Activar una dirección de webhook",
    "Enable a webhook address",
  ],
  "POST /admin/endpoints/:id/disable": [
    "Desactivar una dirección de webhook",
    "Disable a webhook address",
  ],
  "POST /admin/endpoints/:id/replay": [
    "Reenviar los avisos de un período",
    "Send the webhooks of a period again",
  ],
  "POST /admin/endpoints/:id/test": ["Probar una dirección de webhook", "Test a webhook address"],
  "POST /admin/deliveries/:id/replay": ["Reenviar un aviso", "Send one webhook again"],
  "POST /admin/journal/reprocess": [
    "Leer otra vez lo que llegó de WhatsApp",
    "Read again what came from WhatsApp",
  ],
  "POST /admin/accounts/:id/erasures": [
    "Suprimir los datos de una persona",
    "Erase the data of a person",
  ],
  "PATCH /admin/accounts/:id/retention": [
    "Cambiar cuánto tiempo se guardan los datos",
    "Change how long data are kept",
  ],
  "POST /admin/retention/run": [
    "Borrar ya los datos que se vencieron",
    "Delete at once the data that have run out",
  ],
  "POST /admin/accounts/:id/search/rebuild": [
    "Rehacer el índice de búsqueda",
    "Rebuild the search index",
  ],
  "POST /admin/accounts/:id/caps": ["Cambiar los topes de gasto", "Change the spending caps"],
  "POST /admin/accounts/:id/balance-alerts": [
    "Crear un aviso de saldo bajo",
    "Create a low balance alert",
  ],
  "POST /admin/accounts/:id/balance-alerts/remove": [
    "Quitar un aviso de saldo bajo",
    "Remove a low balance alert",
  ],
  "POST /admin/projects/:id/opt-outs": [
    "Agregar números que no quieren mercadeo",
    "Add numbers that want no marketing",
  ],
  "POST /admin/projects/:id/opt-outs/remove": [
    "Quitar un número de los que no quieren mercadeo",
    "Remove a number from those that want no marketing",
  ],
  "POST /admin/projects/:id/opt-out-rules": [
    "Cambiar las palabras con las que se rechaza el mercadeo",
    "Change the words by which marketing is refused",
  ],
};
