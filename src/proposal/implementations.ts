/** Implementations as people write them, one a line: a name and an address, in any order, or a Markdown link. */
import { type Answer, answerLines, excerpt, oneLine } from "./answers.ts";
import type { ProposalDetails } from "./entries.ts";
import { piecesOf } from "./markdown.ts";

type Implementation = ProposalDetails["implementations"][number];

const MOST = 50;
const LONGEST_LINE = 2_500;
const LONGEST_NAME = 200;
const LONGEST_ADDRESS = 2_000;

const INSTEAD = "Write one implementation a line, such as MISP https://github.com/MISP/MISP";

/** Reads the answer to the field of implementations. One that cannot be read is refused as a whole. */
export function readImplementations(answer: string): Answer<readonly Implementation[]> {
  const lines = answerLines(answer);
  if (lines.length > MOST)
    return refused(`There are ${lines.length} implementations, and at most ${MOST} can be named`);
  const found: Implementation[] = [];
  for (const line of lines) {
    const implementation = implementationIn(line);
    if (typeof implementation === "string") return refused(`${excerpt(line)} ${implementation}. ${INSTEAD}`);
    found.push(implementation);
  }
  return { value: found, refused: null };
}

function refused(because: string): Answer<readonly Implementation[]> {
  return { value: [], refused: because };
}

/** The implementation, or what is wrong with the line, after its words. */
function implementationIn(line: string): Implementation | string {
  if (line.length > LONGEST_LINE) return `has more than ${LONGEST_LINE} characters`;
  const { words, addresses } = takenApart(line);
  const [first, ...more] = addresses;
  if (more.length > 0) return "has more than one address";
  const url = first === undefined ? null : webAddress(first);
  if (first !== undefined && url === null) return "has an address that cannot be one on the web";
  const name = nameFrom(words) ?? (url === null ? null : oneLine(url.replace(/^https?:\/\//, "")));
  if (name === null) return "does not name anything";
  if (name.length > LONGEST_NAME) return `has a name of more than ${LONGEST_NAME} characters`;
  return { name, url };
}

function takenApart(line: string): { readonly words: string; readonly addresses: readonly string[] } {
  const addresses: string[] = [];
  const kept = piecesOf(line).map((piece) => {
    if (piece.kind === "image") return " ";
    if (piece.kind === "link" && /^https?:/i.test(piece.url)) {
      addresses.push(piece.url);
      // `<https://…>` and a link that shows its own address have no other name.
      return /^https?:\/\//i.test(piece.text) ? " " : piece.text;
    }
    return piece.text
      .split(/\s/)
      .map((word) => {
        const bare = word.replace(/^[(<"']{1,4}/, "").replace(/[)>"'.,;:!?]{1,8}$/, "");
        if (!/^https?:\/\//i.test(bare)) return word;
        addresses.push(bare);
        return " ";
      })
      .join(" ");
  });
  return { words: oneLine(kept.join("")), addresses };
}

/** What is left of a line without its address: `MISP:`, `MISP (` and `MISP -` are all MISP. */
function nameFrom(words: string): string | null {
  const name = words.replace(/^[\s:,;(–—-]{1,8}/, "").replace(/[\s:,;(–—-]{1,8}$/, "");
  return /[\p{L}\p{N}]/u.test(name) ? name : null;
}

function webAddress(text: string): string | null {
  const url = URL.parse(text);
  if (url === null || url.username !== "" || url.password !== "") return null;
  if (url.protocol !== "https:" && url.protocol !== "http:") return null;
  return url.href.length <= LONGEST_ADDRESS ? url.href : null;
}
