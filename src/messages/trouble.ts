/** A word on what keeps the App from going on, for whoever can mend it. */
import type { Message } from "../proposal/desired-state.ts";
import { inline } from "./escape.ts";
import { paragraphs } from "./parts.ts";

export function trouble({ because }: Extract<Message, { kind: "trouble" }>): string {
  if (because === null)
    return "What kept the secretariat from going on here has been mended. Nothing more is to be done.";
  return paragraphs(
    "**The secretariat cannot go on with this proposal for now, and nothing formal happens until this is mended.**",
    inline(because, 1_000),
    "Who looks after the App or this repository can mend it; it is then tried again by itself, at most an hour later. Votes and comments made meanwhile are not lost.",
  );
}
