/** What keeping the published standards needs of the world, beside what proposals need. */
import type { PublicationTerms } from "../charter/charter.ts";
import type { ProposalRef, Repository } from "../proposal/facts.ts";
import type { Instant } from "../proposal/instant.ts";
import type { PublishedFile } from "../publication/files.ts";
import type { Expiring } from "../publication/maintenance/expiry.ts";
import type { Log } from "./log.ts";
import type { Clock, DirectoryPort, GitHubPort, StorePort } from "./ports.ts";

/** An issue that the App has written. */
export type OwnIssue = {
  readonly ref: ProposalRef;
  readonly state: "open" | "closed";
  readonly title: string;
  readonly body: string;
};

export type LabelledIssue = {
  readonly ref: ProposalRef;
  readonly title: string;
  readonly url: string;
  readonly labels: readonly string[];
};

/** Issues that are no proposals. Every method throws `GitHubFailure` where GitHub fails. */
export type DeskPort = {
  /** The App's issues, open or not, whose text begins with a hidden key; the oldest first. */
  ownIssues(repository: Repository, key: string): Promise<readonly OwnIssue[]>;
  /** Open issues with a label, without pull requests. */
  labelled(repository: Repository, label: string): Promise<readonly LabelledIssue[]>;
  openIssue(
    repository: Repository,
    text: { readonly title: string; readonly body: string },
  ): Promise<ProposalRef>;
  changeIssue(
    ref: ProposalRef,
    change: { readonly title: string; readonly body: string; readonly state: "open" | "closed" },
  ): Promise<void>;
};

/** A standard to be renewed, or to be marked as expired. */
export type UpkeepOrder = {
  readonly what: "renewal" | "mark";
  /** The committee's repository. */
  readonly home: Repository;
  readonly committee: string;
  readonly standards: Repository;
  readonly terms: PublicationTerms;
  readonly expiring: Expiring;
  /** When it was asked for: the date of a renewed draft. */
  readonly at: Instant;
  /** A file of any repository, all of one repository at the same commit of its default branch; null: it is not there. */
  read(repository: Repository, path: string): Promise<string | null>;
};

export type UpkeepTarget = {
  readonly repository: Repository;
  readonly carries: "standards" | "website" | "both";
  /** Those that change; at least one. */
  readonly files: readonly PublishedFile[];
  /** Those of them that follow from the order and the standard's text alone. */
  readonly fixed: readonly string[];
};

export type MadeUpkeep = {
  /** The draft's name with its revision: the next one of a renewal. */
  readonly draft: string;
  /** The standard's own repository comes last: once its register is changed, the others are not looked at again. */
  readonly targets: readonly UpkeepTarget[];
  /** Sentences for whoever merges it. */
  readonly remarks: readonly string[];
};

/**
 * Makes the files of a renewal or a mark. Throws `CannotUpdate` of `publication/` with a sentence for people where one of
 * them cannot be made. The same order makes the same bytes at any time.
 */
export type UpkeepPress = { make(order: UpkeepOrder): Promise<MadeUpkeep> };

export type MaintenancePorts = {
  readonly github: Pick<GitHubPort, "observe" | "nameNow" | "read" | "readDocket" | "act" | "workshop">;
  readonly directory: Pick<DirectoryPort, "charter">;
  readonly desk: DeskPort;
  readonly press: UpkeepPress;
  readonly store: Pick<StorePort, "recall" | "remember" | "touch">;
  readonly clock: Clock;
  readonly log: Log;
};
