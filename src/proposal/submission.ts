/**
 * What happens to a published draft at the IETF: whether it is submitted, and what became of it. A draft is sent only by
 * the pass that has just recorded its intent; where the outcome is not known, it is looked for before it is sent again.
 */
import type { PublicationTerms } from "../charter/charter.ts";
import type { EntryOf, Refusal } from "./entries.ts";
import type { DatatrackerState, DatatrackerWant, Facts, ProposalRef, Submission } from "./facts.ts";
import {
  after,
  DAY,
  HOUR,
  type Instant,
  MINUTE,
  SETTLING,
  type Seconds,
  seconds,
  secondsBetween,
} from "./instant.ts";
import { publicationPlans, publishesText } from "./publication-plan.ts";
import type { ProposalState } from "./state.ts";
import { record, type Step, wait } from "./step.ts";
import { type DraftToSend, draftToSend } from "./submission-draft.ts";
import type { SubmissionTerms, Withholding } from "./submission-entries.ts";
import { canBeTriedAgain, type SubmissionState } from "./submission-life.ts";

/** While a draft is being sent nobody looks for it; and whoever has not sent it within this time does not send it. */
export const SENDING = seconds(2 * MINUTE);

/** The datatracker is not asked for ever about what does not move. */
const PATIENCE = seconds(30 * DAY);

/** How often a draft is sent when no outcome can be had; the wait doubles each time, from 10 minutes to 21 hours. */
const MOST_ATTEMPTS = 8;

/** How a publication goes to the IETF, for the entry that opens it; null: not at all. */
export function submissionTerms(
  state: ProposalState,
  ref: ProposalRef,
  terms: PublicationTerms,
): SubmissionTerms | null {
  const { ietf, draft, register } = terms;
  const [standard] = publicationPlans(state, ref, terms);
  if (ietf === null || draft === null || !standard?.sourcePath || !publishesText(state)) return null;
  const { repository, slug, sourcePath } = standard;
  return {
    submitter: ietf.submitter,
    repository,
    path: `${sourcePath}.xml`,
    register: register === null ? null : { path: register, slug },
  };
}

/** The next step with what was published. */
export function submission({ submission: submitted }: ProposalState, facts: Facts, now: Instant): Step {
  if (submitted === null) return wait("the proposal has ended", null);
  switch (submitted.phase) {
    case "due":
      return submit(submitted, facts, now);
    case "begun":
      return outcome(submitted, facts, now);
    case "validating":
    case "auth":
    case "approval":
      return follow(submitted, facts, now);
    case "posted":
      return wait("the draft is posted", null);
    case "canceled":
    case "refused":
    case "withheld":
    case "given up":
      return wait(`the submission to the IETF ended: ${submitted.phase}`, null);
  }
}

/** Why a chair's `/submit` is refused; null: it is not. */
export function whyNotAgain({ submission: before }: ProposalState): Refusal | null {
  if (before === null) return { why: "no submitter" };
  if (before.phase === "posted") return { why: "submission posted" };
  return canBeTriedAgain(before.phase) ? null : { why: "submission in progress" };
}

/** Sends what is fit to be sent, if it is not at the datatracker already. */
function submit(submitted: SubmissionState, facts: Facts, now: Instant): Step {
  const draft = draftToSend(submitted.terms, submitted.commit, facts);
  if ("step" in draft) return draft.step;
  if ("withheld" in draft) return withhold(draft.withheld, now);
  const search = found(draft.got.name, facts);
  if (search === undefined) return ask({ fact: "submissionFound", draft: draft.got.name });
  if (!search.known) return later(submitted, search.because, now);
  if (search.value !== null)
    return taken(draft.got.name, search.value, "the draft is at the datatracker already", now);
  return record("the draft is sent to the datatracker", [begin(submitted, draft.got, now)]);
}

/** What came of an intent. */
function outcome(submitted: SubmissionState, facts: Facts, now: Instant): Step {
  const { begun, attempts } = submitted;
  if (begun === null) throw new Error("An outcome without an intent");
  const known = facts.submissionOutcome;
  if (known !== undefined && known.round === submitted.round && known.attempt === attempts) {
    const { answer } = known;
    if (answer.outcome === "submitted")
      return taken(begun.draft, answer, "the datatracker took the draft", now);
    if (answer.outcome === "refused") {
      const { error, messages } = answer;
      return record("the datatracker refused the draft", [
        { kind: "submission-refused", error, messages, at: now },
      ]);
    }
  }
  const sent = after(begun.at, SENDING);
  if (now <= sent) return wait("the draft is being sent", after(sent, seconds(1)));
  const search = found(begun.draft, facts);
  if (search === undefined) return ask({ fact: "submissionFound", draft: begun.draft });
  if (!search.known) return later(submitted, search.because, now);
  if (search.value !== null)
    return taken(begun.draft, search.value, "the draft arrived at the datatracker", now);
  return sendAgain(submitted, begun, facts, now);
}

/** The datatracker does not have it: that is believed when GitHub's and its own reads have settled. */
function sendAgain(
  submitted: SubmissionState,
  begun: EntryOf<"submission-begun">,
  facts: Facts,
  now: Instant,
): Step {
  const again = after(begun.at, seconds(SETTLING * 2 ** (submitted.attempts - 1)));
  if (now <= again) return wait("the datatracker does not have the draft (yet)", after(again, seconds(1)));
  if (submitted.attempts >= MOST_ATTEMPTS) return giveUp("the draft was sent often enough", now);
  const draft = draftToSend(submitted.terms, begun.file.commit, facts);
  if ("step" in draft) return draft.step;
  if ("withheld" in draft) return withhold(draft.withheld, now);
  return record("the draft is sent to the datatracker once more", [begin(submitted, draft.got, now)]);
}

/** Asks what became of a submission, the less often the longer nothing happens. */
function follow(submitted: SubmissionState, facts: Facts, now: Instant): Step {
  const { phase, since, submitted: pin } = submitted;
  if (pin === null) throw new Error("A submission without its number");
  const { id, statusUrl } = pin;
  const state = facts.submissionState?.id === id ? facts.submissionState : undefined;
  if (state === undefined) return ask({ fact: "submissionState", submission: { id, statusUrl } });
  if (!state.known) return later(submitted, state.because, now);
  if (state.value !== "validating" && state.value !== phase) return moved(state.value, now);
  const waited = secondsBetween(since, now);
  if (waited > PATIENCE) return giveUp("nothing became of the submission", now);
  return wait(`the submission is at the state ${phase}`, after(now, pace(phase, waited)));
}

/** The draft is processed in minutes; people take hours or days. */
function pace(phase: SubmissionState["phase"], waited: Seconds): Seconds {
  if (phase === "validating" && waited < HOUR) return seconds(2 * MINUTE);
  return waited < 3 * DAY ? HOUR : seconds(6 * HOUR);
}

function found(draft: string, { submissionFound }: Facts): Facts["submissionFound"] {
  return submissionFound?.draft === draft ? submissionFound : undefined;
}

function ask(want: DatatrackerWant): Step {
  return { do: "want", want, because: `the ${want.fact} must be read first`, checks: [] };
}

/** The datatracker cannot be asked: that passes, and nobody has to do anything for it. */
function later({ phase, since }: SubmissionState, because: string, now: Instant): Step {
  const waited = secondsBetween(since, now);
  if (waited > PATIENCE) return giveUp("the datatracker could not be asked", now);
  return wait(because, after(now, waited < HOUR ? SETTLING : pace(phase, waited)));
}

function begin(
  { terms }: SubmissionState,
  { name, file }: DraftToSend,
  now: Instant,
): EntryOf<"submission-begun"> {
  return { kind: "submission-begun", draft: name, submitter: terms.submitter, file, at: now };
}

function taken(draft: string, { id, statusUrl }: Submission, because: string, now: Instant): Step {
  return record(because, [{ kind: "submitted", draft, id, statusUrl, at: now }]);
}

function withhold(reason: Withholding, now: Instant): Step {
  return record(`the draft is not submitted: ${reason.why}`, [
    { kind: "submission-withheld", reason, at: now },
  ]);
}

function moved(state: Exclude<DatatrackerState, "validating">, now: Instant): Step {
  return record(`the submission is now at the state ${state}`, [
    { kind: "submission-moved", state, at: now },
  ]);
}

function giveUp(because: string, now: Instant): Step {
  return record(because, [{ kind: "submission-given-up", at: now }]);
}
