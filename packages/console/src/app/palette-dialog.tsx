import "@mantine/spotlight/styles.layer.css";
import { createSpotlight, Spotlight } from "@mantine/spotlight";
import { IconChevronRight, IconSearch } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { shellWords } from "../i18n/shell-words.ts";
import { type Command, commandStore } from "../ui/commands/command.ts";
import { closePalette } from "../ui/commands/palette-state.ts";
import { formatKeys } from "../ui/shortcuts/format-keys.ts";
import { foldText } from "../ui/text/fold-text.ts";
import styles from "./palette-dialog.module.css";

const [store, actions] = createSpotlight();
const CLOSING_MS = 140;

/** The palette itself: a field, and below it what fits, in the order in which it was registered. */
export function PaletteDialog() {
  const say = shellWords.useWords();
  const [query, setQuery] = useState("");
  const all = [...commandStore.use().values()].flat();
  const found = findCommands(all, query);
  useEffect(() => actions.open(), []);
  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      clearQueryOnClose
      transitionProps={{ duration: 100 }}
      onSpotlightClose={() => setTimeout(closePalette, CLOSING_MS)}
      classNames={{ content: styles.content ?? "" }}
      overlayProps={{ backgroundOpacity: 0.35 }}
      attributes={{ content: { "aria-label": say("palette.open") } }}
      scrollable
      maxHeight={420}
    >
      <Spotlight.Search
        placeholder={say("palette.placeholder")}
        aria-label={say("palette.placeholder")}
        leftSection={<IconSearch size={18} stroke={1.6} />}
        classNames={{ input: styles.field ?? "" }}
        data-testid="palette-field"
      />
      <Spotlight.ActionsList>
        {found.length === 0 && <Spotlight.Empty>{say("palette.nothing")}</Spotlight.Empty>}
        {groupsOf(found).map(([group, commands]) => (
          <Spotlight.ActionsGroup key={group} label={group} className={styles.group ?? ""}>
            {commands.map((command) => (
              <PaletteRow key={command.id} command={command} />
            ))}
          </Spotlight.ActionsGroup>
        ))}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function PaletteRow({ command }: { command: Command }) {
  const Icon = command.icon ?? IconChevronRight;
  return (
    <Spotlight.Action
      className={styles.row ?? ""}
      label={command.title}
      leftSection={<Icon size={17} stroke={1.6} />}
      rightSection={
        command.keys === undefined ? null : (
          <kbd className={styles.keys}>{formatKeys(command.keys)}</kbd>
        )
      }
      highlightQuery={false}
      onClick={command.run}
    />
  );
}

/** Those of which every typed word is found somewhere, whatever its accents. */
function findCommands(all: readonly Command[], query: string): Command[] {
  const wanted = foldText(query).split(/\s+/u).filter(Boolean);
  return all.filter((command) => {
    const text = foldText(`${command.group} ${command.title} ${command.words ?? ""}`);
    return wanted.every((word) => text.includes(word));
  });
}

function groupsOf(commands: readonly Command[]): [string, Command[]][] {
  return [...Map.groupBy(commands, ({ group }) => group)];
}
