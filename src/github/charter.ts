/** The committee's charter as it stands in git: read at a commit, parsed once for each commit. */
import { CHARTER_PATH, type CharterProblem } from "../charter/charter.ts";
import { parseCharter } from "../charter/parse.ts";
import type { CharterFact, CharterPin, Repository } from "../proposal/facts.ts";
import type { Bytes } from "./bodies.ts";
import type { Client } from "./client.ts";
import { hasStatus } from "./failure.ts";
import { readFile, tip, utf8 } from "./files.ts";
import type { Gate } from "./gate.ts";

export type CharterReader = {
  /** The charter in force: the repository's own, else that of the organization's `.github` repository. */
  inForce(repository: Repository): Promise<CharterFact>;
  /** What a repository's own file says at one commit. */
  at(repository: Repository, commit: string): Promise<CharterFact>;
};

const CHARTER_LIMIT = 64 * 1024;
const MOST_REMEMBERED = 200;

/**
 * Absent only where GitHub says that neither repository has the file, and unreadable where it will not show it. Where GitHub itself
 * fails (a broken connection, 5xx, a rate limit) a `GitHubFailure` is thrown: it is worth another try, and nobody need be told.
 */
export function createCharterReader(client: Client): CharterReader {
  const parsed = new Map<string, Promise<CharterFact>>();

  /** Two passes that ask at once share one reading. What failed, or was not there yet, is read again. */
  async function at(gate: Gate, pin: CharterPin): Promise<CharterFact> {
    const key = `${pin.owner}/${pin.name}@${pin.commit}`;
    const reading = parsed.get(key) ?? readCharter(gate, pin);
    if (parsed.size >= MOST_REMEMBERED) parsed.clear();
    parsed.set(key, reading);
    try {
      const fact = await reading;
      if (fact.status === "absent") parsed.delete(key);
      return fact;
    } catch (error) {
      parsed.delete(key);
      throw error;
    }
  }

  async function newest(gate: Gate, repository: Repository): Promise<CharterFact> {
    const found = await tip(gate, repository, null);
    if (found.found === "empty") return { status: "absent" };
    if (found.found === "commit") return at(gate, pinOf(repository, found.commit));
    return unreadable(repository, "the App cannot see the repository's files");
  }

  return {
    async inForce(repository) {
      const gate = await client.of(repository);
      const own = await orUnreadable(repository, newest(gate, repository));
      const shared = { owner: repository.owner, name: ".github" };
      if (own.status !== "absent" || repository.name.toLowerCase() === shared.name) return own;
      // There need not be such a repository; one that the App cannot see is as good as none.
      const besides = await client.besides(repository);
      const found = await orUnreadable(shared, tip(besides, shared, null));
      if ("status" in found) return found;
      if (found.found !== "commit") return { status: "absent" };
      return orUnreadable(shared, at(besides, pinOf(shared, found.commit)));
    },
    async at(repository, commit) {
      return orUnreadable(repository, at(await client.of(repository), pinOf(repository, commit)));
    },
  };
}

function pinOf({ owner, name }: Repository, commit: string): CharterPin {
  return { owner, name, path: CHARTER_PATH, commit };
}

async function readCharter(gate: Gate, pin: CharterPin): Promise<CharterFact> {
  const bytes = await readFile(gate, { ...pin, ref: pin.commit, limit: CHARTER_LIMIT });
  return bytes === null ? { status: "absent" } : charterFact(bytes, pin);
}

function charterFact(bytes: Bytes, pin: CharterPin): CharterFact {
  if (bytes === "not a file")
    return { status: "invalid", pin, problems: [wholeFile("This is not a file", "a file")] };
  if (bytes === "too large") {
    const problem = wholeFile("The charter is larger than 64 KiB", "a charter of at most 65,536 bytes");
    return { status: "invalid", pin, problems: [problem] };
  }
  const text = utf8(bytes);
  if (text === null) {
    const problem = wholeFile("The charter is not written in UTF-8", "the same text, saved as UTF-8");
    return { status: "invalid", pin, problems: [problem] };
  }
  const result = parseCharter(text);
  return result.ok
    ? { status: "valid", charter: result.charter, pin }
    : { status: "invalid", problems: result.problems, pin };
}

function wholeFile(message: string, instead: string): CharterProblem {
  return { line: 1, column: 1, path: "", message, instead };
}

/** Refused for good (no permission, blocked), until somebody changes something. */
async function orUnreadable<T>(
  repository: Repository,
  reading: Promise<T>,
): Promise<T | Extract<CharterFact, { status: "unreadable" }>> {
  try {
    return await reading;
  } catch (error) {
    if (!hasStatus(error, 403, 404, 410, 451)) throw error;
    return unreadable(repository, error.message);
  }
}

function unreadable(
  { owner, name }: Repository,
  why: string,
): Extract<CharterFact, { status: "unreadable" }> {
  return { status: "unreadable", because: `${CHARTER_PATH} in ${owner}/${name} could not be read: ${why}` };
}
