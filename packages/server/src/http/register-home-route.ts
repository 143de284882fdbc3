import type { FastifyInstance } from "fastify";

/** Adds `/`: a page that says what this address is, until the console stands there. */
export function registerHomeRoute(app: FastifyInstance): void {
  app.get("/", (_request, reply) =>
    reply
      .type("text/html; charset=utf-8")
      .header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'")
      .header("cache-control", "no-store")
      .send(PAGE),
  );
}

const PAGE = `<!doctype html>
<html lang="es">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Recado</title>
<style>
  :root { color-scheme: light dark; --ink: #15304f; --soft: #4d5f73; --paper: #eef2f7; --card: #fff; --line: #d5dde7 }
  @media (prefers-color-scheme: dark) {
    :root { --ink: #e8eef6; --soft: #a9b8c9; --paper: #0f1b29; --card: #17273a; --line: #2b3f57 }
  }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--paper); color: var(--ink);
    font: 16px/1.6 system-ui, sans-serif }
  main { max-width: 34rem; margin: 1.5rem; padding: 2rem; background: var(--card); border: 1px solid var(--line);
    border-radius: 1rem }
  h1 { margin: 0 0 .25rem; font-size: 1.6rem } p { margin: .75rem 0; color: var(--soft) }
  a { color: inherit }
  code { padding: .1em .35em; border-radius: .3em; background: var(--paper); color: var(--ink) }
  hr { border: 0; border-top: 1px solid var(--line); margin: 1.25rem 0 }
</style>
<main>
  <h1>Recado</h1>
  <p>El servidor está en marcha. Los sistemas envían a <code>POST /bot/chat_wa/ws/send/</code>; su estado está en
    <code>/health/ready</code>. La consola aún no está construida: se administra con la línea de comandos
    <code>recado</code>, y en la demostración los teléfonos están en la dirección que muestra <code>npm start</code>.</p>
  <p><a href="/v1/reference">La referencia de la API <code>/v1</code></a></p>
  <hr>
  <p lang="en">The server is running. Systems send to <code>POST /bot/chat_wa/ws/send/</code>; its health is at
    <code>/health/ready</code>. The console is not built yet: use the command line <code>recado</code>, and in the
    demonstration the telephones are at the address that <code>npm start</code> prints.</p>
  <p lang="en"><a href="/v1/reference">The reference of the <code>/v1</code> API</a></p>
</main>
</html>
`;
