/** What all bodies that are held at once take up: together no more than so many bytes. */

export type BodyStock = {
  /** A place for one body; `turnAway` is called, at most once, when it has to give way to others. */
  open(turnAway: () => void): Place;
};

export type Place = {
  /** So many bytes more have come. Where that makes too many, bodies that are still being read give way. */
  add(bytes: number): void;
  /** The body is whole: it is still held, but gives way no more. */
  whole(): void;
  /** The body is gone. */
  release(): void;
};

type Held = { size: number; isWhole: boolean; readonly turnAway: () => void };

export function createBodyStock(limit: number): BodyStock {
  const held = new Set<Held>();
  let total = 0;

  function drop(body: Held): void {
    if (held.delete(body)) total -= body.size;
  }

  /** Nearly all deliveries are small: whoever sends the most at once is the first to be asked to come again. */
  function makeRoom(): void {
    while (total > limit) {
      const largest = [...held]
        .filter(({ isWhole }) => !isWhole)
        .reduce<Held | null>((best, next) => (best !== null && best.size >= next.size ? best : next), null);
      if (largest === null) return;
      drop(largest);
      largest.turnAway();
    }
  }

  return {
    open(turnAway) {
      const body: Held = { size: 0, isWhole: false, turnAway };
      held.add(body);
      return {
        add(bytes) {
          if (!held.has(body)) return;
          body.size += bytes;
          total += bytes;
          makeRoom();
        },
        whole() {
          body.isWhole = true;
        },
        release: () => drop(body),
      };
    },
  };
}
