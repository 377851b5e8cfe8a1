/** The file that a specification section links to: what it says, at which commit, or why the App will not take it. */
import type { FilePin, ProposalRef, Repository, SpecificationFact } from "../proposal/facts.ts";
import type { Bytes } from "./bodies.ts";
import type { Client } from "./client.ts";
import { hasStatus, orNull } from "./failure.ts";
import { isCommit, readFile, TEXT_LIMIT, tip, utf8 } from "./files.ts";
import type { Gate } from "./gate.ts";
import { sameRepository } from "./observe.ts";
import { repository as repositoryShape } from "./shapes.ts";
import { parseSpecificationLink } from "./specification-link.ts";

/**
 * Reads a linked specification with the access that the App has to the proposal's repository. GitHub failing is thrown;
 * `refused` is for what the proposer can mend.
 */
export async function readSpecification(
  client: Client,
  ref: ProposalRef,
  link: string,
  webUrl: string,
): Promise<SpecificationFact> {
  const target = parseSpecificationLink(link, webUrl);
  if (target === null) {
    const example = `${webUrl.replace(/\/$/, "")}/OWNER/REPOSITORY/blob/BRANCH/FILE`;
    return refused(link, `The link does not lead to a file on GitHub, such as ${example}.`);
  }
  const gate = await client.of(ref);
  if (!sameRepository(target, ref) && !(await isPublic(gate, target))) {
    return refused(
      link,
      `The repository ${target.owner}/${target.name} is not public, or there is none of that name.`,
    );
  }
  const commit = await commitOf(gate, target, target.ref);
  if (commit === null) {
    return refused(
      link,
      `The repository ${target.owner}/${target.name} has no branch, tag or commit of the name in the link.`,
    );
  }
  const file = { owner: target.owner, name: target.name, path: target.path, commit };
  const text = await textOf(gate, file);
  return text.ok ? { status: "read", link, text: text.text, file } : refused(link, text.because);
}

function refused(link: string, because: string): SpecificationFact {
  return { status: "refused", link, because };
}

/** What the App may read is more than everybody may: a private text must not be published by linking to it. */
async function isPublic(gate: Gate, { owner, name }: Repository): Promise<boolean> {
  try {
    const found = await orNull(gate.get("GET /repos/{owner}/{repo}", { owner, repo: name }, repositoryShape));
    return found !== null && !found.private;
  } catch (error) {
    if (hasStatus(error, 403, 451)) return false;
    throw error;
  }
}

async function commitOf(gate: Gate, target: Repository, ref: string): Promise<string | null> {
  if (isCommit(ref)) return ref;
  const found = await tip(gate, target, ref);
  return found.found === "commit" ? found.commit : null;
}

/** GitHub shows no file of more than 100 MB, and refuses it as if it were forbidden. */
async function bytesOf(gate: Gate, file: FilePin): Promise<Bytes | null> {
  try {
    return await readFile(gate, { ...file, ref: file.commit, limit: TEXT_LIMIT });
  } catch (error) {
    if (hasStatus(error, 403)) return "too large";
    throw error;
  }
}

type Text = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly because: string };

async function textOf(gate: Gate, file: FilePin): Promise<Text> {
  const bytes = await bytesOf(gate, file);
  if (bytes === null) return { ok: false, because: "There is no file at the place the link leads to." };
  if (bytes === "not a file") return { ok: false, because: "The link leads to a folder, not to a file." };
  if (bytes === "too large")
    return { ok: false, because: `The file is larger than ${TEXT_LIMIT / 1024 / 1024} MiB.` };
  const text = utf8(bytes);
  if (text === null || text.includes("\0")) {
    return { ok: false, because: "The file is not a text in UTF-8." };
  }
  return { ok: true, text };
}
