/** A word to whoever altered by hand what only the record can change. Said once, never in a fight. */
import type { Message } from "../proposal/desired-state.ts";
import { isEnded } from "../proposal/lifecycle.ts";
import { addressed, paragraphs } from "./parts.ts";
import { stageName } from "./stages.ts";

export function putBack({ what, by, stage }: Extract<Message, { kind: "put-back" }>): string {
  const at = `The proposal is at the stage **${stageName(stage)}**.`;
  switch (what) {
    case "labels":
      return paragraphs(
        addressed(
          by,
          "the labels that show the stage of a proposal follow its record, so they have been put back.",
        ),
        `${at} Commands move it; \`/help\` lists them. All other labels are yours to set.`,
      );
    case "comment":
      return paragraphs(
        addressed(
          by,
          "the secretariat’s comments show what is on the record, so one that was altered or deleted has been put back.",
        ),
        `${at} If something in it is wrong, please say so in a comment of your own.`,
      );
    case "issue state":
      return isEnded(stage) ? closedAgain(by, at) : openedAgain(by, at);
  }
}

function openedAgain(by: Extract<Message, { kind: "put-back" }>["by"], at: string): string {
  return paragraphs(
    addressed(
      by,
      "this issue was closed by hand while the proposal is still under way, so it has been reopened.",
    ),
    `${at} Until it is approved, its author or a chair can withdraw it with \`/withdraw REASON\`.`,
  );
}

function closedAgain(by: Extract<Message, { kind: "put-back" }>["by"], at: string): string {
  return paragraphs(
    addressed(
      by,
      "this issue was reopened by hand after the proposal had ended, so it has been closed again.",
    ),
    `${at} The comments stay open for discussion; to propose something again, please open a new issue.`,
  );
}
