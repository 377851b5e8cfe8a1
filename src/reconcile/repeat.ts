/** Work that is done at once and then again and again, and whenever it is asked for; never twice at the same time. */
import { createSignal } from "./signal.ts";

export type Repeating = {
  /** Works now; if it is under way, once more after it. Settled when that work is over, well or badly. */
  now(): Promise<void>;
  /** Settled when no work that was asked for is left. */
  idle(): Promise<void>;
  stop(): Promise<void>;
};

/** Begins at once. `work` never throws, and says after how many minutes of real time it wants to be done again. */
export function startRepeating(work: () => Promise<number>): Repeating {
  const wanted = createSignal();
  const ended = createSignal();
  let asked = 1;
  let answered = 0;
  let stopping = false;

  async function loop(): Promise<void> {
    while (!stopping) {
      const serving = asked;
      const minutes = await work();
      answered = serving;
      ended.notify();
      if (asked === serving && !stopping) await wanted.wait(minutes * 60_000);
    }
  }

  async function until(turn: number): Promise<void> {
    while (answered < turn && !stopping) await ended.wait();
  }

  const whole = loop();
  return {
    now() {
      asked += 1;
      wanted.notify();
      return until(asked);
    },
    idle: () => until(asked),
    async stop() {
      stopping = true;
      wanted.notify();
      ended.notify();
      await whole;
    },
  };
}
