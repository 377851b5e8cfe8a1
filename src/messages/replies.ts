/** Answers to people's commands: refusals, the list of commands, the status in short. */
import type { Message } from "../proposal/desired-state.ts";
import type { CommandName, Refusal, Stage } from "../proposal/entries.ts";
import { COMMANDS, usageOf } from "./commands.ts";
import { codeSpan } from "./escape.ts";
import { addressed, listed, paragraphs, table } from "./parts.ts";
import { stageName } from "./stages.ts";
import { standing } from "./status.ts";

type MessageOf<K extends Message["kind"]> = Extract<Message, { kind: K }>;

export function refusal(message: MessageOf<"refusal">): string {
  const { why, next } = explain(message.refusal, message.command, message.stage);
  return paragraphs(addressed(message.to, why), next);
}

/** One sentence about who may and why not, one about what to do instead. */
function explain(refused: Refusal, command: CommandName, stage: Stage): { why: string; next: string } {
  const name = codeSpan(`/${command}`);
  const usage = codeSpan(usageOf(command));
  switch (refused.why) {
    case "not allowed":
      return notAllowed(refused.who, name);
    case "own proposal":
      return {
        why: `${name} is not open to the author of the proposal, because nobody assesses their own work.`,
        next: "Please leave it to another member of the review team.",
      };
    case "wrong stage":
      return wrongStage(refused.needed, name, stage);
    case "reason missing":
      return {
        why: `${name} needs a reason, so that the people concerned and the record have one.`,
        next: `Please write ${usage}, with your reason in place of ${codeSpan("REASON")}.`,
      };
    case "span missing":
      return {
        why: `${name} needs to know by how much, as a whole number of hours, days or weeks.`,
        next: `Please write, for example, ${usage}, with your reason in place of ${codeSpan("REASON")}.`,
      };
    case "not later":
      return {
        why: `${name} can only move the end of the comment period later, never earlier and never to the same moment.`,
        next: `Please write, for example, ${usage}. The days are added to the present deadline.`,
      };
    case "documentation incomplete":
      return {
        why: `${name} is possible only once the documentation is complete, and at the moment something is missing.`,
        next: "The checklist in the status comment says what to add. Once the author has added it, please write the command again.",
      };
    case "pull request open":
      return {
        why: `${name} is for a pull request that was closed without being merged; the present one is still open.`,
        next: "A maintainer merges it, or closes it first. The status comment links to it.",
      };
    case "docket whole":
      return {
        why: `${name} is for a docket that is not as the App wrote it, and this one is.`,
        next: "Nothing needs to be done.",
      };
    case "no submitter":
      return {
        why: `${name} is for drafts that go to the IETF, and the charter names nobody who submits them, or named nobody when this publication was opened.`,
        next: "Please submit the draft by hand, and ask a maintainer to set `ietf` in the charter for the next one.",
      };
    case "submission in progress":
      return {
        why: `${name} is for a submission that has ended; the present one is still in progress.`,
        next: "The status comment says where it stands. If it is refused or canceled, please write the command again.",
      };
    case "submission posted":
      return {
        why: `${name} is not needed any more: the IETF has posted the draft.`,
        next: "A change of the text begins with a new proposal; to go on as it is, a draft is renewed.",
      };
    case "edited":
      return {
        why: `${name} stands in a comment that was edited, and GitHub does not say by whom, so it cannot be carried out.`,
        next: "Please write it again, in a new comment.",
      };
  }
}

function notAllowed(
  who: Extract<Refusal, { why: "not allowed" }>["who"],
  name: string,
): { why: string; next: string } {
  switch (who) {
    case "reviewers":
      return {
        why: `${name} is for the review team, and the charter does not name you as a reviewer.`,
        next: "If you should be one, please ask a chair to add you to the charter. Your opinion is welcome as a comment in any case.",
      };
    case "chairs":
      return {
        why: `${name} is for the committee’s chairs, and the charter does not name you as one.`,
        next: "Please ask a chair to write it, and say why you think it is needed.",
      };
    case "author or chairs":
      return {
        why: `${name} is for the author of the proposal and the committee’s chairs, and you are neither.`,
        next: "Please ask one of them to write it, and say why you think it is needed.",
      };
  }
}

function wrongStage(needed: readonly Stage[], name: string, stage: Stage): { why: string; next: string } {
  const stages = listed(needed.map((each) => `“${stageName(each)}”`));
  return {
    why: `${name} is possible only at the ${needed.length === 1 ? "stage" : "stages"} ${stages}; this proposal is at the stage “${stageName(stage)}”.`,
    next: "The status comment says what can be done now; `/help` lists all commands.",
  };
}

export function help({ to }: MessageOf<"help">): string {
  return paragraphs(
    addressed(
      to,
      "these are the commands. Each is written at the beginning of a line; in a comment with several, the first one counts.",
    ),
    table({
      head: ["Command", "What it does", "Who may", "When"],
      rows: COMMANDS.map(({ usage, what, who, when }) => [codeSpan(usage), what, who, when]),
      leftOut: () => "",
    }),
    "Each command is answered with a reaction on your comment; if one is refused, a reply says why. Votes are not commands: they are reactions on the ballot comment.",
  );
}

export function statusAnswer({ to, status }: MessageOf<"status-answer">): string {
  const title = status.held === null ? stageName(status.stage) : `${stageName(status.stage)}, on hold`;
  return paragraphs(
    addressed(to, `this proposal is at the stage **${title}**.`),
    standing(status),
    "The status comment, the first of the secretariat’s comments on this issue, has the details.",
  );
}
