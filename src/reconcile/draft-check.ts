/**
 * The pass over one of the App's pull requests: each draft in it is run through idnits as it stands at the newest commit, and
 * the result is told there. A commit that was checked is not checked again.
 */
import type { PublicationTerms } from "../charter/charter.ts";
import { type DraftCheck, type DraftReport, draftReport } from "../messages/draft-check.ts";
import { proposalOf } from "../messages/key.ts";
import { maintainedFor } from "../messages/maintenance-pulls.ts";
import type { ProposalRef, Repository } from "../proposal/facts.ts";
import type { Instant } from "../proposal/instant.ts";
import { sameName } from "../proposal/publication-plan.ts";
import { readTitleBlock, titleBlockOf } from "../publication/draft/title-block.ts";
import { CannotUpdate } from "../publication/file-update.ts";
import { type Register, standardIn } from "../publication/register/model.ts";
import { readRegister } from "../publication/register/text.ts";
import { type Clock, type DirectoryPort, GitHubFailure, type StorePort } from "./ports.ts";
import { subjectKey } from "./subjects.ts";

/** An open pull request that the App has made. */
type OwnPullRequest = {
  /** The newest commit. */
  readonly head: string;
  readonly body: string;
};

export type ChecksPort = {
  /** null: there is no open one of that number that is the App's. */
  pullRequest(ref: ProposalRef): Promise<OwnPullRequest | null>;
  /** The paths that it adds or changes. */
  changedFiles(ref: ProposalRef): Promise<readonly string[]>;
  /** Whether a check of the App's stands on a commit with its result. */
  isChecked(repository: Repository, commit: string): Promise<boolean>;
  file(repository: Repository, commit: string, path: string): Promise<Uint8Array | string | null>;
  report(repository: Repository, commit: string, report: DraftReport): Promise<void>;
};

/** idnits over the bytes of one file. Never throws. */
export type DraftChecker = (
  content: Uint8Array,
  about: { readonly path: string; readonly registered: string | null; readonly now: Instant },
) => Promise<DraftCheck>;

export type DraftCheckPorts = {
  readonly checks: ChecksPort;
  readonly directory: Pick<DirectoryPort, "charter">;
  readonly check: DraftChecker;
  readonly store: Pick<StorePort, "remember">;
  readonly clock: Clock;
};

export async function checkDrafts(ports: DraftCheckPorts, ref: ProposalRef): Promise<null> {
  const { checks, store } = ports;
  const pull = await checks.pullRequest(ref);
  if (pull === null) return null;
  const terms = await termsFor(ports, ref, pull);
  if (terms !== null && !(await checks.isChecked(ref, pull.head))) {
    const report = await reportOn(ports, ref, pull, terms);
    if (report !== null) await checks.report(ref, pull.head, report);
  }
  await store.remember(noteOf(ref), pull.head);
  return null;
}

/** Which commit of a pull request was looked at last: spares the sweep a second look. */
export async function isDraftChecked(
  store: Pick<StorePort, "recall">,
  ref: ProposalRef,
  head: string,
): Promise<boolean> {
  return (await store.recall(noteOf(ref))) === head;
}

function noteOf(ref: ProposalRef): string {
  return `checked ${subjectKey({ kind: "draft check", ref })}`;
}

/** null: there is no draft in the pull request. */
async function reportOn(
  ports: DraftCheckPorts,
  ref: ProposalRef,
  pull: OwnPullRequest,
  terms: PublicationTerms,
): Promise<DraftReport | null> {
  const paths = (await ports.checks.changedFiles(ref)).filter((path) => isDraftSource(path, terms));
  const now = ports.clock.now();
  const read = (path: string) => ports.checks.file(ref, pull.head, path);
  const done: DraftCheck[] = [];
  for (const path of paths.slice(0, MOST_DRAFTS)) {
    const content = await read(path);
    if (!(content instanceof Uint8Array)) {
      done.push(notRead(path, content));
      continue;
    }
    const wanted = saysItsRevision(content) ? null : terms.register;
    const register = wanted === null ? null : registerIn(await read(wanted));
    done.push(await ports.check(content, { path, registered: registeredName(register, path), now }));
  }
  return done.length === 0 ? null : draftReport(done);
}

/** A title block may leave the revision out; then the register on the same branch has to say it. */
function saysItsRevision(content: Uint8Array): boolean {
  const lines = new TextDecoder()
    .decode(content)
    .replace(/^\uFEFF/, "")
    .split(/\r\n?|\n/);
  const block = titleBlockOf(lines);
  const name = block === null ? null : readTitleBlock(lines, block).front.docName;
  return name !== null && /-[0-9]{2}$/.test(name);
}

/** A register that cannot be read is not this check's to complain of; the draft then has to name itself. */
function registerIn(content: Uint8Array | string | null): Register | null {
  if (!(content instanceof Uint8Array)) return null;
  try {
    return readRegister(new TextDecoder().decode(content));
  } catch (error) {
    if (error instanceof CannotUpdate) return null;
    throw error;
  }
}

/** What the register on the same branch calls the draft, with its revision. */
function registeredName(register: Register | null, path: string): string | null {
  const [slug = ""] = path.split("/");
  const standard = register === null ? null : standardIn(register, slug);
  if (standard === null || standard.draft === null || standard.revision === null) return null;
  return `${standard.draft}-${standard.revision}`;
}

/** A publication brings one. */
const MOST_DRAFTS = 10;

/** The source of a standard lies in the standard's folder, as the App puts it there. */
function isDraftSource(path: string, { source }: PublicationTerms): boolean {
  const parts = path.split("/");
  return parts.length === 2 && parts[1] === source;
}

/** The terms of the committee whose pull request it is; null: it makes no drafts, or publishes none here. */
async function termsFor(
  { directory }: DraftCheckPorts,
  ref: ProposalRef,
  { body }: OwnPullRequest,
): Promise<PublicationTerms | null> {
  const named = proposalOf(body) ?? maintainedFor(body);
  if (named === null || named.owner.toLowerCase() !== ref.owner.toLowerCase()) return null;
  const committee = { owner: named.owner, name: named.name };
  const fact = await directory.charter(committee, null);
  if (fact.status === "unreadable") throw new GitHubFailure(fact.because, { status: null, retryAt: null });
  if (fact.status !== "valid") return null;
  const terms = fact.charter.publication;
  return terms.draft !== null && sameName(terms.standards ?? committee, ref) ? terms : null;
}

function notRead(path: string, content: string | null): DraftCheck {
  const message =
    content === null ? "The file is not there." : `The file cannot be checked: it is ${content}.`;
  return {
    path,
    name: null,
    remarks: [{ severity: "error", code: "NO_DRAFT", message, line: null, reference: null }],
  };
}
