/** Comments that are said once and left as they were said, and their keys. */
import type { DesiredComment } from "./desired-state.ts";
import type { Instant } from "./instant.ts";

export function once(key: string, message: DesiredComment["message"]): DesiredComment {
  return { key, mode: "once", message };
}

/** One reminder a deadline and span: a deadline that moves is announced anew. */
export function reminderKey(of: "comment" | "ballot", deadline: Instant, span: number): string {
  return `${of}-reminder-${deadline.replaceAll(/[^0-9]/g, "")}-${span}`;
}
