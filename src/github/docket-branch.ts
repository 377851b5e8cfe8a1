/** The branch `dockets` itself: how it begins, what stands on it beside the dockets, and how a file on it is swapped. */
import { z } from "zod";
import { docketPath } from "../proposal/docket.ts";
import type { ProposalRef } from "../proposal/facts.ts";
import type { PublishedKey } from "../proposal/seal.ts";
import { type DocketWrite, GitHubFailure, NeedsPeople } from "../reconcile/ports.ts";
import { textPath } from "./docket-file.ts";
import { hasStatus, orNull } from "./failure.ts";
import { blobSha, encodedPath, readFile, tip, utf8 } from "./files.ts";
import type { Gate } from "./gate.ts";
import { gitObject, gitRef } from "./shapes.ts";

export const DOCKET_BRANCH = "dockets";

const README = `# Dockets

This branch holds the official record of every proposal: what was recorded when, and the text that was decided on.
\`NNNN/docket.json\` is the record of proposal NNNN, \`NNNN/text.md\` the text kept with it.

It is written by the Secretariat App alone. Each entry carries the hash of the one before it, and the newest is signed with
the App's key, so that a change by any other hand shows; \`keys.json\` holds the public keys, the newest last. Please do not
edit, rebase or delete this branch.
`;

const KEYS_PATH = "keys.json";
const KEYS_LIMIT = 1024 * 1024;

const keysFile = z.strictObject({
  format: z.literal("secretariat keys"),
  version: z.literal(1),
  keys: z.array(z.strictObject({ id: z.string().max(100), key: z.string().max(100) })).max(1_000),
});

/** Publishes a key after those that are there. Whoever checks a docket without the App goes by this file. */
export async function publishKey(gate: Gate, ref: ProposalRef, key: PublishedKey): Promise<void> {
  const bytes = await readFile(gate, { ...ref, path: KEYS_PATH, ref: DOCKET_BRANCH, limit: KEYS_LIMIT });
  const keys = bytes === null ? [] : keysIn(bytes instanceof Uint8Array ? utf8(bytes) : null);
  if (keys.some((each) => each.id === key.id && each.key === key.key)) return;
  const sha = bytes instanceof Uint8Array ? blobSha(bytes) : null;
  const text = Buffer.from(keysText([...keys, key]), "utf8");
  await put(gate, ref, { path: KEYS_PATH, bytes: text, sha, message: `Publish the key ${key.id}` });
}

/** Throws where it is not the App's file: somebody has to look at it. */
function keysIn(text: string | null): readonly PublishedKey[] {
  const read = text === null ? null : parsedKeys(text);
  if (read !== null) return read;
  throw new NeedsPeople(
    `The file ${KEYS_PATH} on the branch ${DOCKET_BRANCH} is not as the App wrote it. It has to be put back from the history of that branch.`,
  );
}

/** The keys that the file publishes; null: it is not such a file. */
export function parsedKeys(text: string): readonly PublishedKey[] | null {
  try {
    return keysFile.parse(JSON.parse(text)).keys;
  } catch {
    return null;
  }
}

function keysText(keys: readonly PublishedKey[]): string {
  return `${JSON.stringify({ format: "secretariat keys", version: 1, keys }, null, 2)}\n`;
}

/** The newest commit of the branch; null: there is none. */
export async function branchTip(gate: Gate, { owner, name }: ProposalRef): Promise<string | null> {
  const route = `GET /repos/{owner}/{repo}/git/ref/heads/${DOCKET_BRANCH}`;
  return (await orNull(gate.get(route, { owner, repo: name }, gitRef)))?.object.sha ?? null;
}

/**
 * The branch begins with a commit that has no parent: it shares nothing with the repository's own history. One that was deleted
 * goes on from `onto`, which GitHub keeps for a while. Answers the new commit.
 */
export async function createBranch(
  gate: Gate,
  ref: ProposalRef,
  write: Pick<DocketWrite, "text" | "message" | "onto"> & {
    readonly docket: string;
    readonly key: PublishedKey;
  },
): Promise<string | "conflict"> {
  const { onto = null } = write;
  const target = { owner: ref.owner, repo: ref.name };
  const before = onto === null ? null : await treeAt(gate, ref, onto);
  const files = [
    ...(before === null
      ? [
          { path: "README.md", content: README },
          { path: KEYS_PATH, content: keysText([write.key]) },
        ]
      : []),
    { path: docketPath(ref), content: write.docket },
    ...(write.text === null ? [] : [{ path: textPath(ref), content: write.text }]),
  ];
  const tree = files.map((file) => ({ ...file, mode: "100644", type: "blob" }));
  const base = before === null ? {} : { base_tree: before };
  const made = await gate.send(
    "POST /repos/{owner}/{repo}/git/trees",
    { ...target, ...base, tree },
    gitObject,
  );
  const commit = await gate.send(
    "POST /repos/{owner}/{repo}/git/commits",
    { ...target, message: quietly(write.message), tree: made.sha, parents: onto === null ? [] : [onto] },
    gitObject,
  );
  const wanted = { ...target, ref: `refs/heads/${DOCKET_BRANCH}`, sha: commit.sha };
  try {
    await gate.send("POST /repos/{owner}/{repo}/git/refs", wanted, gitRef);
  } catch (error) {
    if (hasStatus(error, 422) && error.message.includes("already exists")) return "conflict";
    throw error;
  }
  return commit.sha;
}

async function treeAt(gate: Gate, ref: ProposalRef, commit: string): Promise<string> {
  const end = await tip(gate, ref, commit);
  if (end.found === "commit") return end.tree;
  throw new GitHubFailure(`GitHub does not keep the commit ${commit}`, { status: null, retryAt: null });
}

type Put = {
  readonly path: string;
  readonly bytes: Buffer;
  readonly sha: string | null;
  readonly message: string;
};

/** Swaps a file for another, if it is still the one that was read. Answers the commit. */
export async function put(
  gate: Gate,
  ref: ProposalRef,
  { path, bytes, sha, message }: Put,
): Promise<string | "conflict"> {
  const parameters = {
    owner: ref.owner,
    repo: ref.name,
    branch: DOCKET_BRANCH,
    message: quietly(message),
    content: bytes.toString("base64"),
    ...(sha === null ? {} : { sha }),
  };
  try {
    const route = `PUT /repos/{owner}/{repo}/contents/${encodedPath(path)}`;
    return (await gate.send(route, parameters, z.object({ commit: gitObject }))).commit.sha;
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

/** No workflow of the committee's need run for a record. */
function quietly(message: string): string {
  return `${message}\n\n[skip ci]`;
}
