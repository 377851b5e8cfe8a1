/** What is left of a docket in the history of its branch, after another hand was on it. */
import { z } from "zod";
import { brokenLink, docketPath } from "../proposal/docket.ts";
import type { ProposalRef } from "../proposal/facts.ts";
import type { Sealing } from "../proposal/seal.ts";
import { DocketDamaged, type StoredDocket } from "../reconcile/ports.ts";
import { branchTip, DOCKET_BRANCH } from "./docket-branch.ts";
import { docketAt, storedIn } from "./docket-reading.ts";
import { orNull } from "./failure.ts";
import { blobSha } from "./files.ts";
import type { Gate } from "./gate.ts";
import { gitObject } from "./shapes.ts";

/** How far back it is searched: whoever writes more often than this to a docket is not one hand. */
const SEARCHED = 50;

/**
 * The longest docket that is sealed, not the newest: an old version that somebody puts back is sealed, too. Searched from the
 * branch, and from the App's own last commit, which a forced push leaves behind.
 */
export async function recover(
  gate: Gate,
  ref: ProposalRef,
  lastCommit: string | null,
  sealing: Sealing,
): Promise<StoredDocket | null> {
  const isGone = (await branchTip(gate, ref)) === null;
  const starts = [...(isGone ? [] : [DOCKET_BRANCH]), ...(lastCommit === null ? [] : [lastCommit])];
  const commits = new Set<string>();
  for (const start of starts) for (const commit of await commitsFrom(gate, ref, start)) commits.add(commit);
  let best: StoredDocket | null = null;
  for (const commit of commits) {
    const found = await sealedAt(gate, ref, commit, sealing);
    if (found !== null && found.entries.length > (best?.entries.length ?? 0)) best = found;
  }
  if (best === null) return null;
  const current = isGone ? null : await docketAt(gate, ref, DOCKET_BRANCH);
  return { ...best, sha: current === null ? null : blobSha(current) };
}

async function commitsFrom(gate: Gate, ref: ProposalRef, start: string): Promise<readonly string[]> {
  const path = docketPath(ref);
  const parameters = { owner: ref.owner, repo: ref.name, sha: start, path, per_page: SEARCHED };
  const page = z.array(gitObject);
  const found = await orNull(gate.get("GET /repos/{owner}/{repo}/commits", parameters, page));
  return (found ?? []).map(({ sha }) => sha);
}

async function sealedAt(
  gate: Gate,
  ref: ProposalRef,
  commit: string,
  sealing: Sealing,
): Promise<StoredDocket | null> {
  try {
    const bytes = await docketAt(gate, ref, commit);
    const stored = bytes === null ? null : storedIn(ref, bytes, sealing);
    return stored !== null && brokenLink(stored.entries) === null ? stored : null;
  } catch (error) {
    if (error instanceof DocketDamaged) return null;
    throw error;
  }
}
