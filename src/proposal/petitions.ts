/** Commands that people gave in comments: each becomes an entry once, accepted or refused. */
import type { Charter } from "../charter/charter.ts";
import { isAuthor, sits } from "./authority.ts";
import type { Command } from "./commands.ts";
import { parseCommand } from "./commands.ts";
import type { CommandName, EntryBody, Refusal, Stage } from "./entries.ts";
import type { CharterPin, CommentFact, Facts, Person } from "./facts.ts";
import { after, type Instant } from "./instant.ts";
import { BEFORE_APPROVAL, STAGES } from "./lifecycle.ts";
import { standingPullRequests } from "./publishing.ts";
import type { ProposalState } from "./state.ts";
import { type Need, needCharter, record, type Step } from "./step.ts";
import { whyNotAgain } from "./submission.ts";
import { sight } from "./text.ts";

/** A command as it was given. Its time is the comment's last edit: an old comment cannot be turned into an old command. */
export type Petition = {
  readonly command: Command;
  readonly by: Person;
  readonly comment: number;
  readonly at: Instant;
  /** GitHub does not say who edited a comment: it may not have been its author. */
  readonly isEdited: boolean;
  /** The comment says more than its question, and is feedback as well. */
  readonly saysMore: boolean;
};

/** Every command in the comments, in the order in which they were given. Bots and deleted accounts give none. */
export function petitionsIn(comments: readonly CommentFact[]): readonly Petition[] {
  return comments
    .flatMap((comment) => petitionIn(comment) ?? [])
    .sort((one, other) => (one.at === other.at ? one.comment - other.comment : one.at < other.at ? -1 : 1));
}

/** A comment is the same value as long as it lives: what it says is read once. */
const read = new WeakMap<CommentFact, Petition | null>();

function petitionIn(comment: CommentFact): Petition | null {
  const known = read.get(comment);
  if (known !== undefined) return known;
  const petition = petitionFrom(comment);
  read.set(comment, petition);
  return petition;
}

function petitionFrom(comment: CommentFact): Petition | null {
  if (comment.byApp || comment.authorIsBot || comment.author === null) return null;
  const command = parseCommand(comment.body);
  if (command === null) return null;
  const { id, author: by, updatedAt: at, createdAt, body } = comment;
  const saysMore = isQuestion(command) && body.trim().includes("\n");
  return { command, by, comment: id, at, isEdited: at !== createdAt, saysMore };
}

/** Who was refused this often at one stage is not heard again at it: the record is no place to shout. */
const REFUSALS_EACH = 5;

/** Slips in a command that one may give are always answered. */
const OUT_OF_PLACE: ReadonlySet<Refusal["why"]> = new Set(["not allowed", "wrong stage", "edited"]);

/** A command that is neither carried out nor answered, now or later: one too many of somebody who was refused before. */
export function isVoid({ by, at }: Petition, { refusals, moves }: ProposalState): boolean {
  const isSameStage = (earlier: Instant) =>
    earlier <= at && !moves.some((move) => earlier < move && move <= at);
  const refused = refusals.filter(
    ({ entry }) => entry.by?.id === by.id && isSameStage(entry.at) && OUT_OF_PLACE.has(entry.refusal.why),
  );
  return refused.length >= REFUSALS_EACH;
}

/** `/help` and `/status` ask a question; they change nothing and are not on the record. */
export function isQuestion(command: Command): boolean {
  return command.name === "help" || command.name === "status";
}

/** The step that answers one command. */
export function settle(petition: Petition, state: ProposalState, facts: Facts, now: Instant): Step {
  const stages = STAGES_OF[petition.command.name];
  if (state.stage === "new" || !stages.includes(state.stage)) {
    return refuse(petition, { why: "wrong stage", needed: stages });
  }
  if (petition.isEdited) return refuse(petition, { why: "edited" });
  if (petition.command.name === "withdraw" && isAuthor(petition.by, facts))
    return withdraw(petition, petition.command.reason);
  const charter = needCharter(facts);
  if (!("got" in charter)) return charter.step;
  const allowed = isAllowed(petition, charter.got.charter, facts);
  if (!("got" in allowed)) return allowed.step;
  if (allowed.got !== null) return refuse(petition, allowed.got);
  return carryOut(petition, state, facts, { ...charter.got, now });
}

const STAGES_OF: Readonly<Record<CommandName, readonly Stage[]>> = {
  accept: ["assessment"],
  return: ["assessment"],
  decline: ["assessment"],
  extend: ["comment"],
  withdraw: BEFORE_APPROVAL,
  publish: ["publication"],
  restore: STAGES,
  submit: ["published"],
  status: [],
  help: [],
};

type Given = { readonly charter: Charter; readonly pin: CharterPin; readonly now: Instant };

/** Why this person may not give this command; null: they may. */
function isAllowed(petition: Petition, charter: Charter, facts: Facts): Need<Refusal | null> {
  switch (petition.command.name) {
    case "accept":
    case "return":
    case "decline":
      return reviewerWhoIsNotTheAuthor(petition.by, charter, facts);
    case "withdraw":
      return chairOr({ why: "not allowed", who: "author or chairs" }, petition.by, charter, facts);
    default:
      return chairOr({ why: "not allowed", who: "chairs" }, petition.by, charter, facts);
  }
}

function reviewerWhoIsNotTheAuthor(person: Person, charter: Charter, facts: Facts): Need<Refusal | null> {
  const reviewer = sits(person, "reviewers", charter, facts);
  if (!("got" in reviewer)) return reviewer;
  if (!reviewer.got) return { got: { why: "not allowed", who: "reviewers" } };
  return { got: isAuthor(person, facts) ? { why: "own proposal" } : null };
}

function chairOr(refusal: Refusal, person: Person, charter: Charter, facts: Facts): Need<Refusal | null> {
  const chair = sits(person, "chairs", charter, facts);
  return "got" in chair ? { got: chair.got ? null : refusal } : chair;
}

function carryOut(petition: Petition, state: ProposalState, facts: Facts, given: Given): Step {
  const { command } = petition;
  switch (command.name) {
    case "accept":
      return accept(petition, state, facts, given);
    case "return":
    case "decline":
      return command.reason === null
        ? refuse(petition, { why: "reason missing" })
        : sendBack(petition, command.name, command.reason, state);
    case "extend":
      return extend(petition, command, state);
    case "withdraw":
      return withdraw(petition, command.reason);
    case "publish":
      return publishAgain(petition, state, facts);
    case "restore":
      // A docket that had to be restored is never decided on: that command is carried out before.
      return refuse(petition, { why: "docket whole" });
    case "submit":
      return submitAgain(petition, state, given);
    case "status":
    case "help":
      throw new Error("A question is answered, not carried out");
  }
}

/**
 * What a reviewer accepts is the text that is on the record of the assessment. An edit that is noticed together with the
 * command may be younger than it: the comment period then opens on the older text, and notes the edit.
 */
function accept(petition: Petition, state: ProposalState, facts: Facts, { charter, pin, now }: Given): Step {
  const sighting = sight(state, facts);
  if (!("got" in sighting)) return sighting.step;
  if (sighting.got.pinned === null) return refuse(petition, { why: "documentation incomplete" });
  if (state.text === null) throw new Error("An assessment without a text");
  const { lasts, reminders, onEdit } = charter.commentPeriod;
  const closesAt = after(now, lasts);
  return record(`@${petition.by.login} accepted it`, [
    { kind: "accepted", by: petition.by, comment: petition.comment, at: petition.at },
    {
      kind: "comment-period-opened",
      closesAt,
      reminders,
      onEdit,
      lasts,
      documentation: charter.documentation,
      text: state.text,
      charter: pin,
      at: now,
    },
  ]);
}

/** What is returned is the text that the reviewers had before them: it is looked at again once it is another. */
function sendBack(
  petition: Petition,
  kind: "return" | "decline",
  reason: string,
  state: ProposalState,
): Step {
  const { by, comment } = petition;
  if (kind === "decline") return grant(petition, { kind: "declined", by, comment, reason });
  if (state.text === null) throw new Error("An assessment without a text");
  const { issue, text } = state.text;
  return grant(petition, { kind: "returned", by, comment, reason, issue, text });
}

function withdraw(petition: Petition, reason: string | null): Step {
  return grant(petition, { kind: "withdrawn", by: petition.by, comment: petition.comment, reason });
}

/** Only what was closed unmerged is made again; where nothing was, there is nothing to ask for. */
function publishAgain(petition: Petition, state: ProposalState, facts: Facts): Step {
  const { by, comment } = petition;
  const standing = standingPullRequests(state, facts);
  return standing.length === state.publication.pullRequests.length
    ? refuse(petition, { why: "pull request open" })
    : grant(petition, { kind: "publication-requested", by, comment, standing });
}

/** By the charter as it is now: a wrong submitter is mended there. */
function submitAgain(petition: Petition, state: ProposalState, { charter }: Given): Step {
  const { by, comment } = petition;
  const { ietf } = charter.publication;
  if (ietf === null) return refuse(petition, { why: "no submitter" });
  const refusal = whyNotAgain(state);
  if (refusal !== null) return refuse(petition, refusal);
  return grant(petition, { kind: "submission-requested", by, comment, submitter: ietf.submitter });
}

function extend(
  petition: Petition,
  command: Extract<Command, { name: "extend" }>,
  state: ProposalState,
): Step {
  const period = state.commentPeriod;
  if (period === null) throw new Error("The stage comment without a comment period");
  if (command.span === null) return refuse(petition, { why: "span missing" });
  if (command.span <= 0) return refuse(petition, { why: "not later" });
  if (command.reason === null) return refuse(petition, { why: "reason missing" });
  const { by, comment } = petition;
  const closesAt = after(period.closesAt, command.span);
  return grant(petition, { kind: "extended", by, comment, reason: command.reason, closesAt });
}

function grant(petition: Petition, entry: EntryBody): Step {
  return record(`@${petition.by.login} gave the command /${petition.command.name}`, [
    { ...entry, at: petition.at },
  ]);
}

function refuse(petition: Petition, refusal: Refusal): Step {
  const { by, comment, command, at } = petition;
  return record(`the command /${command.name} of @${by.login} is refused: ${refusal.why}`, [
    { kind: "command-refused", by, comment, command: command.name, refusal, at },
  ]);
}
