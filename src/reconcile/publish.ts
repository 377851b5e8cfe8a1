/**
 * From an approved proposal to its pull requests. Every repository is looked at and every file is made before the first
 * branch, and every branch before the first pull request: what stands in the way of one is found while none is open.
 */
import type { Action } from "../proposal/actions.ts";
import { sha256 } from "../proposal/docket.ts";
import type { Facts, ProposalRef, Repository } from "../proposal/facts.ts";
import {
  type PublicationPlan,
  publicationPlans,
  publishesText,
  sameName,
} from "../proposal/publication-plan.ts";
import type { ProposalState } from "../proposal/state.ts";
import { CannotUpdate } from "../publication/file-update.ts";
import {
  type GitHubPort,
  type MadeTarget,
  NeedsPeople,
  type PressPort,
  type PublicationOrder,
  type Workshop,
} from "./ports.ts";
import { publicationRequest } from "./words.ts";

export type PublishingPorts = { readonly github: GitHubPort; readonly press: PressPort };

/** In bytes: what git and GitHub take easily, and more than a publication is ever large. */
const LARGEST_COMMIT = 30 * 1024 * 1024;

/** What is to be done for these plans, in its order. Only reads. Throws `NeedsPeople` where only people can help. */
export async function publicationActions(
  { github, press }: PublishingPorts,
  plans: readonly PublicationPlan[],
  state: ProposalState,
  facts: Facts,
): Promise<readonly Action[]> {
  const { issue, charter } = facts;
  if (charter?.status !== "valid") throw new Error("A publication without a charter");
  const { committee, publication: terms } = charter.charter;
  const text = publishesText(state) ? await votedText(github, issue.ref, state) : null;
  const workshopIn = workshopsOf(github, issue.ref);
  for (const { repository } of plans) await workshopIn(repository, "write");
  const read: PublicationOrder["read"] = async (repository, path) =>
    (await workshopIn(repository, "read")).read(path);
  const made = await makeAll(press, { issue, state, committee, terms, text, plans, read });
  const all = publicationPlans(state, issue.ref, terms).map(({ repository }) => repository);
  const requests = [];
  for (const target of made) {
    const { repository } = target.plan;
    const { base } = await workshopIn(repository, "write");
    const elsewhere = all.filter((each) => !sameName(each, repository));
    requests.push(publicationRequest(facts, target, { state, elsewhere, base }));
  }
  return [...requests.map(({ branch }) => branch), ...requests.map(({ pullRequest }) => pullRequest)];
}

type WorkshopIn = (repository: Repository, purpose: "read" | "write") => Promise<Workshop>;

/** Each repository is looked at once, so that all that is read of it fits together, and with what is built on it. */
export function workshopsOf(github: Pick<GitHubPort, "workshop">, ref: ProposalRef): WorkshopIn {
  const open = new Map<string, Promise<Workshop>>();
  return (repository, purpose) => {
    const key = `${repository.owner}/${repository.name}`.toLowerCase();
    const workshop = open.get(key) ?? github.workshop(ref, repository, purpose);
    open.set(key, workshop);
    return workshop;
  };
}

async function makeAll(press: PressPort, order: PublicationOrder): Promise<readonly MadeTarget[]> {
  try {
    const made = await press.make(order);
    for (const target of made) assertFits(target);
    return made;
  } catch (error) {
    throw error instanceof CannotUpdate ? new NeedsPeople(error.message, { cause: error }) : error;
  }
}

function assertFits({ plan: { repository }, files }: MadeTarget): void {
  const where = `${repository.owner}/${repository.name}`;
  if (files.length === 0) throw new Error(`A publication without a file for ${where}`);
  if (new Set(files.map(({ path }) => path)).size < files.length)
    throw new Error(`A publication with two files of one name for ${where}`);
  const bytes = files.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0);
  if (bytes > LARGEST_COMMIT) {
    throw new NeedsPeople(
      `What would be published to ${where} is larger than ${LARGEST_COMMIT / 1024 / 1024} MiB, so no pull request is opened. A maintainer has to publish it by hand.`,
    );
  }
}

/** What is published is the text that was voted on: it is taken from beside the docket and checked. */
async function votedText(github: GitHubPort, ref: ProposalRef, state: ProposalState): Promise<string> {
  const pin = state.ballot?.opened.text;
  if (!pin) throw new Error("A publication without a ballot");
  const text = await github.readDocketText(ref, pin.text);
  if (text !== null && sha256(text) === pin.text) return text;
  throw new NeedsPeople(
    "The text kept beside the docket is not the one that was voted on, so nothing is published. It has to be put back from the history of the branch dockets.",
  );
}
