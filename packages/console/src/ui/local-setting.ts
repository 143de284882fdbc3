const PREFIX = "recado.";

/** What this browser remembers under a name; null when it remembers nothing, or may not. */
export function loadSetting(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

/** Remembers a choice in this browser, or forgets it; without effect where the browser refuses to. */
export function saveSetting(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, value);
  } catch {
    // A private window may refuse: the choice then lasts as long as the page.
  }
}
