/** Names for the parts of a draft: unique, stable, what XML allows, and as mmark makes them where mmark's are that. */

/** xml2rfc keeps these beginnings for the names that it gives itself. */
const RESERVED = /^(?:figure|iref|section|table|u|appendix|toc|boilerplate)-/;

/** mmark's own way (gomarkdown's `sanitizeHeadingID`): letters and digits in lower case, runs of all else as one `-`. */
export function mmarkAnchor(source: string): string {
  const anchor = source
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
  return anchor === "" ? "empty" : anchor;
}

/** GitHub's way to name a heading, for links such as `[see](#the-heading)`. */
export function gitHubAnchor(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}\p{Pc}\- ]/gu, "")
    .replaceAll(" ", "-");
}

/** The same name where XML and xml2rfc take it, else the nearest one they do. ASCII, as addresses in HTML are. */
export function xmlName(name: string): string {
  const folded = name.normalize("NFKD").replace(/\p{M}+/gu, "");
  const plain = folded.replace(/[^A-Za-z0-9_.-]+/g, "-").replace(/^-+|-+$/g, "");
  const cut = plain.slice(0, 200);
  if (cut === "") return "part";
  return /^[A-Za-z_]/.test(cut) && !RESERVED.test(cut) ? cut : `part-${cut}`;
}

export type Anchors = {
  /** Takes a name, or the next free one made of it as mmark does: `value`, `value-1`, `value-2`. */
  readonly take: (name: string) => string;
  /** The name that `take` would give. */
  readonly peek: (name: string) => string;
  readonly has: (name: string) => boolean;
};

/** A new book of names; `reserved`: taken already. */
export function anchors(reserved: Iterable<string> = []): Anchors {
  const counts = new Map<string, number>();
  for (const name of reserved) counts.set(name, 0);
  return {
    has: (name) => counts.has(name),
    take: (name) => takeFrom(counts, name),
    peek: (name) => takeFrom(new Map(counts), name),
  };
}

function takeFrom(counts: Map<string, number>, name: string): string {
  let id = name;
  for (let count = counts.get(id); count !== undefined; count = counts.get(id)) {
    const next = `${id}-${count + 1}`;
    if (counts.has(next)) id = `${id}-1`;
    else {
      counts.set(id, count + 1);
      id = next;
    }
  }
  counts.set(id, 0);
  return id;
}
