/** The commands that people can write in comments: one list for the messages, the README and the documentation. */
import type { CommandName, Stage } from "../proposal/entries.ts";
import { BEFORE_APPROVAL, STAGES } from "../proposal/lifecycle.ts";

export type CommandDescription = {
  readonly name: CommandName;
  readonly usage: string;
  readonly who: string;
  readonly stages: readonly Stage[];
  readonly when: string;
  readonly what: string;
};

export const COMMANDS: readonly CommandDescription[] = [
  {
    name: "accept",
    usage: "/accept",
    who: "a reviewer, not the author",
    stages: ["assessment"],
    when: "during the assessment",
    what: "accepts the proposal for the comment period, which opens at once",
  },
  {
    name: "return",
    usage: "/return REASON",
    who: "a reviewer, not the author",
    stages: ["assessment"],
    when: "during the assessment",
    what: "gives the proposal back to its author to be mended",
  },
  {
    name: "decline",
    usage: "/decline REASON",
    who: "a reviewer, not the author",
    stages: ["assessment"],
    when: "during the assessment",
    what: "ends the proposal without a ballot",
  },
  {
    name: "extend",
    usage: "/extend 14 days REASON",
    who: "a chair",
    stages: ["comment"],
    when: "during the comment period",
    what: "moves the end of the comment period later, never earlier",
  },
  {
    name: "withdraw",
    usage: "/withdraw REASON",
    who: "the author or a chair",
    stages: BEFORE_APPROVAL,
    when: "before approval",
    what: "takes the proposal back; the record is kept",
  },
  {
    name: "publish",
    usage: "/publish",
    who: "a chair",
    stages: ["publication"],
    when: "after a publication pull request was closed unmerged",
    what: "opens a new pull request with the same approved text",
  },
  {
    name: "restore",
    usage: "/restore",
    who: "a chair",
    stages: [],
    when: "when another hand was found on the docket",
    what: "brings back the last version of the docket that the App sealed",
  },
  {
    name: "submit",
    usage: "/submit",
    who: "a chair",
    stages: ["published"],
    when: "after the IETF refused or canceled a submission",
    what: "submits the draft again, as it is now in the repository",
  },
  {
    name: "status",
    usage: "/status",
    who: "anyone",
    stages: STAGES,
    when: "at any time",
    what: "answers with the stage, the deadline and what happens next",
  },
  {
    name: "help",
    usage: "/help",
    who: "anyone",
    stages: STAGES,
    when: "at any time",
    what: "answers with this list",
  },
];

/** What can be written at a stage, beside `/status` and `/help`. */
export function commandsAt(stage: Stage): readonly CommandDescription[] {
  return COMMANDS.filter(
    ({ name, stages }) => name !== "status" && name !== "help" && stages.includes(stage),
  );
}

export function usageOf(name: CommandName): string {
  return COMMANDS.find((command) => command.name === name)?.usage ?? `/${name}`;
}
