/** What the register says, and what is under way that concerns a draft which expires. Only reads. */
import type { MaintenanceRow, Pending } from "../messages/maintenance.ts";
import type { Entry } from "../proposal/entries.ts";
import { type ProposalRef, type PullRequestFact, type Repository, unknown } from "../proposal/facts.ts";
import type { Instant } from "../proposal/instant.ts";
import { PROPOSAL_LABEL } from "../proposal/labels.ts";
import { isEnded } from "../proposal/lifecycle.ts";
import { sameName } from "../proposal/publication-plan.ts";
import { fold } from "../proposal/state.ts";
import { CannotUpdate } from "../publication/file-update.ts";
import { branchOf, type Upkeep } from "../publication/maintenance/branches.ts";
import { type Expiring, type Maintenance, maintenanceOf } from "../publication/maintenance/expiry.ts";
import type { Register } from "../publication/register/model.ts";
import { readRegister } from "../publication/register/text.ts";
import { type Kept, onBehalf } from "./maintenance-keeper.ts";
import type { LabelledIssue, MaintenancePorts } from "./maintenance-ports.ts";
import { DocketDamaged, NeedsPeople } from "./ports.ts";

export type Look = {
  readonly register: Register;
  readonly maintenance: Maintenance;
  /** What is under way, by the standard's short name. */
  readonly pending: ReadonlyMap<string, readonly Pending[]>;
  readonly pulls: readonly UpkeepPull[];
};

/** A pull request that renews a draft, or marks it, in the standards' repository. */
export type UpkeepPull = { readonly of: Upkeep; readonly slug: string; readonly fact: PullRequestFact };

/** The label of an issue about a mistake in a published standard. */
const ERRATUM_LABEL = "errata";

/** Throws `NeedsPeople`, or a failure of GitHub, where it cannot be told. */
export async function lookAt(ports: MaintenancePorts, kept: Kept, now: Instant): Promise<Look> {
  const register = await readRegisterOf(ports.github, kept);
  const maintenance = maintenanceOf(register, now, kept.maintenance);
  const concerned = [...maintenance.due, ...maintenance.marked];
  if (concerned.length === 0) return { register, maintenance, pending: new Map(), pulls: [] };
  const pulls = await upkeepPulls(ports.github, kept, concerned);
  const found = [
    ...(await proposalsAgainst(ports, kept.home)),
    ...(await errataAgainst(ports, kept, concerned)),
    ...pulls.map(({ slug, of, fact }) => ({ slug, pending: pullPending(of, fact) })),
  ];
  const pending = new Map(
    [...Map.groupBy(found, ({ slug }) => slug)].map(([slug, each]) => [slug, each.map((one) => one.pending)]),
  );
  return { register, maintenance, pending, pulls };
}

async function readRegisterOf(
  github: MaintenancePorts["github"],
  { home, standards, register }: Kept,
): Promise<Register> {
  const { read } = await github.workshop(onBehalf(home), standards, "read");
  try {
    return readRegister(await read(register));
  } catch (error) {
    throw error instanceof CannotUpdate ? new NeedsPeople(error.message, { cause: error }) : error;
  }
}

export function rowsOf(
  all: readonly Expiring[],
  { pending }: Pick<Look, "pending">,
): readonly MaintenanceRow[] {
  return all.map((each) => ({ ...each, pending: pending.get(each.standard.slug) ?? [] }));
}

type Found = { readonly slug: string; readonly pending: Pending };

/** More open proposals than a committee has; each costs a request. */
const MOST_PROPOSALS = 200;

/** Open proposals that would change or retire a standard, by what their dockets say. */
async function proposalsAgainst(
  { desk, github }: MaintenancePorts,
  home: Repository,
): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (const { ref, url } of (await desk.labelled(home, PROPOSAL_LABEL)).slice(0, MOST_PROPOSALS)) {
    const { stage, text } = fold(await entriesOf(github, ref));
    if (text === null || text.proposal === "new" || stage === "new" || isEnded(stage)) continue;
    found.push({
      slug: text.slug,
      pending: { what: text.proposal, repository: home, number: ref.number, url },
    });
  }
  return found;
}

/** A damaged docket is told of on its own proposal; here it only cannot say what that proposal is about. */
async function entriesOf(github: MaintenancePorts["github"], ref: ProposalRef): Promise<readonly Entry[]> {
  try {
    return (await github.readDocket(ref)).entries;
  } catch (error) {
    if (error instanceof DocketDamaged) return [];
    throw error;
  }
}

/**
 * Open issues with the label `errata`, in the committee's repository or the standards', that name a standard: by a label
 * with its short name, or by that name as a word of the title.
 */
async function errataAgainst(
  { desk }: MaintenancePorts,
  { home, standards }: Kept,
  concerned: readonly Expiring[],
): Promise<readonly Found[]> {
  const places = sameName(home, standards) ? [home] : [home, standards];
  const issues: LabelledIssue[] = [];
  for (const place of places) issues.push(...(await desk.labelled(place, ERRATUM_LABEL)));
  return concerned.flatMap(({ standard: { slug } }) =>
    issues
      .filter((issue) => isAbout(issue, slug))
      .map(({ ref, url }) => {
        const { owner, name, number } = ref;
        return { slug, pending: { what: "erratum", repository: { owner, name }, number, url } as const };
      }),
  );
}

function isAbout({ title, labels }: LabelledIssue, slug: string): boolean {
  if (labels.some((label) => label.toLowerCase() === slug)) return true;
  return title
    .toLowerCase()
    .split(/[^a-z0-9-]+/)
    .includes(slug);
}

async function upkeepPulls(
  github: MaintenancePorts["github"],
  { home, standards: repository }: Kept,
  concerned: readonly Expiring[],
): Promise<readonly UpkeepPull[]> {
  const wanted = concerned.flatMap((expiring) =>
    (["renewal", "mark"] as const).map((of) => ({
      of,
      slug: expiring.standard.slug,
      branch: branchOf(of, expiring),
    })),
  );
  const targets = wanted.map(({ branch }) => ({ repository, branch, paths: [], openedPaths: [] }));
  const { pullRequests = unknown("GitHub was not asked") } = await github.read(onBehalf(home), {
    fact: "pullRequests",
    targets,
  });
  if (!pullRequests.known) throw new NeedsPeople(pullRequests.because);
  return wanted.flatMap(({ of, slug, branch }) =>
    pullRequests.value.filter((fact) => fact.branch === branch).map((fact) => ({ of, slug, fact })),
  );
}

function pullPending(of: Upkeep, { repository, number, url, state }: PullRequestFact): Pending {
  return { what: of === "renewal" ? "renewal" : "marking", repository, number, url, state };
}

/** The look, with the pull requests that were opened since. */
export function withPulls(look: Look, opened: readonly UpkeepPull[]): Look {
  const pending = new Map(look.pending);
  for (const { slug, of, fact } of opened)
    pending.set(slug, [...(pending.get(slug) ?? []), pullPending(of, fact)]);
  return { ...look, pending, pulls: [...look.pulls, ...opened] };
}
