/**
 * A subject as text: its key in the store, and its name in logs.
 * `proposal misp/misp-rfc#12`, `charter misp/misp-rfc`, `charter misp/misp-rfc@<commit>`, `draft check misp/misp-rfc#15`,
 * `maintenance misp/misp-rfc`.
 * GitHub's names do not mind letter case, and people write them as they like: keys are in lower case, so that nothing has two.
 */
import type { Subject } from "./ports.ts";

/** GitHub's own limits: 39 characters for a login (longer ones exist on GHES), 100 for a repository's name. */
const NUMBERED =
  /^(proposal|draft check) ([A-Za-z0-9_-]{1,100})\/([A-Za-z0-9._-]{1,100})#([1-9][0-9]{0,14})$/;
const MAINTENANCE = /^maintenance ([A-Za-z0-9_-]{1,100})\/([A-Za-z0-9._-]{1,100})$/;
const CHARTER = /^charter ([A-Za-z0-9_-]{1,100})\/([A-Za-z0-9._-]{1,100})(?:@([0-9a-f]{40}|[0-9a-f]{64}))?$/;

/** The key of a subject. Throws on a name that could not be GitHub's: it would not be read back. */
export function subjectKey(subject: Subject): string {
  const key = written(subject).toLowerCase();
  if (!isSubject(subject)) throw new RangeError(`Not a subject: ${JSON.stringify(subject)}`);
  return key;
}

/** Could it be GitHub's, by its names? */
export function isSubject(subject: Subject): boolean {
  return parseSubject(written(subject).toLowerCase()) !== null;
}

/** The subject that a key names; null: the key is none of ours. */
export function parseSubject(key: string): Subject | null {
  return parseNumbered(key) ?? parseCharter(key) ?? parseMaintenance(key);
}

function written(subject: Subject): string {
  switch (subject.kind) {
    case "proposal":
    case "draft check":
      return `${subject.kind} ${subject.ref.owner}/${subject.ref.name}#${subject.ref.number}`;
    case "maintenance":
      return `maintenance ${subject.repository.owner}/${subject.repository.name}`;
    case "charter": {
      const { owner, name } = subject.repository;
      return `charter ${owner}/${name}${subject.commit === null ? "" : `@${subject.commit}`}`;
    }
  }
}

function parseNumbered(key: string): Subject | null {
  const [, kind, owner, name, number] = NUMBERED.exec(key) ?? [];
  if (owner === undefined || name === undefined || isDots(name)) return null;
  const ref = { owner, name, number: Number(number) };
  return { kind: kind === "proposal" ? kind : "draft check", ref };
}

function parseCharter(key: string): Subject | null {
  const [, owner, name, commit] = CHARTER.exec(key) ?? [];
  if (owner === undefined || name === undefined || isDots(name)) return null;
  return { kind: "charter", repository: { owner, name }, commit: commit ?? null };
}

function parseMaintenance(key: string): Subject | null {
  const [, owner, name] = MAINTENANCE.exec(key) ?? [];
  if (owner === undefined || name === undefined || isDots(name)) return null;
  return { kind: "maintenance", repository: { owner, name } };
}

/** `.` and `..` are no repository names, and would change the path of a request. */
function isDots(name: string): boolean {
  return name === "." || name === "..";
}
