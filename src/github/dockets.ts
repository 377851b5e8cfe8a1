/** Dockets on the branch `dockets` of the committee's repository: read, and written by compare-and-swap. */
import { z } from "zod";
import { docketPath, sha256 } from "../proposal/docket.ts";
import type { ProposalRef } from "../proposal/facts.ts";
import { publishedKey, type Sealing, sealed } from "../proposal/seal.ts";
import { type DocketWrite, GitHubFailure, type GitHubPort, type StoredDocket } from "../reconcile/ports.ts";
import type { Client } from "./client.ts";
import { branchTip, createBranch, DOCKET_BRANCH, publishKey, put } from "./docket-branch.ts";
import { textPath, writtenDocket } from "./docket-file.ts";
import { recover } from "./docket-history.ts";
import { docketAt, storedIn } from "./docket-reading.ts";
import { hasStatus, inWords } from "./failure.ts";
import { blobSha, readFile, TEXT_LIMIT, utf8 } from "./files.ts";
import type { Gate } from "./gate.ts";
import { repositoryKey } from "./installations.ts";
import { gitObject } from "./shapes.ts";

export type Dockets = {
  read(ref: ProposalRef): Promise<StoredDocket>;
  readText(ref: ProposalRef, digest: string): Promise<string | null>;
  write(ref: ProposalRef, write: DocketWrite): Promise<Written>;
  /** The newest commit of their branch; null: there is no such branch. */
  tip(ref: ProposalRef): Promise<string | null>;
  recover(ref: ProposalRef, lastCommit: string | null): Promise<StoredDocket | null>;
};

type Written = Awaited<ReturnType<GitHubPort["writeDocket"]>>;
const CONFLICT: Written = { result: "conflict" };

export function createDockets(client: Client, sealing: Sealing): Dockets {
  const own = publishedKey(sealing.key);
  /** Repositories whose branch is known to be there, and to publish our key. */
  const branches = new Set<string>();

  async function written(gate: Gate, ref: ProposalRef, write: DocketWrite): Promise<Written> {
    const docket = writtenDocket(ref, write.entries, sealed(ref.number, write.entries, sealing.key));
    const key = repositoryKey(ref);
    const mayBeGone = write.readAt === null && (!branches.has(key) || write.onto !== undefined);
    const isNew = mayBeGone && (await branchTip(gate, ref)) === null;
    if (!isNew && !branches.has(key)) await publishKey(gate, ref, own);
    const commit = isNew
      ? await createBranch(gate, ref, { ...write, docket, key: own })
      : (await writeText(gate, ref, write)) === "conflict"
        ? "conflict"
        : await writeDocket(gate, ref, write, docket);
    // One that is brought back may be from before this key.
    if (isNew && write.onto) branches.delete(key);
    else branches.add(key);
    return commit === "conflict"
      ? CONFLICT
      : { result: "written", sha: blobSha(Buffer.from(docket, "utf8")), commit };
  }

  return {
    async read(ref) {
      const bytes = await docketAt(await client.of(ref), ref, DOCKET_BRANCH);
      if (bytes === null) return { entries: [], sha: null, keyChange: null };
      return storedIn(ref, bytes, sealing);
    },
    async readText(ref, digest) {
      return readText(await client.of(ref), ref, digest);
    },
    async write(ref, write) {
      try {
        return await written(await client.of(ref), ref, write);
      } catch (error) {
        branches.delete(repositoryKey(ref));
        throw hasStatus(error, 403, 404) && !isArchived(error) ? notAllowed(error, ref) : error;
      }
    },
    async tip(ref) {
      return branchTip(await client.of(ref), ref);
    },
    async recover(ref, lastCommit) {
      return recover(await client.of(ref), ref, lastCommit, sealing);
    },
  };
}

/** The text of this digest: what lies beside the docket, or lay there before (another writer may have replaced it since). */
async function readText(gate: Gate, ref: ProposalRef, digest: string): Promise<string | null> {
  const path = textPath(ref);
  const at = (commit: string) => readFile(gate, { ...ref, path, ref: commit, limit: TEXT_LIMIT });
  const matching = (bytes: unknown) => bytes instanceof Uint8Array && sha256(bytes) === digest && utf8(bytes);
  const current = await at(DOCKET_BRANCH);
  if (current === null) return null;
  const found = matching(current);
  if (typeof found === "string") return found;
  const parameters = { owner: ref.owner, repo: ref.name, sha: DOCKET_BRANCH, path };
  const commits = await gate.list("GET /repos/{owner}/{repo}/commits", parameters, z.array(gitObject));
  for (const { sha } of commits) {
    const earlier = matching(await at(sha));
    if (typeof earlier === "string") return earlier;
  }
  return null;
}

/** Before the docket, which then never names a text that is not there. */
async function writeText(gate: Gate, ref: ProposalRef, write: DocketWrite): Promise<string | "conflict"> {
  if (write.text === null) return "written";
  const bytes = Buffer.from(write.text, "utf8");
  const path = textPath(ref);
  const before = await readFile(gate, { ...ref, path, ref: DOCKET_BRANCH, limit: TEXT_LIMIT });
  if (before !== null && !(before instanceof Uint8Array)) {
    throw new GitHubFailure(`${path} on the branch ${DOCKET_BRANCH} is ${before}`, {
      status: null,
      retryAt: null,
    });
  }
  if (before !== null && bytes.equals(before)) return "written";
  const sha = before === null ? null : blobSha(before);
  return put(gate, ref, { path, bytes, sha, message: `${write.message} (its text)` });
}

async function writeDocket(
  gate: Gate,
  ref: ProposalRef,
  { readAt: sha, message }: DocketWrite,
  docket: string,
): Promise<string | "conflict"> {
  const bytes = Buffer.from(docket, "utf8");
  return put(gate, ref, { path: docketPath(ref), bytes, sha, message });
}

/** "Repository was archived so is read-only.": no permission mends that, and nothing can be said there either. */
function isArchived({ message }: GitHubFailure): boolean {
  return message.includes("archived");
}

function notAllowed(error: GitHubFailure, { owner, name }: ProposalRef): GitHubFailure {
  return inWords(
    error,
    `The App is not allowed to write the branch ${DOCKET_BRANCH} of ${owner}/${name}: it needs write access to contents. ${error.message}`,
  );
}
