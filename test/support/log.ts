import type { Log } from "../../src/reconcile/log.ts";

/** A log that keeps what was said, as `level: message`. */
export function recordingLog(): Log & { readonly lines: readonly string[] } {
  const lines: string[] = [];
  const say = (level: string) => (_: object, message: string) => void lines.push(`${level}: ${message}`);
  return { lines, debug: say("debug"), info: say("info"), warn: say("warn"), error: say("error") };
}
