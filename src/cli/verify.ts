/**
 * `npm run verify -- OWNER/REPO`, or a folder with a clone of the branch `dockets`: whether every docket holds. Needs no App and
 * no trust in one. Exit: 0 all hold, 1 a doubt, 2 nothing could be read.
 */
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Octokit } from "@octokit/rest";
import { loadEnvFile, readConfig } from "../config.ts";
import { parsedKeys } from "../github/docket-branch.ts";
import { parsedDocket } from "../github/docket-file.ts";
import { count } from "../messages/parts.ts";
import { docketPath, paddedNumber } from "../proposal/docket.ts";
import { type Doubt, firstDoubt } from "../proposal/verification.ts";
import { loadSandboxEnvironment, sandboxTime } from "./sandbox-environment.ts";
import type { Answer } from "./validate.ts";

/** The files of the branch, wherever it lies. */
export type BranchFiles = {
  readonly paths: readonly string[];
  /** Throws where it cannot be read. */
  read(path: string): Promise<Uint8Array>;
};

/** What to say about every docket of a branch. */
export async function verify(files: BranchFiles): Promise<Answer> {
  const numbers = files.paths.flatMap((path) => /^([0-9]{4,})\/docket\.json$/.exec(path)?.[1] ?? []);
  if (numbers.length === 0) return { exit: 2, lines: ["There is no docket here."] };
  const keys = files.paths.includes("keys.json")
    ? (parsedKeys(utf8(await files.read("keys.json"))) ?? [])
    : [];
  const lines: string[] = [];
  let doubts = 0;
  for (const name of numbers.sort()) {
    const { entries, doubt } = await checked(files, Number(name), keys);
    if (doubt !== null) doubts += 1;
    lines.push(
      `${name}  ${doubt === null ? `holds, ${count(entries, "entry", "entries")}` : inWords(doubt)}`,
    );
  }
  const held = `${numbers.length - doubts} of ${numbers.length} dockets hold.`;
  const signers = keys.map(({ id }) => id).join(", ") || "none";
  return { exit: doubts === 0 ? 0 : 1, lines: [...lines, "", held, `Published keys: ${signers}.`] };
}

function inWords({ entry, what }: Doubt): string {
  // What is wrong with the chain names the entry itself.
  const place = entry === null || what.startsWith(`entry ${entry} `) ? "" : `entry ${entry}: `;
  return `DOES NOT HOLD: ${place}${what.replaceAll(/\p{Cc}+/gu, " ").slice(0, 500)}`;
}

async function checked(
  files: BranchFiles,
  number: number,
  keys: Parameters<typeof firstDoubt>[0]["keys"],
): Promise<{ readonly entries: number; readonly doubt: Doubt | null }> {
  const ref = { owner: "", name: "", number };
  const textPath = `${paddedNumber(number)}/text.md`;
  try {
    const docket = parsedDocket(ref, utf8(await files.read(docketPath(ref))));
    const text = files.paths.includes(textPath) ? await files.read(textPath) : null;
    const doubt = firstDoubt({ ...docket, proposal: number, text, keys });
    return { entries: docket.entries.length, doubt };
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return { entries: 0, doubt: { entry: null, what } };
  }
}

function utf8(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
}

/** A clone of the branch. */
export async function filesIn(folder: string): Promise<BranchFiles> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = found
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name).slice(join(folder, "/").length))
    .filter((path) => !path.startsWith(".git/"));
  return { paths, read: (path) => readFile(join(folder, path)) };
}

/** The branch as it stands on GitHub; a token is needed for private repositories only. */
export async function filesOnGitHub(
  repository: { readonly owner: string; readonly repo: string },
  options: { readonly baseUrl: string; readonly token: string | undefined },
): Promise<BranchFiles> {
  const octokit = new Octokit({
    baseUrl: options.baseUrl,
    ...(options.token === undefined ? {} : { auth: options.token }),
  });
  const { data } = await octokit.git.getTree({ ...repository, tree_sha: "dockets", recursive: "true" });
  const blobs = new Map(data.tree.flatMap(({ path, sha, type }) => (type === "blob" ? [[path, sha]] : [])));
  return {
    paths: [...blobs.keys()],
    async read(path) {
      const answer = await octokit.git.getBlob({ ...repository, file_sha: blobs.get(path) ?? "" });
      return Buffer.from(answer.data.content, "base64");
    },
  };
}

const SANDBOX_GONE =
  "No sandbox runs at the address in sandbox.env: start one with `npm start`, or remove that file to read GitHub.";

async function main(argument: string | undefined): Promise<Answer> {
  if (argument === undefined)
    return {
      exit: 2,
      lines: ["Usage: npm run verify -- OWNER/REPO, or the folder of a clone of its branch dockets"],
    };
  if (existsSync(argument)) return verify(await filesIn(argument));
  const [, owner, repo] = /^([A-Za-z0-9_-]+)\/([A-Za-z0-9._-]+)$/.exec(argument) ?? [];
  if (owner === undefined || repo === undefined)
    return { exit: 2, lines: [`${argument} is neither a folder nor OWNER/REPO.`] };
  loadEnvFile();
  const sandbox = process.env.GITHUB_API_URL ? null : loadSandboxEnvironment(readConfig(process.env).dataDir);
  if (sandbox !== null && (await sandboxTime(sandbox)) === null) return { exit: 2, lines: [SANDBOX_GONE] };
  const { GITHUB_API_URL: baseUrl = "https://api.github.com", GITHUB_TOKEN: token } = process.env;
  return verify(await filesOnGitHub({ owner, repo }, { baseUrl, token }));
}

if (import.meta.main) {
  const answer = await main(process.argv[2]).catch(
    (error: unknown): Answer => ({
      exit: 2,
      lines: [error instanceof Error ? error.message : String(error)],
    }),
  );
  (answer.exit === 2 ? process.stderr : process.stdout).write(`${answer.lines.join("\n")}\n`);
  process.exitCode = answer.exit;
}
