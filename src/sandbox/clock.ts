/** The sandbox's clock: it runs on with real time, can be turned forward, and is shared with the worker thread. */
import { after, type Instant, instant, type Seconds, seconds } from "../proposal/instant.ts";
import { AHEAD, SHARED_BYTES, STANDS_AT, sharedTime } from "./shared-time.ts";

export type SandboxClock = {
  now(): Instant;
  /** Unix time in milliseconds, as the sandbox sees it. */
  milliseconds(): number;
  /** Turns the clock to a later moment. Throws a RangeError on an earlier one: time never goes back. */
  turnTo(moment: Instant): void;
  forward(span: Seconds | number): Instant;
  /** Calls back after each turn; the function returned ends that. */
  onTurn(listener: (now: Instant) => void): () => void;
  /** What the worker thread needs to tell the same time. */
  readonly shared: SharedArrayBuffer;
};

export type ClockOptions = {
  readonly startsAt?: Instant;
  /** `false`: the clock stands still between turns. */
  readonly runs?: boolean;
};

export function createClock(options: ClockOptions = {}): SandboxClock {
  const shared = new SharedArrayBuffer(SHARED_BYTES);
  const cells = new BigInt64Array(shared);
  const listeners = new Set<(now: Instant) => void>();
  const milliseconds = () => sharedTime(shared, Date.now());
  const now = () => instant(milliseconds());
  const set = (moment: number) => {
    Atomics.store(cells, AHEAD, BigInt(Math.round(moment - Date.now())));
    if (options.runs === false) Atomics.store(cells, STANDS_AT, BigInt(Math.round(moment)));
  };
  set(options.startsAt === undefined ? Date.now() : Date.parse(options.startsAt));

  const turnTo = (moment: Instant) => {
    if (moment < now()) throw new RangeError(`The clock stands at ${now()} and cannot go back to ${moment}`);
    set(Math.max(Date.parse(moment), milliseconds()));
    for (const listener of listeners) listener(now());
  };
  return {
    now,
    milliseconds,
    turnTo,
    forward(span) {
      turnTo(after(now(), seconds(span)));
      return now();
    },
    onTurn(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    shared,
  };
}

const UNIT_SECONDS: Readonly<Record<string, number>> = {
  second: 1,
  minute: 60,
  hour: 3_600,
  day: 86_400,
  week: 604_800,
};

/** Reads `30 days` or `1 hour`. Throws a RangeError on anything else. */
export function parseSpan(words: string): Seconds {
  const [count, unit, ...rest] = words.trim().split(" ");
  const size = UNIT_SECONDS[(unit ?? "").replace(/s$/, "")];
  if (count === undefined || !/^\d{1,6}$/.test(count) || size === undefined || rest.length > 0) {
    throw new RangeError(`Not a span of time: "${words}". Write for example "30 days" or "1 hour".`);
  }
  return seconds(Number(count) * size);
}
