/** What the browser may do on the page below. */
export const UNBUILT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

/** Stands at `/` where the server runs without the console: what this address is, and what to do. */
export function formatUnbuiltPage(): string {
  return PAGE;
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
    <code>/health/ready</code>. La consola no está construida en esta instalación: <code>npm start</code> la construye, o
    <code>npx vite build packages/console</code>. Mientras tanto se administra con la línea de comandos <code>recado</code>.</p>
  <p><a href="/v1/reference">La referencia de la API <code>/v1</code></a></p>
  <hr>
  <p lang="en">The server is running. Systems send to <code>POST /bot/chat_wa/ws/send/</code>; its health is at
    <code>/health/ready</code>. The console is not built in this installation: <code>npm start</code> builds it, or
    <code>npx vite build packages/console</code>. Until then use the command line <code>recado</code>.</p>
  <p lang="en"><a href="/v1/reference">The reference of the <code>/v1</code> API</a></p>
</main>
</html>
`;
