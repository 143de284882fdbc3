import {
  localStorageColorSchemeManager,
  MantineProvider,
  mergeThemeOverrides,
} from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { shellWords } from "../../i18n/shell-words.ts";
import { mantineTheme, resolveVariables } from "./mantine-theme.ts";
import { readNonce } from "./nonce.ts";

/** The key is also read by `public/theme.js`, before the first paint. */
const schemes = localStorageColorSchemeManager({ key: "recado.theme" });

/** Theme and colours for everything within: the reader's choice, else the system's. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  const say = shellWords.useWords();
  const theme = useMemo(() => {
    const close = { defaultProps: { "aria-label": say("shell.close") } };
    const components = { ModalCloseButton: close, DrawerCloseButton: close };
    return mergeThemeOverrides(mantineTheme, { components });
  }, [say]);
  return (
    <MantineProvider
      theme={theme}
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
