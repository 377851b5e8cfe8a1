/** What comes in at the same moment is done together: one wait for the disk serves all of it. */
import { setImmediate as nextTurn } from "node:timers/promises";

/** All of it, answered in the same order. */
type Work<T, R> = (items: readonly T[]) => readonly R[] | Promise<readonly R[]>;
type Ending<R> = { readonly answer: R } | { readonly error: unknown };

/**
 * Collects what is asked for until the events that have come in are handled and what was collected before is done, then
 * does it all in one piece of work. Where that throws, each is done by itself, so that one that cannot be done takes no
 * other with it; unless `concernsAll` says of the error that it would be the same for each.
 */
export function together<T, R>(
  work: Work<T, R>,
  concernsAll: (error: unknown) => boolean = () => false,
): (item: T) => Promise<R> {
  let waiting: T[] = [];
  let turn: Promise<readonly Ending<R>[]> | null = null;
  let before: Promise<unknown> = Promise.resolve();

  async function takeTurn(earlier: Promise<unknown>): Promise<readonly Ending<R>[]> {
    await nextTurn();
    await earlier;
    const items = waiting;
    waiting = [];
    turn = null;
    return doAll(items);
  }

  async function doAll(items: readonly T[]): Promise<readonly Ending<R>[]> {
    try {
      return (await work(items)).map((answer) => ({ answer }));
    } catch (error) {
      if (items.length === 1 || concernsAll(error)) return items.map(() => ({ error }));
    }
    const endings: Ending<R>[] = [];
    for (const item of items) endings.push(...(await doAll([item])));
    return endings;
  }

  return async (item) => {
    const place = waiting.push(item) - 1;
    if (turn === null) {
      turn = takeTurn(before);
      before = turn;
    }
    const [ending] = (await turn).slice(place, place + 1);
    if (ending === undefined) throw new Error("There is no answer to what was asked for");
    if ("error" in ending) throw ending.error;
    return ending.answer;
  };
}
