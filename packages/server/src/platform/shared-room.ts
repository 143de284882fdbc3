/**
 * Room for so much at once, of bytes say, that owners share: while there is enough nobody is asked how much is theirs; when it is full,
 * each may use its share, so that who fills it up is refused himself and not the next who comes. Together they may then use twice
 * as much.
 */
export interface SharedRoom {
  /** Takes room; answers what gives it back, or null: there is none for this owner now. */
  take(owner: string, size: number): (() => void) | null;
}

/** An empty {@link SharedRoom}. */
export function createSharedRoom(sizeMax: number): SharedRoom {
  const taken = new Map<string, number>();
  let total = 0;

  const isFull = (owner: string, size: number) => {
    if (total + size <= sizeMax) return false;
    const own = taken.get(owner);
    return total + size > 2 * sizeMax || (own !== undefined && own + size > sizeMax / taken.size);
  };
  const giveBack = (owner: string, size: number) => {
    total -= size;
    const left = (taken.get(owner) ?? 0) - size;
    if (left > 0) taken.set(owner, left);
    else taken.delete(owner);
  };
  return {
    take(owner, size) {
      if (isFull(owner, size)) return null;
      total += size;
      taken.set(owner, (taken.get(owner) ?? 0) + size);
      return () => giveBack(owner, size);
    },
  };
}
