/**
 * What people have asked for, and what has expired, becomes pull requests: each found by its branch or made, the
 * website's before the standard's, so that the register never runs ahead of what is still to be opened.
 */
import {
  type MaintenanceNotice,
  maintenanceCommitMessage,
  maintenancePullBody,
  maintenancePullTitle,
} from "../messages/maintenance-pulls.ts";
import type { Action } from "../proposal/actions.ts";
import type { CommentFact, ProposalRef } from "../proposal/facts.ts";
import type { Instant } from "../proposal/instant.ts";
import { CannotUpdate } from "../publication/file-update.ts";
import { branchOf, type Upkeep } from "../publication/maintenance/branches.ts";
import type { Expiring } from "../publication/maintenance/expiry.ts";
import {
  type RenewRefusal,
  type RenewRequest,
  renewRequests,
  requested,
} from "../publication/maintenance/renewals.ts";
import { type Kept, onBehalf } from "./maintenance-keeper.ts";
import type { Look, UpkeepPull } from "./maintenance-look.ts";
import type { MadeUpkeep, MaintenancePorts, UpkeepTarget } from "./maintenance-ports.ts";
import { hasSeat } from "./maintenance-seats.ts";
import { NeedsPeople } from "./ports.ts";
import { workshopsOf } from "./publish.ts";

/** What became of a request. */
export type Answer = { readonly request: RenewRequest; readonly refusal: RenewRefusal | null };

export type Tended = {
  readonly answers: readonly Answer[];
  readonly opened: readonly UpkeepPull[];
  /** What kept something from being done; null: nothing. What was done stands. */
  readonly failure: unknown;
};

type Reason = { readonly request: RenewRequest; readonly issue: ProposalRef } | null;

/** One thing that fails keeps nothing else from being done. */
export async function tend(
  ports: MaintenancePorts,
  kept: Kept,
  look: Look,
  told: { readonly issue: ProposalRef; readonly comments: readonly CommentFact[] } | null,
): Promise<Tended> {
  const answers: Answer[] = [];
  const opened: UpkeepPull[] = [];
  let failure: unknown = null;
  const trying = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      failure ??= error;
    }
  };
  const open = async (what: Upkeep, expiring: Expiring, reason: Reason) => {
    opened.push(...(await openAll(ports, kept, { what, expiring, reason })));
  };
  const serve = async (request: RenewRequest, issue: ProposalRef) => {
    const ruling = await rule(ports, kept, withOpened(look, opened), request);
    if (!("refusal" in ruling)) {
      for (const expiring of ruling.toOpen) await open("renewal", expiring, { request, issue });
      answers.push({ request, refusal: null });
    } else if (!request.isAcknowledged) {
      // What was carried out once is not refused later, whatever has changed since.
      answers.push({ request, refusal: ruling.refusal });
    }
  };
  if (told !== null)
    for (const request of renewRequests(told.comments)) await trying(() => serve(request, told.issue));
  for (const expiring of toMark(withOpened(look, opened))) await trying(() => open("mark", expiring, null));
  return { answers, opened, failure };
}

function withOpened(look: Look, opened: readonly UpkeepPull[]): Look {
  return { ...look, pulls: [...look.pulls, ...opened] };
}

/** Expired, not marked yet, and not about to be renewed. A mark that was closed unmerged is not made again. */
function toMark({ maintenance, pulls }: Look): readonly Expiring[] {
  return maintenance.due.filter(({ standard: { slug }, hasExpired }) => {
    const own = pulls.filter((pull) => pull.slug === slug);
    const isRenewed = own.some(({ of, fact }) => of === "renewal" && fact.state !== "closed");
    return hasExpired && !isRenewed && !own.some(({ of }) => of === "mark");
  });
}

type Ruling = { readonly toOpen: readonly Expiring[] } | { readonly refusal: RenewRefusal };

async function rule(ports: MaintenancePorts, kept: Kept, look: Look, request: RenewRequest): Promise<Ruling> {
  if (request.isEdited) return { refusal: { why: "edited" } };
  const asked = requested(request, look.register, look.maintenance, kept.maintenance);
  if ("refusal" in asked) return asked;
  const toOpen: Expiring[] = [];
  for (const expiring of asked.wanted) {
    const { slug } = expiring.standard;
    const pull = look.pulls.find((each) => each.slug === slug && each.of === "renewal")?.fact;
    if (pull === undefined) toOpen.push(expiring);
    else if (pull.state === "closed" && (pull.closedAt ?? request.at) < request.at)
      return { refusal: { why: "closed unmerged", slug, number: pull.number, url: pull.url } };
  }
  // A seat lost after a pull request was opened undoes nothing: it is asked for only where one is to be made.
  if (toOpen.length > 0 && !(await hasSeat(ports.github, kept, request.by)))
    return { refusal: { why: "no seat" } };
  return { toOpen };
}

type Work = { readonly what: Upkeep; readonly expiring: Expiring; readonly reason: Reason };

/** Looks at every repository and makes every file before the first branch, and every branch before the first pull request. */
async function openAll(ports: MaintenancePorts, kept: Kept, work: Work): Promise<readonly UpkeepPull[]> {
  const { github, press } = ports;
  const { home, standards, terms, charter } = kept;
  const { what, expiring, reason } = work;
  const at: Instant = reason?.request.at ?? expiring.expires;
  const ref = reason?.issue ?? onBehalf(home);
  const workshopIn = workshopsOf(github, ref);
  await workshopIn(standards, "write");
  if (terms.website !== null) await workshopIn(terms.website.repository, "write");
  const order = {
    what,
    home,
    committee: charter.committee,
    standards,
    terms,
    expiring,
    at,
    read: async (repository: typeof home, path: string) => (await workshopIn(repository, "read")).read(path),
  };
  const made = await press.make(order).catch((error: unknown) => {
    throw error instanceof CannotUpdate ? new NeedsPeople(error.message, { cause: error }) : error;
  });
  const requests = [];
  for (const target of made.targets)
    requests.push(requestFor(kept, work, made, target, (await workshopIn(target.repository, "write")).base));
  for (const { branch } of requests) await github.act(ref, branch);
  const opened: UpkeepPull[] = [];
  for (const { pullRequest, isStandards } of requests) {
    const outcome = await github.act(ref, pullRequest);
    if (isStandards && outcome.made === "pull request")
      opened.push({ of: what, slug: expiring.standard.slug, fact: outcome.pullRequest });
  }
  return opened;
}

type Base = Extract<Action, { do: "make branch" }>["base"];

function requestFor(
  { home }: Kept,
  { what, expiring, reason }: Work,
  made: MadeUpkeep,
  target: UpkeepTarget,
  base: Base,
) {
  const { repository, files, fixed, carries } = target;
  const branch = branchOf(what, expiring);
  const notice: MaintenanceNotice = {
    committee: home,
    slug: expiring.standard.slug,
    draft: made.draft,
    carries,
    files: files.map(({ path }) => path),
    remarks: carries === "website" ? [] : made.remarks,
    why:
      reason === null
        ? { kind: "expired", expired: expiring.expires }
        : { kind: "renewal", issue: reason.issue, by: reason.request.by, at: reason.request.at },
  };
  const commitMessage = maintenanceCommitMessage(notice);
  const title = maintenancePullTitle(notice);
  const body = maintenancePullBody(notice);
  return {
    branch: { do: "make branch", repository, branch, base, commitMessage, files, fixed } as const,
    pullRequest: {
      do: "open pull request",
      repository,
      branch,
      into: base.branch,
      title,
      body,
      recorded: [],
    } as const,
    isStandards: carries !== "website",
  };
}
