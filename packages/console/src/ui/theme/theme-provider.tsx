import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import type { ReactNode } from "react";
import { mantineTheme, resolveVariables } from "./mantine-theme.ts";
import { readNonce } from "./nonce.ts";

/** The key is also read by `public/theme.js`, before the first paint. */
const schemes = localStorageColorSchemeManager({ key: "recado.theme" });

/** Theme and colours for everything within: the reader's choice, else the system's. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  return (
    <MantineProvider
      theme={mantineTheme}
      cssVariablesResolver={resolveVariables}
      colorSchemeManager={schemes}
      defaultColorScheme="auto"
      getStyleNonce={readNonce}
      withGlobalClasses={false}
      withStaticClasses={false}
    >
      {children}
    </MantineProvider>
  );
}
