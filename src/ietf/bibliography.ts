/**
 * References to RFCs, to their series and to Internet-Drafts, from the IETF's bibliography. A reference that was found
 * once is kept; one that cannot be had is named with the reason, and never holds a draft up.
 */
import { after, DAY, type Instant, instant, type Seconds, seconds } from "../proposal/instant.ts";
import { bibliographyEntry } from "../publication/draft/citations.ts";
import { type BoundedAnswer, boundedGet } from "./http.ts";
import { checkReference, LONGEST_REFERENCE } from "./reference.ts";

/** Notes that spare a second request; losing them costs requests only. The store has both. */
type ReferenceCache = {
  recall(key: string): Promise<string | null>;
  remember(key: string, value: string): Promise<void>;
};

const BIBLIOGRAPHY = "https://bib.ietf.org";

export type BibliographyOptions = {
  /** Without a slash at its end; `null`: the IETF's own. */
  readonly url?: string | null;
  readonly cache: ReferenceCache;
  readonly clock: { now(): Instant };
  /** Of one request. */
  readonly timeoutMs?: number;
};

export type FoundReferences = {
  /** `<reference>` elements, or `<referencegroup>`, by the name that was asked for. */
  readonly references: ReadonlyMap<string, string>;
  /** What could not be had, in the order it was asked for. */
  readonly missing: readonly MissingReference[];
};

/** `unknown`: the bibliography answered, and has no such thing: the citation is probably wrong. */
export type MissingReference = {
  readonly name: string;
  readonly why: "unknown" | "no answer" | "bad answer";
  /** A sentence for the pull request. */
  readonly because: string;
};

export type IetfBibliography = {
  /** Finds each of the names, such as `RFC8259`, `BCP14` or `I-D.name`. Names of another kind are passed over. Never throws. */
  find(names: readonly string[]): Promise<FoundReferences>;
};

type Finding = { readonly xml: string } | MissingReference;

const AT_ONCE = 6;
const MOST_NAMES = 500;
/** A bibliography that fails this often in one search is down; asking on would only take time. */
const FAILURES_THAT_END_IT = 3;
/** What an RFC is called never changes, but its place in a series can; a draft gets new revisions. */
const FRESH_RFC = seconds(90 * DAY);
const FRESH_DRAFT = seconds(7 * DAY);

export function createBibliography(options: BibliographyOptions): IetfBibliography {
  return {
    async find(names) {
      const wanted = [...new Set(names)].filter((name) => bibliographyPath(name) !== null);
      const found = new Map<string, Finding>();
      const queue = wanted.slice(0, MOST_NAMES);
      const search = { failures: 0 };
      const lane = async () => {
        for (let name = queue.shift(); name !== undefined; name = queue.shift())
          found.set(name, await findOne(options, name, search));
      };
      await Promise.all(Array.from({ length: AT_ONCE }, lane));
      return sorted(wanted, found);
    },
  };
}

/** Where the bibliography keeps a document; null: it holds none of that kind. */
export function bibliographyPath(name: string): string | null {
  const entry = bibliographyEntry(name);
  return entry === null ? null : `/public/rfc/${entry.folder}/${entry.file}`;
}

function sorted(wanted: readonly string[], found: ReadonlyMap<string, Finding>): FoundReferences {
  const references = new Map<string, string>();
  const missing: MissingReference[] = [];
  for (const name of wanted) {
    const finding =
      found.get(name) ?? noAnswer(name, `only ${MOST_NAMES} references of a draft are looked up`);
    if ("xml" in finding) references.set(name, finding.xml);
    else missing.push(finding);
  }
  return { references, missing };
}

async function findOne(
  options: BibliographyOptions,
  name: string,
  search: { failures: number },
): Promise<Finding> {
  const kept = await recalled(options, name);
  if (kept?.fresh) return kept;
  const asked = search.failures >= FAILURES_THAT_END_IT ? noAnswer(name, "it did not answer before") : null;
  const finding = asked ?? (await ask(options, name));
  if ("xml" in finding) {
    await remember(options, name, finding.xml);
    return finding;
  }
  if (finding.why === "no answer") search.failures += 1;
  // An old reference is better than none.
  return kept ?? finding;
}

async function ask(options: BibliographyOptions, name: string): Promise<Finding> {
  const path = bibliographyPath(name);
  if (path === null) return noAnswer(name, "it holds no such kind of document");
  const given = await boundedGet(`${options.url ?? BIBLIOGRAPHY}${path}`, {
    timeoutMs: options.timeoutMs ?? 10_000,
    mostBytes: LONGEST_REFERENCE,
    accept: "application/xml, text/xml",
  });
  return judged(name, given);
}

function judged(name: string, given: BoundedAnswer): Finding {
  if ("failed" in given) return noAnswer(name, given.failed);
  if (given.status === 404)
    return { name, why: "unknown", because: `The IETF's bibliography knows no ${name}.` };
  if (given.status !== 200) return noAnswer(name, `it answered ${given.status}`);
  const checked = checkReference(given.text, name);
  if (checked.ok) return { xml: checked.xml };
  const because = `The IETF's bibliography answered with something for ${name} that ${checked.because}.`;
  return { name, why: "bad answer", because };
}

function noAnswer(name: string, why: string): MissingReference {
  const because = `The IETF's bibliography could not be asked for ${name}: ${why}.`;
  return { name, why: "no answer", because };
}

/** What is kept was checked when it came; it is checked again, because the store is a file that others can write. */
async function recalled(
  { cache, clock }: BibliographyOptions,
  name: string,
): Promise<{ xml: string; fresh: boolean } | null> {
  try {
    const kept = await cache.recall(keyOf(name));
    if (kept === null) return null;
    const space = kept.indexOf(" ");
    const fresh = after(instant(kept.slice(0, space)), freshFor(name)) > clock.now();
    const checked = checkReference(kept.slice(space + 1), name);
    return checked.ok ? { xml: checked.xml, fresh } : null;
  } catch {
    return null;
  }
}

async function remember({ cache, clock }: BibliographyOptions, name: string, xml: string): Promise<void> {
  // A store that cannot be written costs a request the next time, no more.
  await cache.remember(keyOf(name), `${clock.now()} ${xml}`).catch(() => undefined);
}

function freshFor(name: string): Seconds {
  return name.startsWith("I-D.") ? FRESH_DRAFT : FRESH_RFC;
}

function keyOf(name: string): string {
  return `reference ${name}`;
}
