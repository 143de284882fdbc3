/** Items that wait, those of one owner in their order; owners take turns, so that nobody waits behind all that another has brought. */
export interface FairQueue<Item> {
  readonly size: number;
  /** How many of this owner's wait. */
  sizeOf(owner: string): number;
  /** How many owners have items that wait. */
  readonly owners: number;
  add(owner: string, item: Item): void;
  /** Takes `countMax` items at most, of each owner as many as its share comes to, what others do not use being shared out again. */
  take(countMax: number): Item[];
}

/** An empty queue. Adding and taking cost the same however many wait. */
export function createFairQueue<Item>(): FairQueue<Item> {
  // In the order of their turns: who has been served and has more goes to the end.
  const queues = new Map<string, Item[]>();
  let size = 0;

  const serve = (owner: string, countMax: number): Item[] => {
    const queue = queues.get(owner) ?? [];
    queues.delete(owner);
    const items = queue.splice(0, countMax);
    if (queue.length > 0) queues.set(owner, queue);
    size -= items.length;
    return items;
  };
  return {
    get size() {
      return size;
    },
    get owners() {
      return queues.size;
    },
    sizeOf: (owner) => queues.get(owner)?.length ?? 0,
    add(owner, item) {
      const queue = queues.get(owner);
      if (queue) queue.push(item);
      else queues.set(owner, [item]);
      size += 1;
    },
    take(countMax) {
      const taken: Item[] = [];
      while (taken.length < countMax && queues.size > 0) {
        const share = Math.max(1, Math.floor((countMax - taken.length) / queues.size));
        for (const owner of [...queues.keys()]) {
          if (taken.length === countMax) break;
          taken.push(...serve(owner, share));
        }
      }
      return taken;
    },
  };
}
