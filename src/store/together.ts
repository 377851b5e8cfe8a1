/** What comes in at the same moment is done together: one wait for the disk serves all of it. */
import { setImmediate as nextTurn } from "node:timers/promises";

/**
 * Collects what is asked for until the events that have come in are handled, then does it all in one piece of work, which
 * answers in the same order. Where it throws, it throws for all of them.
 */
export function together<T, R>(work: (items: readonly T[]) => readonly R[]): (item: T) => Promise<R> {
  let waiting: T[] = [];
  let turn: Promise<readonly R[]> | null = null;

  async function takeTurn(): Promise<readonly R[]> {
    await nextTurn();
    const items = waiting;
    waiting = [];
    turn = null;
    return work(items);
  }

  return async (item) => {
    const place = waiting.push(item) - 1;
    turn ??= takeTurn();
    const [answer] = (await turn).slice(place, place + 1);
    if (answer === undefined) throw new Error("There is no answer to what was asked for");
    return answer;
  };
}
