/** What a link to a file on GitHub names. Somebody wrote it: nothing in it is believed. */
import type { Repository } from "../proposal/facts.ts";

export type SpecificationLink = Repository & { readonly ref: string; readonly path: string };

const OWNER = /^[A-Za-z0-9_-]{1,100}$/;
const NAME = /^[A-Za-z0-9._-]{1,100}$/;
const LONGEST_LINK = 2_000;

/**
 * Reads `https://github.com/OWNER/REPO/blob/REF/PATH` (also `raw` in place of `blob`) on the host given by `webUrl`. The ref
 * is the first part, or what follows `refs/heads/` and `refs/tags/`; a branch with a slash in its name cannot be told from
 * a folder. Null: the link is none of these.
 */
export function parseSpecificationLink(link: string, webUrl: string): SpecificationLink | null {
  if (link.length > LONGEST_LINK || link.includes("\\") || climbs(link) || !URL.canParse(link)) return null;
  const address = new URL(link);
  const home = new URL(webUrl);
  if (address.host !== home.host || address.protocol !== home.protocol) return null;
  if (address.username !== "" || address.password !== "") return null;
  const prefix = home.pathname.replace(/\/$/, "");
  if (!address.pathname.startsWith(`${prefix}/`)) return null;
  const parts = decoded(address.pathname.slice(prefix.length + 1).split("/"));
  if (parts === null) return null;
  const [owner, name, view, ...rest] = parts;
  if (owner === undefined || name === undefined || !OWNER.test(owner) || !NAME.test(name)) return null;
  if (view !== "blob" && view !== "raw") return null;
  const long = rest[0] === "refs" && (rest[1] === "heads" || rest[1] === "tags");
  const [ref, ...path] = long ? rest.slice(2) : rest;
  if (ref === undefined || path.length === 0) return null;
  return { owner, name, ref, path: path.join("/") };
}

/** `..`, however it is written: a URL would quietly resolve it. */
function climbs(link: string): boolean {
  return link.split(/[/?#]/).some((part) => {
    const dots = part.toLowerCase().replaceAll("%2e", ".");
    return dots === "." || dots === "..";
  });
}

/** The parts of a path, percent-decoded; null: one of them is not a name that a file can have in a link. */
function decoded(parts: readonly string[]): readonly string[] | null {
  const names: string[] = [];
  for (const part of parts) {
    const name = decodedPart(part);
    if (name === null || name === "" || name === "." || name === ".." || isUnfit(name)) return null;
    names.push(name);
  }
  return names;
}

function decodedPart(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

/** Slashes that came in encoded, backslashes, and control characters. */
function isUnfit(name: string): boolean {
  return [...name].some(
    (character) => character === "/" || character === "\\" || character < " " || character === "\u007f",
  );
}
