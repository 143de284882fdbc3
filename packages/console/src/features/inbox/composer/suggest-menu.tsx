import type { InboxState } from "@recado/contract/console/inbox";
import { plainText } from "@recado/contract/plain/whatsapp-text";
import { Avatar } from "../../../ui/avatar.tsx";
import { inboxWords } from "../i18n/inbox-words.ts";
import { mayAnswer } from "../state/may-answer.ts";
import { matchesWords } from "../text/match-words.ts";
import type { Trigger } from "./find-trigger.ts";
import styles from "./suggest-menu.module.css";

/** Something that takes the place of what was typed. */
export interface Suggestion {
  id: string;
  title: string;
  about: string;
  /** What is put in. */
  text: string;
  /** Who is called by it; null for a canned reply. */
  mention: string | null;
}

const SUGGESTIONS_MAX = 8;

/** What fits a trigger: canned replies by shortcut and words, by name colleagues who can answer. */
export function findSuggestions(
  trigger: Trigger,
  state: InboxState,
  projectId: string,
): Suggestion[] {
  const { kind, query } = trigger;
  if (kind === "mention") {
    return state.people
      .filter(({ id, role, active }) => active && mayAnswer(role) && id !== state.me)
      .filter(({ name }) => matchesWords(query, name))
      .slice(0, SUGGESTIONS_MAX)
      .map(({ id, name }) => ({ id, title: name, about: "", text: `@${name} `, mention: id }));
  }
  return state.canned_replies
    .filter(({ project_id }) => project_id === null || project_id === projectId)
    .filter(({ shortcut, text }) => matchesWords(query, shortcut, text))
    .toSorted((a, b) => rank(a.shortcut, query) - rank(b.shortcut, query))
    .slice(0, SUGGESTIONS_MAX)
    .map(({ id, shortcut, text }) => ({
      ...{ id, text, mention: null },
      ...{ title: `/${shortcut}`, about: plainText(text) },
    }));
}

/** A shortcut that begins as typed comes first. */
function rank(shortcut: string, query: string): number {
  return shortcut.toLowerCase().startsWith(query.toLowerCase()) ? 0 : 1;
}

interface SuggestMenuProps {
  id: string;
  suggestions: readonly Suggestion[];
  active: number;
  onChoose: (suggestion: Suggestion) => void;
}

/** The list above the composer; the keys stay in the text box. */
export function SuggestMenu({ id, suggestions, active, onChoose }: SuggestMenuProps) {
  const say = inboxWords.useWords();
  return (
    <div id={id} role="listbox" aria-label={say("composer.suggestions")} className={styles.menu}>
      {suggestions.map((one, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the text box has the keys and points here.
        <div
          key={one.id}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          tabIndex={-1}
          className={styles.option}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(one)}
        >
          {one.mention !== null && <Avatar name={one.title} id={one.id} size={22} />}
          <span className={styles.title}>{one.title}</span>
          <span className={styles.about}>{one.about}</span>
        </div>
      ))}
    </div>
  );
}
