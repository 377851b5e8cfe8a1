/** Answers that GitHub gave before, to be asked for again with their ETag: a 304 costs nothing of the rate limit. */

export type Remembered = {
  readonly etag: string | null;
  readonly link: string | null;
  readonly data: unknown;
  /** What was read at a commit never changes: it is not asked for again. */
  readonly immutable: boolean;
};

export type AnswerCache = {
  get(key: string): Remembered | null;
  put(key: string, answer: Remembered, bytes: number): void;
};

/** Keeps the most recently used answers, at most `limit` bytes of them. */
export function createAnswerCache(limit: number): AnswerCache {
  const kept = new Map<string, { readonly answer: Remembered; readonly bytes: number }>();
  let total = 0;

  function forget(key: string): void {
    total -= kept.get(key)?.bytes ?? 0;
    kept.delete(key);
  }

  return {
    get(key) {
      const found = kept.get(key);
      if (found === undefined) return null;
      // A Map keeps the order of insertion: what was used last moves to the end.
      kept.delete(key);
      kept.set(key, found);
      return found.answer;
    },
    put(key, answer, bytes) {
      forget(key);
      if (bytes > limit) return;
      kept.set(key, { answer, bytes });
      total += bytes;
      for (const oldest of kept.keys()) {
        if (total <= limit) break;
        forget(oldest);
      }
    },
  };
}
