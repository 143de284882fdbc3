import { Modal } from "@mantine/core";
import { shellWords } from "../i18n/shell-words.ts";
import { formatKeys } from "../ui/shortcuts/format-keys.ts";
import { closeShortcutSheet } from "../ui/shortcuts/sheet-state.ts";
import { type Shortcut, shortcutLayers } from "../ui/shortcuts/shortcut.ts";
import { useReturnFocus } from "../ui/use-return-focus.ts";
import styles from "./sheet-dialog.module.css";

/** The keys that do something at this moment, under their headings. */
export function SheetDialog() {
  useReturnFocus();
  const say = shellWords.useWords();
  return (
    <Modal
      opened
      onClose={closeShortcutSheet}
      title={say("shortcuts.title")}
      size="lg"
      data-testid="shortcut-sheet"
    >
      <div className={styles.groups}>
        {groupsInForce().map(([group, shortcuts]) => (
          <section key={group}>
            <h3 className={styles.group}>{group}</h3>
            <dl>
              {shortcuts.map(({ keys, title }) => (
                <div key={keys} className={styles.row}>
                  <dt>{title}</dt>
                  <dd>
                    {keys.split(" ").map((stroke) => (
                      <kbd key={stroke} className={styles.key}>
                        {formatKeys(stroke)}
                      </kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className={styles.hint}>{say("shortcuts.hint")}</p>
    </Modal>
  );
}

function groupsInForce(): [string, Shortcut[]][] {
  // Of two with the same keys the newer one is in force.
  const byKeys = new Map(
    shortcutLayers.flatMap(({ shortcuts }) => shortcuts.map((each) => [each.keys, each])),
  );
  return [...Map.groupBy(byKeys.values(), ({ group }) => group)];
}
