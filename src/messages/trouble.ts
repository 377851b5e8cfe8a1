/** A word on what keeps the App from going on, for whoever can mend it. */
import type { Message } from "../proposal/desired-state.ts";
import { inline } from "./escape.ts";
import { paragraphs } from "./parts.ts";

export function trouble({ because }: Extract<Message, { kind: "trouble" }>): string {
  if (because === null)
    return "What kept the secretariat from going on here has been mended. The proposal goes on.";
  return paragraphs(
    "**The secretariat cannot go on with this proposal for now, and nothing formal happens until this is mended.**",
    inline(because, 1_000),
    "Whoever looks after the App or this repository can mend it; the App then tries again by itself, within an hour. Votes and comments made meanwhile are not lost.",
  );
}
