/** Commits, and files at a commit, byte for byte. */
import { createHash } from "node:crypto";
import { z } from "zod";
import type { Repository } from "../proposal/facts.ts";
import type { Bytes } from "./bodies.ts";
import { hasStatus, orNull } from "./failure.ts";
import type { Gate } from "./gate.ts";
import { listedCommit } from "./shapes.ts";

/** The longest text that the App takes, and keeps beside a docket: in bytes. The longest standard so far has 96,306. */
export const TEXT_LIMIT = 5 * 1024 * 1024;

/** More than a published file is ever large: in bytes. */
export const FILE_LIMIT = 20 * 1024 * 1024;

export type Tip =
  | { readonly found: "commit"; readonly commit: string; readonly tree: string; readonly message: string }
  /** The repository has no commit yet. */
  | { readonly found: "empty" }
  /** There is no such repository or ref that this installation may read. */
  | { readonly found: "nothing" };

/**
 * The newest commit of a branch or tag; null: of the default branch, which is what listing commits starts from
 * (https://docs.github.com/en/rest/commits/commits#list-commits). One request, and no diff comes with it.
 */
export async function tip(gate: Gate, { owner, name }: Repository, ref: string | null): Promise<Tip> {
  const parameters = { owner, repo: name, per_page: 1, ...(ref === null ? {} : { sha: ref }) };
  try {
    const page = z.array(listedCommit);
    const [newest] = await gate.get("GET /repos/{owner}/{repo}/commits", parameters, page);
    if (newest === undefined) return { found: "empty" };
    const { tree, message } = newest.commit;
    return { found: "commit", commit: newest.sha, tree: tree.sha, message };
  } catch (error) {
    if (hasStatus(error, 409)) return { found: "empty" };
    if (hasStatus(error, 404, 422)) return { found: "nothing" };
    throw error;
  }
}

export type FileWanted = Repository & {
  readonly path: string;
  /** A commit, or a branch. */
  readonly ref: string;
  /** In bytes. */
  readonly limit: number;
};

/**
 * The bytes of a file; null: it is not there. As raw content, since JSON carries files only up to 1 MB
 * (https://docs.github.com/en/rest/repos/contents#get-repository-content).
 */
export async function readFile(
  gate: Gate,
  { owner, name, path, ref, limit }: FileWanted,
): Promise<Bytes | null> {
  const route = `GET /repos/{owner}/{repo}/contents/${encodedPath(path)}`;
  return orNull(gate.bytes(route, { owner, repo: name, ref }, { limit, immutable: isCommit(ref) }));
}

export function isCommit(ref: string): boolean {
  return /^[0-9a-f]{40}$/.test(ref);
}

/** A path as part of an address. Throws on what would lead elsewhere. */
export function encodedPath(path: string): string {
  const parts = path.split("/");
  if (parts.some((part) => part === "" || part === "." || part === "..")) {
    throw new RangeError(`Not the path of a file: ${JSON.stringify(path)}`);
  }
  return parts.map(encodeURIComponent).join("/");
}

/** The text, every byte of it (a byte order mark too); null: the bytes are not UTF-8. */
export function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The name git gives to a file's content, and GitHub wants to see before it replaces the file. */
export function blobSha(bytes: Uint8Array): string {
  return createHash("sha1").update(`blob ${bytes.byteLength}\0`).update(bytes).digest("hex");
}
