/** All that must hold after a year, proposal by proposal. */
import type { Town } from "../town.ts";
import { checkAuthority } from "./authority.ts";
import { checkBallots } from "./ballots.ts";
import { checkDeadlines } from "./deadlines.ts";
import { checkProgress } from "./progress.ts";
import { checkRecord } from "./record.ts";
import { checkOnce, checkRecordedFirst, checkShown } from "./shown.ts";
import { checkTexts } from "./texts.ts";
import type { Violation } from "./violation.ts";

export function checkYear(town: Town): readonly Violation[] {
  const violations: Violation[] = [];
  for (const thread of town.world.threads.values()) {
    const complain = (rule: string, detail: string) =>
      void violations.push({ proposal: thread.number, rule, detail });
    checkRecord(thread, complain);
    checkDeadlines(town, thread, complain);
    checkBallots(town, thread, complain);
    checkAuthority(town, thread, complain);
    checkTexts(thread, complain);
    checkShown(thread, complain);
    checkOnce(town, thread, complain);
    checkRecordedFirst(thread, complain);
    checkProgress(thread, complain);
  }
  return violations;
}
