/** Does a piece of work again and again. It must not throw, and says how many milliseconds to wait after it. */
export function repeat(work: () => Promise<number>, firstMs: number): { stop(): Promise<void> } {
  let stopped = false;
  let current = Promise.resolve();
  let timer = setTimeout(run, firstMs);

  function run(): void {
    current = work().then((wait) => {
      if (!stopped) timer = setTimeout(run, wait);
    });
  }
  return {
    /** Settled when what was under way has ended. */
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await current;
    },
  };
}
