/**
 * Where two values differ, as paths such as `rows.0190….unread: 2 ≠ 3`, at most `max` of them. Keys in `passing` are not
 * compared: they say how a value was come by, not what it is.
 */
export function findDifferences(
  here: unknown,
  fresh: unknown,
  { passing = [] as readonly string[], max = 20 } = {},
): string[] {
  const found: string[] = [];
  const visit = (left: unknown, right: unknown, path: string): void => {
    if (found.length >= max || Object.is(left, right)) return;
    if (isTree(left) && isTree(right)) {
      for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
        if (!passing.includes(key))
          visit(left[key], right[key], path === "" ? key : `${path}.${key}`);
      }
      return;
    }
    found.push(`${path}: ${show(left)} ≠ ${show(right)}`);
  };
  visit(here, fresh, "");
  return found;
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function show(value: unknown): string {
  return (JSON.stringify(value) ?? "nothing").slice(0, 80);
}
