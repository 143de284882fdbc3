// Envía una plantilla · Sends a template
const { RECADO_URL, RECADO_LOGIN, RECADO_TOKEN, RECADO_MOBILE, RECADO_TEMPLATE, RECADO_VARIABLES } =
  process.env;

const response = await fetch(`${RECADO_URL}/bot/chat_wa/ws/send/`, {
  method: "POST",
  body: new URLSearchParams({
    login: RECADO_LOGIN,
    token: RECADO_TOKEN,
    mobile: RECADO_MOBILE,
    id_template: RECADO_TEMPLATE,
    template_variables: RECADO_VARIABLES,
    custom_field: "pedido-1020",
  }),
  signal: AbortSignal.timeout(60_000),
});
const text = await response.text();
if (response.status !== 200) throw new Error(`HTTP ${response.status}: ${text}`);
process.stdout.write(`${text}\n`);
process.exitCode = JSON.parse(text).code === 1 ? 0 : 1;
