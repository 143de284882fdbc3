import { useEffect, useState } from "react";
import { shellWords } from "../i18n/shell-words.ts";
import { useSavedTheme } from "../session/saved-look.ts";
import { ConfirmDialog } from "../ui/confirm/confirm-dialog.tsx";
import { HintPlace } from "../ui/hint/hint-place.tsx";
import { loadSetting, saveSetting } from "../ui/local-setting.ts";
import { useShortcuts } from "../ui/shortcuts/use-shortcuts.ts";
import { Toasts } from "../ui/toast/toasts.tsx";
import { beginIdle } from "../ui/when-idle.ts";
import { CommandPalette } from "./command-palette.tsx";
import { ContentRegion } from "./content-region.tsx";
import { PageTitle } from "./page-title.tsx";
import { Rail } from "./rail.tsx";
import styles from "./shell.module.css";
import { ShortcutSheet } from "./shortcut-sheet.tsx";
import { TabBar } from "./tab-bar.tsx";
import { useShellCommands } from "./use-shell-commands.ts";

/** By then a page that does not say itself that it can be used is taken to be so. */
const USABLE_MS = 5_000;

/** The frame of every page: rail at the left, or a bar at the foot of a telephone, and the page within. */
export function Shell() {
  const say = shellWords.useWords();
  const [narrow, setNarrow] = useState(() => loadSetting("rail") === "narrow");
  const toggle = () => {
    saveSetting("rail", narrow ? null : "narrow");
    setNarrow(!narrow);
  };
  useSavedTheme();
  useEffect(() => {
    const timer = setTimeout(beginIdle, USABLE_MS);
    return () => clearTimeout(timer);
  }, []);
  useShellCommands();
  useShortcuts([
    { keys: "[", title: say("shell.toggleRail"), group: say("shell.general"), run: toggle },
  ]);
  return (
    <div className={styles.shell} data-rail={narrow ? "narrow" : "wide"}>
      <a className={styles.skip} href="#main">
        {say("shell.skip")}
      </a>
      <Rail narrow={narrow} onToggle={toggle} />
      <ContentRegion />
      <TabBar />
      <PageTitle />
      <Toasts />
      <ConfirmDialog />
      <CommandPalette />
      <ShortcutSheet />
      <HintPlace />
    </div>
  );
}
