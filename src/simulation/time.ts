/** The simulation's own time: whole seconds since 1970, and the App's text for them. */
import type { Instant } from "../proposal/instant.ts";

export const MINUTES = 60;
export const HOURS = 3_600;
export const DAYS = 86_400;

/** The last one asked for: within a pass time hardly moves. */
let last = { at: Number.NaN, text: "" };

export function instantAt(at: number): Instant {
  if (last.at !== at) last = { at, text: `${new Date(at * 1000).toISOString().slice(0, 19)}Z` };
  return last.text as Instant;
}

export function secondsOf(instant: string): number {
  return Date.parse(instant) / 1000;
}
