/** Which pass a piece of work belongs to: what it logs names it, and what it asks of GitHub knows whether somebody waits. */

import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import type { Log } from "./log.ts";

type PassContext = {
  readonly subject: string;
  /** A name for this pass, not for the next one over the same subject. */
  readonly pass: string;
  readonly urgent: boolean;
};

const current = new AsyncLocalStorage<PassContext>();

/** Runs a pass: everything that it starts belongs to it. */
export function inPass<T>(subject: string, urgent: boolean, run: () => Promise<T>): Promise<T> {
  return current.run({ subject, pass: randomUUID().slice(0, 8), urgent }, run);
}

/** Does somebody wait for what is being done? Not where it is housekeeping, such as a sweep. */
export function isUrgent(): boolean {
  return current.getStore()?.urgent ?? false;
}

/** A log whose lines name the subject and the pass that they come from. */
export function namingPasses(log: Log): Log {
  const named = (say: Log["info"]) => (details: object, message: string) => {
    const context = current.getStore();
    const { subject, pass } = context ?? {};
    say(context === undefined ? details : { subject, pass, ...details }, message);
  };
  return {
    debug: named((...line) => log.debug(...line)),
    info: named((...line) => log.info(...line)),
    warn: named((...line) => log.warn(...line)),
    error: named((...line) => log.error(...line)),
  };
}
