import { IDEMPOTENCY_KEY_CHARS_MAX, IDEMPOTENCY_KEY_HOURS } from "./messages.ts";
import { V1_TAGS } from "./tags.ts";

const DESCRIPTION = `
Mensajes de WhatsApp por REST y JSON: enviar, seguir, pagar, enterarse.
*WhatsApp messages by REST and JSON: send, follow, pay, be told.*

[openapi.json](/v1/openapi.json)

## Entrar · Authentication

Cada llamada lleva \`Authorization: Bearer rcd_api_…\`, con un token de tipo \`api\` que da el operador. Un token puede estar
limitado a un proyecto, y tiene permisos: cada llamada dice cuál necesita.

*Every call carries \`Authorization: Bearer rcd_api_…\`, an \`api\` token that the operator gives. A token may be confined to
a project, and has scopes: each call says which one it needs.*

## Errores · Errors

Todo lo que no es 2xx es un problema (RFC 9457, \`application/problem+json\`) con un \`code\` que no cambia, un \`detail\` que dice
qué hacer y, en \`errors\`, los campos que fallan. Con 429 y 503 viene \`Retry-After\`, en segundos.

*All that is not 2xx is a problem (RFC 9457, \`application/problem+json\`) with a \`code\` that does not change, a \`detail\` that says
what to do and, in \`errors\`, the fields at fault. 429 and 503 come with \`Retry-After\`, in seconds.*

## Repetir sin miedo · Idempotency

Con \`Idempotency-Key\` (hasta ${IDEMPOTENCY_KEY_CHARS_MAX} caracteres) la misma petición, repetida dentro de ${IDEMPOTENCY_KEY_HOURS} horas, es un solo mensaje y un solo
cobro, y da la misma respuesta con \`Idempotent-Replayed: true\`. La misma clave con otra petición es 422.

*With \`Idempotency-Key\` (up to ${IDEMPOTENCY_KEY_CHARS_MAX} characters) the same request, repeated within ${IDEMPOTENCY_KEY_HOURS} hours, is one message and one charge,
and gives the same answer with \`Idempotent-Replayed: true\`. The same key with another request is 422.*

## Páginas · Paging

Las listas reciben \`limit\` y \`cursor\`, y responden \`items\` y \`next_cursor\`: devuélvalo en \`cursor\` hasta que sea \`null\`.

*Lists take \`limit\` and \`cursor\`, and answer \`items\` and \`next_cursor\`: give it back as \`cursor\` until it is \`null\`.*
`.trim();

/** What stands at the head of the OpenAPI document: for people, in Spanish and then in English. */
export const OPENAPI_HEAD = {
  openapi: "3.1.0",
  info: { title: "Recado", version: "1", description: DESCRIPTION },
  servers: [{ url: "/", description: "Este servidor · This server" }],
  tags: Object.entries(V1_TAGS).map(([name, { title, description }]) => ({
    name,
    "x-displayName": title.es === title.en ? title.es : `${title.es} · ${title.en}`,
    description: `${description.es}\n\n*${description.en}*`,
  })),
} as const;
