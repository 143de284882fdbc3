/** The last thing that `npm start` prints: where to look, and a request to try. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const pollMs = 200;
const answerMsMax = 2_000;

/** Waits until the server is ready, then prints what `demo.json` says; says nothing when stopped before. */
export async function announceWhenReady(root, { env, stop, say = console.log }) {
  const address = serverAddress(env);
  if (address === null) return;
  while (!stop.aborted) {
    if (await isReady(address)) {
      const demo = readDemo(resolve(root, env.DATA_DIR || "data"));
      if (demo !== null) say(formatAnnouncement(demo));
      else say(`\n  Recado: ${address}\n`);
      return;
    }
    await delay(pollMs, undefined, { signal: stop }).catch(() => {});
  }
}

/** Where the server can be reached from this machine; null when it chooses its own port. */
export function serverAddress(env) {
  const port = env.PORT || "8080";
  if (!/^[1-9]\d*$/.test(port)) return null;
  const host = env.HOST || "127.0.0.1";
  if (host === "0.0.0.0") return `http://127.0.0.1:${port}`;
  if (host === "::") return `http://[::1]:${port}`;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** The closing block, Spanish first. The token in it is the demonstration's, good for this machine only. */
export function formatAnnouncement(demo) {
  const lines = [
    "",
    "  Recado está listo · Recado is ready",
    "",
    `  Teléfonos · Phones    ${demo.simulatorUrl}`,
    `  Consola · Console     ${demo.consoleUrl ?? demo.baseUrl}`,
  ];
  if (demo.console)
    lines.push(`                        ${demo.console.email} / ${demo.console.password}`);
  lines.push("", "  Envíe su primer mensaje · Send your first message:", "", formatCurl(demo), "");
  lines.push("  Ctrl-C para detener · Ctrl-C to stop", "");
  return lines.join("\n");
}

function formatCurl(demo) {
  const fields = [
    ["login", demo.login],
    ["token", demo.token],
    ["mobile", "573001234567"],
    ...messageFields(demo.templates ?? []),
  ];
  const data = fields.map(
    ([name, value]) => `    --data-urlencode ${quote(`${name}=${value}`)} \\`,
  );
  return [`  curl ${quote(`${demo.baseUrl}/bot/chat_wa/ws/send/`)} \\`, ...data]
    .join("\n")
    .replace(/ \\$/, "");
}

/** A template that needs no file, a utility one if there is one; else free text. */
function messageFields(templates) {
  const usable = templates.filter(
    (template) =>
      template.status === "approved" &&
      template.category !== "authentication" &&
      (template.header === null || template.header === "text"),
  );
  const best = usable.find((template) => template.category === "utility" && template.variables > 0);
  const template = best ?? usable[0];
  if (template === undefined) return [["message", "¡Hola desde Recado!"]];
  const samples = ["Carlos", "$100", "miércoles"];
  const values = Array.from({ length: template.variables }, (_, i) => `[${samples[i] ?? i + 1}]`);
  const variables = values.length === 0 ? [] : [["template_variables", values.join(" ")]];
  return [["id_template", template.id_template], ...variables];
}

function quote(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

async function isReady(address) {
  try {
    const answer = await fetch(`${address}/health/ready`, {
      signal: AbortSignal.timeout(answerMsMax),
    });
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    return false;
  }
}

function readDemo(dataDir) {
  try {
    return JSON.parse(readFileSync(join(dataDir, "demo.json"), "utf8"));
  } catch {
    return null;
  }
}
