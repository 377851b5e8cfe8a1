/** GitHub tells one deed in several events, a moment apart: their subject is looked at once, when they are all there. */
export type Gathering = {
  /** Something came in: calls back a moment later, once for all that comes in meanwhile. */
  add(): void;
  /** Calls back no more. */
  stop(): void;
};

export function gather(callback: () => void, milliseconds: number): Gathering {
  let timer: NodeJS.Timeout | null = null;
  return {
    add() {
      timer ??= setTimeout(() => {
        timer = null;
        callback();
      }, milliseconds);
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}
