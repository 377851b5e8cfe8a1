/** Sends a draft to the IETF: in the pass that has just recorded the intent, and in no other. */
import type { Decision } from "../proposal/decide.ts";
import { sha256 } from "../proposal/docket.ts";
import type { Facts } from "../proposal/facts.ts";
import { after } from "../proposal/instant.ts";
import { SENDING } from "../proposal/submission.ts";
import type { Clock, DatatrackerPort } from "./ports.ts";

export type SubmittingPorts = { readonly datatracker: DatatrackerPort; readonly clock: Clock };

/**
 * The facts with what came of it; null where nothing was to be sent. To be called once the decision's entries are
 * recorded. Whoever was held up for long after that does not send: by then others may have looked for the draft in vain.
 */
export async function sendDraft(
  { datatracker, clock }: SubmittingPorts,
  { entries, state }: Decision,
  facts: Facts,
): Promise<Facts | null> {
  const begun = entries.findLast((entry) => entry.kind === "submission-begun");
  const { submission } = state;
  if (begun === undefined || submission?.phase !== "begun") return null;
  if (clock.now() > after(begun.at, SENDING)) return null;
  const { submitter: user, draft: name, file } = begun;
  const answer = await datatracker.submit({ user, name, xml: xmlOf(facts, file.sha256) });
  const { round, attempts: attempt } = submission;
  return { ...facts, submissionOutcome: { round, attempt, answer } };
}

/** The very bytes that the intent names. */
function xmlOf({ draft }: Facts, digest: string): string {
  const xml = draft?.known ? draft.value.xml : null;
  if (xml?.status !== "read" || sha256(xml.text) !== digest)
    throw new Error("An intent to submit another draft than was read");
  return xml.text;
}
