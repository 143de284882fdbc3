// Envía una plantilla con un PDF en base64 · Sends a template with a PDF in base64
import { readFile } from "node:fs/promises";

const { RECADO_URL, RECADO_LOGIN, RECADO_TOKEN, RECADO_MOBILE, RECADO_TEMPLATE, RECADO_VARIABLES } =
  process.env;

const file = await readFile(process.env.RECADO_FILE);
const response = await fetch(`${RECADO_URL}/bot/chat_wa/ws/send/`, {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({
    login: RECADO_LOGIN,
    token: RECADO_TOKEN,
    mobile: RECADO_MOBILE,
    id_template: RECADO_TEMPLATE,
    template_variables: RECADO_VARIABLES,
    media: file.toString("base64"),
    media_name: "factura-noviembre.pdf",
  }),
  signal: AbortSignal.timeout(60_000),
});
const text = await response.text();
if (response.status !== 200) throw new Error(`HTTP ${response.status}: ${text}`);
process.stdout.write(`${text}\n`);
process.exitCode = JSON.parse(text).code === 1 ? 0 : 1;
