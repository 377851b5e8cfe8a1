/** What is to happen, and when: of two things at the same moment the one that was planned first comes first. */
export type Agenda = {
  plan(at: number, deed: () => void): void;
  /** When the next thing happens; infinity: nothing is planned. */
  next(): number;
  /** Does everything that is due by then, also what that brings about. */
  runUpTo(now: number): void;
  clear(): void;
};

type Planned = { readonly at: number; readonly order: number; readonly deed: () => void };

export function createAgenda(): Agenda {
  const heap: Planned[] = [];
  let planned = 0;
  const isBefore = (one: Planned, other: Planned) =>
    one.at < other.at || (one.at === other.at && one.order < other.order);

  function put(item: Planned): void {
    let index = heap.push(item) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent] as Planned;
      if (!isBefore(item, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = item;
  }

  function take(): Planned | undefined {
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Planned, heap[child] as Planned)) child += 1;
      if (!isBefore(heap[child] as Planned, last)) break;
      heap[index] = heap[child] as Planned;
      index = child;
    }
    heap[index] = last;
    return first;
  }

  return {
    plan: (at, deed) => put({ at, order: planned++, deed }),
    next: () => heap[0]?.at ?? Number.POSITIVE_INFINITY,
    runUpTo(now) {
      while ((heap[0]?.at ?? Number.POSITIVE_INFINITY) <= now) take()?.deed();
    },
    clear: () => void heap.splice(0),
  };
}
