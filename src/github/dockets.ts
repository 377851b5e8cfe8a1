/** Dockets on the branch `dockets` of the committee's repository: read, and written by compare-and-swap. */
import { z } from "zod";
import { docketPath, sha256 } from "../proposal/docket.ts";
import type { ProposalRef } from "../proposal/facts.ts";
import { type DocketWrite, GitHubFailure, type GitHubPort, type StoredDocket } from "../reconcile/ports.ts";
import { type Client, repositoryKey } from "./client.ts";
import { damaged, parsedDocket, textPath, writtenDocket } from "./docket-file.ts";
import { hasStatus, inWords, orNull } from "./failure.ts";
import { blobSha, encodedPath, readFile, TEXT_LIMIT, utf8 } from "./files.ts";
import { anything, type Gate } from "./gate.ts";
import { gitObject, gitRef } from "./shapes.ts";

export type Dockets = {
  read(ref: ProposalRef): Promise<StoredDocket>;
  readText(ref: ProposalRef, digest: string): Promise<string | null>;
  write(ref: ProposalRef, write: DocketWrite): Promise<Written>;
};

type Written = Awaited<ReturnType<GitHubPort["writeDocket"]>>;
const CONFLICT: Written = { result: "conflict" };

const DOCKET_BRANCH = "dockets";

/** GitHub hands out files of up to 100 MB; a docket that comes near is not one. */
const DOCKET_LIMIT = 50 * 1024 * 1024;

const README = `# Dockets

This branch holds the official record of every proposal: what was recorded when, and the text that was decided on.
\`NNNN/docket.json\` is the record of proposal NNNN, \`NNNN/text.md\` the text kept with it.

It is written by the Secretariat App alone. Each entry carries the hash of the one before it, so that a change by any other
hand shows. Please do not edit, rebase or delete this branch.
`;

export function createDockets(client: Client): Dockets {
  /** Repositories whose branch is known to be there. */
  const branches = new Set<string>();
  return {
    async read(ref) {
      const gate = await client.of(ref);
      const bytes = await readFile(gate, {
        ...ref,
        path: docketPath(ref),
        ref: DOCKET_BRANCH,
        limit: DOCKET_LIMIT,
      });
      if (bytes === null) return { entries: [], sha: null };
      if (!(bytes instanceof Uint8Array)) throw damaged(ref, `it is ${bytes}`);
      const text = utf8(bytes);
      if (text === null) throw damaged(ref, "it is not a text in UTF-8");
      return { entries: parsedDocket(ref, text), sha: blobSha(bytes) };
    },
    async readText(ref, digest) {
      return readText(await client.of(ref), ref, digest);
    },
    async write(ref, write) {
      const gate = await client.of(ref);
      const key = repositoryKey(ref);
      try {
        if (write.readAt === null && !branches.has(key) && !(await hasBranch(gate, ref))) {
          return await createBranch(gate, ref, write);
        }
        const text = await writeText(gate, ref, write);
        const written = text === "conflict" ? CONFLICT : await writeDocket(gate, ref, write);
        branches.add(key);
        return written;
      } catch (error) {
        branches.delete(key);
        throw hasStatus(error, 403, 404) ? notAllowed(error, ref) : error;
      }
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

async function hasBranch(gate: Gate, ref: ProposalRef): Promise<boolean> {
  const route = `GET /repos/{owner}/{repo}/git/ref/heads/${DOCKET_BRANCH}`;
  return (await orNull(gate.get(route, { owner: ref.owner, repo: ref.name }, gitRef))) !== null;
}

/** The branch begins with a commit that has no parent: it shares nothing with the repository's own history. */
async function createBranch(gate: Gate, ref: ProposalRef, write: DocketWrite): Promise<Written> {
  const target = { owner: ref.owner, repo: ref.name };
  const docket = writtenDocket(ref, write.entries);
  const files = [
    { path: "README.md", content: README },
    { path: docketPath(ref), content: docket },
    ...(write.text === null ? [] : [{ path: textPath(ref), content: write.text }]),
  ];
  const tree = files.map((file) => ({ ...file, mode: "100644", type: "blob" }));
  const made = await gate.send("POST /repos/{owner}/{repo}/git/trees", { ...target, tree }, gitObject);
  const commit = await gate.send(
    "POST /repos/{owner}/{repo}/git/commits",
    { ...target, message: quietly(write.message), tree: made.sha, parents: [] },
    gitObject,
  );
  const wanted = { ...target, ref: `refs/heads/${DOCKET_BRANCH}`, sha: commit.sha };
  try {
    await gate.send("POST /repos/{owner}/{repo}/git/refs", wanted, gitRef);
  } catch (error) {
    if (hasStatus(error, 422) && error.message.includes("already exists")) return CONFLICT;
    throw error;
  }
  return { result: "written", sha: blobSha(Buffer.from(docket, "utf8")) };
}

/** Before the docket, which then never names a text that is not there. */
async function writeText(gate: Gate, ref: ProposalRef, write: DocketWrite): Promise<"written" | "conflict"> {
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

async function writeDocket(gate: Gate, ref: ProposalRef, write: DocketWrite): Promise<Written> {
  const bytes = Buffer.from(writtenDocket(ref, write.entries), "utf8");
  const file = { path: docketPath(ref), bytes, sha: write.readAt, message: write.message };
  return (await put(gate, ref, file)) === "conflict" ? CONFLICT : { result: "written", sha: blobSha(bytes) };
}

type Put = {
  readonly path: string;
  readonly bytes: Buffer;
  readonly sha: string | null;
  readonly message: string;
};

async function put(
  gate: Gate,
  ref: ProposalRef,
  { path, bytes, sha, message }: Put,
): Promise<"written" | "conflict"> {
  const parameters = {
    owner: ref.owner,
    repo: ref.name,
    branch: DOCKET_BRANCH,
    message: quietly(message),
    content: bytes.toString("base64"),
    ...(sha === null ? {} : { sha }),
  };
  try {
    await gate.send(`PUT /repos/{owner}/{repo}/contents/${encodedPath(path)}`, parameters, anything);
    return "written";
  } catch (error) {
    if (isConflict(error)) return "conflict";
    throw error;
  }
}

/**
 * 409 is also what a protected branch answers, and 422 what a malformed request does; reading again would mend neither. Lost races say
 * "PATH does not match SHA" (409), "is at SHA but expected SHA" (409) or "\"sha\" wasn't supplied" (422).
 */
function isConflict(error: unknown): boolean {
  if (!hasStatus(error, 409, 422)) return false;
  const races = ["does not match", "but expected", "wasn't supplied", "does not exist"];
  return races.some((words) => error.message.includes(words));
}

function notAllowed(error: GitHubFailure, { owner, name }: ProposalRef): GitHubFailure {
  return inWords(
    error,
    `The App is not allowed to write the branch ${DOCKET_BRANCH} of ${owner}/${name}: it needs write access to contents. ${error.message}`,
  );
}

/** No workflow of the committee's need run for a record. */
function quietly(message: string): string {
  return `${message}\n\n[skip ci]`;
}
