/**
 * The branch `dockets` of the model GitHub, with its history, and hands other than the App's on it. Files are bytes there, and
 * the App's own code judges their seals; but what the App itself wrote is turned into bytes only where somebody needs them.
 */
import { createPrivateKey, type KeyObject } from "node:crypto";
import { writtenDocket } from "../github/docket-file.ts";
import { storedIn } from "../github/docket-reading.ts";
import { brokenLink } from "../proposal/docket.ts";
import type { Entry } from "../proposal/entries.ts";
import type { ProposalRef } from "../proposal/facts.ts";
import { publishedKey, type Sealing, sealed } from "../proposal/seal.ts";
import type { StoredDocket } from "../reconcile/ports.ts";
import { digest } from "./digest.ts";

export type DocketFile = {
  readonly sha: string;
  text(): string;
  /** What the App wrote, and with which key; null: it is some other hand's. */
  readonly own: { readonly entries: readonly Entry[]; readonly key: KeyObject } | null;
};

/** One change of the branch: of a proposal's docket, or of the text beside it. */
type Commit = {
  readonly id: string;
  readonly number: number;
  readonly what: { readonly file: DocketFile } | { readonly text: string };
  readonly parent: Commit | null;
};

export type DocketBranch = {
  /** null: there is no such branch. */
  head: Commit | null;
  /** Every commit there ever was: GitHub still knows those that no branch leads to. */
  readonly all: Map<string, Commit>;
  /** What the App seals with. */
  sealing: Sealing;
};

export function newBranch(): DocketBranch {
  return { head: null, all: new Map(), sealing: { key: keyNamed("first"), previous: null } };
}

/** An Ed25519 key (RFC 8410, 7) that is the same for the same name: a year can be had again with its seals. */
export function keyNamed(name: string): KeyObject {
  const der = Buffer.concat([
    Buffer.from("302e020100300506032b657004220420", "hex"),
    Buffer.from(digest(name), "hex"),
  ]);
  return createPrivateKey({ key: der, format: "der", type: "pkcs8" });
}

/** Answers the commit. */
export function commit(branch: DocketBranch, number: number, what: Commit["what"]): string {
  const id = digest(`commit ${branch.all.size}`).slice(0, 40);
  branch.head = { id, number, what, parent: branch.head };
  branch.all.set(id, branch.head);
  textsOf(branch.head);
  return id;
}

export function ownFile(ref: ProposalRef, entries: readonly Entry[], { key }: Sealing): DocketFile {
  const sha = digest(`${ref.number} ${entries.at(-1)?.hash} ${keyIdOf(key)}`).slice(0, 40);
  return {
    sha,
    own: { entries, key },
    text: () => writtenDocket(ref, entries, sealed(ref.number, entries, key)),
  };
}

/** A file as somebody else left it. */
export function foreignFile(text: string): DocketFile {
  return { sha: digest(text).slice(0, 40), own: null, text: () => text };
}

/** One of so many of the App's own files is read back from its bytes, with its seal; of the rest it is known that they are whole. */
const READ_BACK = 40;

/** What has been read of a file with these keys: a value, or what was thrown. */
const found = new WeakMap<DocketFile, Map<Sealing, StoredDocket | { readonly thrown: unknown }>>();

/** As the adapter reads it. Throws `DocketDamaged` where the App has not sealed it as it is. */
export function readFile(ref: ProposalRef, file: DocketFile, sealing: Sealing): StoredDocket {
  const known = found.get(file) ?? new Map<Sealing, StoredDocket | { readonly thrown: unknown }>();
  found.set(file, known);
  const result = known.get(sealing) ?? judged(ref, file, sealing);
  known.set(sealing, result);
  if ("thrown" in result) throw result.thrown;
  return result;
}

function judged(
  ref: ProposalRef,
  file: DocketFile,
  sealing: Sealing,
): StoredDocket | { readonly thrown: unknown } {
  const { own, sha } = file;
  if (own !== null && own.key === sealing.key && Number.parseInt(sha.slice(0, 6), 16) % READ_BACK !== 0)
    return { entries: own.entries, sha, keyChange: null };
  try {
    return { ...storedIn(ref, Buffer.from(file.text(), "utf8"), sealing), sha };
  } catch (thrown) {
    return { thrown };
  }
}

const ids = new WeakMap<KeyObject, string>();

function keyIdOf(key: KeyObject): string {
  const id = ids.get(key) ?? publishedKey(key).id;
  ids.set(key, id);
  return id;
}

function* history(from: Commit | null): Generator<Commit> {
  for (let commit = from; commit !== null; commit = commit.parent) yield commit;
}

/** How far back the adapter searches. */
const SEARCHED = 50;

/** The longest docket of a proposal that is sealed, of those that the branch or the App's own last commit lead to. */
export function longestSealed(
  branch: DocketBranch,
  ref: ProposalRef,
  last: string | null,
  sealing: Sealing,
): StoredDocket | null {
  let best: StoredDocket | null = null;
  for (const start of new Set([branch.head, branch.all.get(last ?? "") ?? null])) {
    const files = filesOf(start, ref.number).slice(0, SEARCHED);
    for (const file of files) {
      const stored = sealedOrNull(ref, file, sealing);
      if (stored !== null && stored.entries.length > (best?.entries.length ?? 0)) best = stored;
    }
  }
  return best;
}

function sealedOrNull(ref: ProposalRef, file: DocketFile, sealing: Sealing): StoredDocket | null {
  try {
    const stored = readFile(ref, file, sealing);
    return brokenLink(stored.entries) === null ? stored : null;
  } catch {
    return null;
  }
}

/** A proposal's docket as it stood at a commit and before it, the newest first. */
export function filesOf(from: Commit | null, number: number): readonly DocketFile[] {
  return [...history(from)].flatMap((each) =>
    each.number === number && "file" in each.what ? [each.what.file] : [],
  );
}

/** The texts that a commit leads to, each after its proposal's number. */
const texts = new WeakMap<Commit, ReadonlySet<string>>();

function textsOf(commit: Commit): ReadonlySet<string> {
  const known = texts.get(commit);
  if (known !== undefined) return known;
  const before = commit.parent === null ? undefined : texts.get(commit.parent);
  const isSame = before !== undefined && !("text" in commit.what);
  const all = isSame ? before : new Set([...history(commit)].flatMap(textIn));
  texts.set(commit, all);
  return all;
}

function textIn({ number, what }: Commit): readonly string[] {
  return "text" in what ? [`${number} ${what.text}`] : [];
}

/** Whether the branch still leads to a text. */
export function hasText({ head }: DocketBranch, number: number, text: string): boolean {
  return head !== null && textsOf(head).has(`${number} ${text}`);
}
