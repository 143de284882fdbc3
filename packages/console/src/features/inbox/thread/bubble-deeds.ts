import type { ThreadMessage } from "@recado/contract/console/inbox-thread";

/** What can be done at a bubble. */
export interface BubbleDeeds {
  /** False: the window is closed or the reader may not answer. */
  mayAnswer: boolean;
  quote: (message: ThreadMessage) => void;
  react: (message: ThreadMessage, emoji: string) => void;
  retry: (message: ThreadMessage) => void;
  jumpTo: (id: string) => void;
  enlarge: (url: string, name: string) => void;
}
