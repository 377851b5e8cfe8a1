/** Answers that GitHub gave before, to be asked for again with their ETag: a 304 costs nothing of the rate limit. */

import type { Tagged } from "./condition.ts";

export type Remembered = Tagged & {
  readonly link: string | null;
  /** What was read at a commit never changes: it is not asked for again. */
  readonly immutable: boolean;
};

export type AnswerCache = {
  get(key: string): Remembered | null;
  put(key: string, answer: Remembered): void;
};

/** In bytes, nearly: small answers have long names. */
function weightOf(key: string, { body }: Remembered): number {
  return key.length + body.length;
}

/** Keeps the most recently used answers, at most `limit` bytes of them. */
export function createAnswerCache(limit: number): AnswerCache {
  const kept = new Map<string, Remembered>();
  let total = 0;

  function forget(key: string): void {
    const found = kept.get(key);
    if (found !== undefined) total -= weightOf(key, found);
    kept.delete(key);
  }

  return {
    get(key) {
      const found = kept.get(key);
      if (found === undefined) return null;
      // A Map keeps the order of insertion: what was used last moves to the end.
      kept.delete(key);
      kept.set(key, found);
      return found;
    },
    put(key, answer) {
      forget(key);
      if (weightOf(key, answer) > limit) return;
      kept.set(key, answer);
      total += weightOf(key, answer);
      for (const oldest of kept.keys()) {
        if (total <= limit) break;
        forget(oldest);
      }
    },
  };
}
