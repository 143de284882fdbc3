import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "@mantine/core/styles.layer.css";
import "@mantine/notifications/styles.layer.css";
import "./ui/theme/tokens.css";
import "./ui/theme/page.css";
import { queryClient } from "./api/query-client.ts";
import { router } from "./app/router.tsx";
import { setUpLanguage } from "./i18n/language.ts";
import { shellWords } from "./i18n/shell-words.ts";
import { ThemeProvider } from "./ui/theme/theme-provider.tsx";

await setUpLanguage();
await shellWords.load();

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no root");
createRoot(root).render(
  <StrictMode>
    <ThemeProvider>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </ThemeProvider>
  </StrictMode>,
);
