import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./ui/theme/tokens.css";
import "@mantine/core/styles.layer.css";
import "./ui/theme/page.css";
import { queryClient } from "./api/query-client.ts";
import { registerServiceWorker } from "./app/register-service-worker.ts";
import { router } from "./app/router.tsx";
import { showUnreachable } from "./app/show-unreachable.ts";
import { SilenceNotice } from "./app/silence-notice.tsx";
import { setUpLanguage } from "./i18n/language.ts";
import { shellWords } from "./i18n/shell-words.ts";
import { followTabs } from "./session/share-session.ts";
import { watchSession } from "./session/watch-session.ts";
import { loadSetting, saveSetting } from "./ui/local-setting.ts";
import { publishNonce } from "./ui/theme/nonce.ts";
import { ThemeProvider } from "./ui/theme/theme-provider.tsx";
import { isFetchingAhead } from "./ui/when-idle.ts";

const RELOAD_AGAIN_MS = 10_000;

// After an update the old page asks for files that are gone: a fresh page has the new ones.
addEventListener("vite:preloadError", (event) => {
  if (loadSetting("reloaded") === "yes" || isFetchingAhead()) return;
  event.preventDefault();
  saveSetting("reloaded", "yes");
  location.reload();
});
addEventListener("load", () => setTimeout(() => saveSetting("reloaded", null), RELOAD_AGAIN_MS));
publishNonce();
watchSession(() => void router.invalidate());
followTabs();
registerServiceWorker();

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no root");
await setUpLanguage();
try {
  await shellWords.load();
  createRoot(root).render(
    <StrictMode>
      <ThemeProvider>
        <QueryClientProvider client={queryClient}>
          <SilenceNotice />
          <RouterProvider router={router} />
        </QueryClientProvider>
      </ThemeProvider>
    </StrictMode>,
  );
} catch {
  showUnreachable(root);
}
