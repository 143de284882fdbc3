/** What the reader chose, kept in the browser where it lets us; a browser that does not simply forgets. */
export function loadSetting(name: string): string | null {
  try {
    return localStorage.getItem(`recado.simulator.${name}`);
  } catch {
    return null;
  }
}

/** Remembers a choice, if the browser lets us. */
export function saveSetting(name: string, value: string): void {
  try {
    localStorage.setItem(`recado.simulator.${name}`, value);
  } catch {
    // Private windows may refuse: the choice then lasts as long as the page.
  }
}
