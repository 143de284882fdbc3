/** Where the page and its parts are. */
export const REFERENCE_PATH = "/v1/reference";

/** Two styles that the viewer adds without the nonce: its toasts and its theme. Another version of it may have others. */
const VIEWER_STYLES = [
  "'sha256-l/2OpPg0d+2VLTLgwjf5mQo2CYwHDEqdj5TjbfEyVJI='",
  "'sha256-T13Uev3xCax2N28XaoAE8DOzQZKvPp7ZQVAi1iRREjo='",
];

/** What the browser may do on the page: talk to this server, and nothing else. */
export function formatPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src-elem 'self' 'nonce-${nonce}' ${VIEWER_STYLES.join(" ")}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** The page; `nonce` is for the styles that the viewer adds. */
export function formatPage(nonce: string): string {
  return `<!doctype html>
<html lang="es">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta property="csp-nonce" content="${nonce}">
<title>Recado · /v1</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${REFERENCE_PATH}/style.css">
<body>
<div id="reference"></div>
<noscript>
  <p>Esta página necesita JavaScript; el documento está en <a href="/v1/openapi.json">/v1/openapi.json</a>.</p>
  <p lang="en">This page needs JavaScript; the document is at <a href="/v1/openapi.json">/v1/openapi.json</a>.</p>
</noscript>
<script src="${REFERENCE_PATH}/viewer.js"></script>
<script src="${REFERENCE_PATH}/start.js"></script>
`;
}

/**
 * Starts the viewer, in English for browsers that ask for it and else in Spanish. Nothing leaves the house: no fonts, no
 * telemetry, no proxy, no assistant.
 */
export const START_SCRIPT = `"use strict";
const locale = /^en\\b/i.test(navigator.language) ? "en" : "es";
document.documentElement.lang = locale;
const start = async () => {
  const answer = await fetch("/v1/openapi.json");
  const content = await answer.json();
  const calls = Object.values(content.paths).flatMap((methods) => Object.values(methods));
  for (const call of locale === "es" ? calls : []) {
    const spanish = call["x-summary-es"];
    if (!spanish) continue;
    const english = call.summary;
    call.description = call.description.replace(spanish, () => "*" + english + "*");
    call.summary = spanish;
  }
  Scalar.createApiReference("#reference", {
    content,
    localization: { locale },
    theme: "none",
    layout: "modern",
    withDefaultFonts: false,
    telemetry: false,
    agent: { disabled: true },
    mcp: { disabled: true },
    showDeveloperTools: "never",
    hideClientButton: true,
    persistAuth: false,
    documentDownloadType: "none",
    defaultHttpClient: { targetKey: "shell", clientKey: "curl" },
    authentication: { preferredSecurityScheme: "token" },
    externalUrls: { dashboardUrl: "", registryUrl: "", proxyUrl: "", apiBaseUrl: "" },
  });
};
start().catch((error) => {
  document.querySelector("#reference").textContent = "Error: " + error.message;
});
`;

/** Our colours and the system's letters; the viewer's own advertisement is not shown. */
export const STYLE = `
:root { --scalar-font: system-ui, sans-serif; --scalar-font-code: ui-monospace, "DejaVu Sans Mono", monospace }
body { margin: 0 }
a[href*="//scalar.com"] { display: none }
/* The heading on a telephone: cut, instead of making the page wider than the screen. */
span.flex-1.whitespace-nowrap { min-width: 0; overflow: hidden; text-overflow: ellipsis }
.light-mode { --scalar-color-1: #15304f; --scalar-color-2: #43566b; --scalar-color-3: #5b6c7f; --scalar-color-accent: #0b6b50;
  --scalar-color-green: #07694a; --scalar-color-blue: #0a5ba3; --scalar-color-red: #b3261e; --scalar-color-orange: #8a4b00;
  --scalar-color-yellow: #7a5d00; --scalar-color-purple: #6b3fa0; --scalar-background-1: #fff; --scalar-background-2: #f3f6fa; --scalar-background-3: #e6ecf3;
  --scalar-background-accent: #0b6b5014; --scalar-border-color: #d5dde7 }
.dark-mode { --scalar-color-1: #e8eef6; --scalar-color-2: #b3c0ce; --scalar-color-3: #93a3b5; --scalar-color-accent: #5fd0aa;
  --scalar-background-1: #0f1b29; --scalar-background-2: #17273a; --scalar-background-3: #203349;
  --scalar-background-accent: #5fd0aa1f; --scalar-border-color: #2b3f57 }
`;
