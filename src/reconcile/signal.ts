/** Something that can be waited for again and again: each `notify` lets everybody go who waits at that moment. */
export type Signal = {
  notify(): void;
  /** Settled at the next `notify`, or after so many milliseconds; never rejects, and leaves no timer behind. */
  wait(milliseconds?: number): Promise<void>;
};

export function createSignal(): Signal {
  const waiting = new Set<() => void>();
  return {
    notify() {
      for (const release of [...waiting]) release();
    },
    wait: (milliseconds) =>
      new Promise((resolve) => {
        const release = (): void => {
          clearTimeout(timer);
          waiting.delete(release);
          resolve();
        };
        const timer = milliseconds === undefined ? undefined : setTimeout(release, milliseconds);
        waiting.add(release);
      }),
  };
}
