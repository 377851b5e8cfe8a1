/** Authors as people write them, one a line: `Name, Organization, Country <e-mail>`, and what comes near it. */
import { isEmail } from "../charter/names.ts";
import { type Answer, answerLines, excerpt, oneLine } from "./answers.ts";
import type { ProposedAuthor } from "./entries.ts";
import { piecesOf } from "./markdown.ts";

const MOST_AUTHORS = 50;
const LONGEST_LINE = 500;
const LONGEST = { name: 100, organization: 200, country: 60 };

const INSTEAD =
  "Write one author a line, such as Ada Lovelace, Example University, Luxembourg <ada@example.org>; only the name is needed";

/** A company's or a person's name goes on after such a comma. */
const SUFFIXES: ReadonlySet<string> = new Set([
  "inc",
  "ltd",
  "llc",
  "llp",
  "corp",
  "gmbh",
  "jr",
  "sr",
  "phd",
]);

/** Reads the answer to the field of authors. One that cannot be read is refused as a whole: no author is left out unsaid. */
export function readAuthors(answer: string): Answer<readonly ProposedAuthor[]> {
  const lines = answerLines(answer);
  if (lines.length > MOST_AUTHORS)
    return refused(
      `There are ${lines.length} authors, and at most ${MOST_AUTHORS} can be named. Name those who wrote most of it here, and the others in the specification`,
    );
  const authors: ProposedAuthor[] = [];
  for (const line of lines) {
    const author = authorIn(line);
    if (typeof author === "string") return refused(`${excerpt(line)} ${author}. ${INSTEAD}`);
    authors.push(author);
  }
  return { value: authors, refused: null };
}

function refused(because: string): Answer<readonly ProposedAuthor[]> {
  return { value: [], refused: because };
}

/** The author, or what is wrong with the line, after its words. */
function authorIn(line: string): ProposedAuthor | string {
  if (line.length > LONGEST_LINE) return `has more than ${LONGEST_LINE} characters`;
  const { rest, addresses } = withoutAddresses(line);
  const [email, ...more] = addresses;
  if (more.length > 0) return "has more than one e-mail address";
  if (email === undefined && line.includes("<")) return "has no e-mail address between < and >";
  if (email !== undefined && !isEmail(email)) return "has an e-mail address that cannot be right";
  const [name = "", ...about] = partsOf(rest);
  if (!/\p{L}/u.test(name) || /[<>[\]{}|\\`@]/.test(name)) return "does not begin with a name";
  const organization = about.length < 2 ? (about[0] ?? null) : about.slice(0, -1).join(", ");
  const country = about.length < 2 ? null : (about.at(-1) ?? null);
  if (name.length > LONGEST.name) return `has a name of more than ${LONGEST.name} characters`;
  if ((organization ?? "").length > LONGEST.organization)
    return `has an organization of more than ${LONGEST.organization} characters`;
  if ((country ?? "").length > LONGEST.country)
    return `has a country of more than ${LONGEST.country} characters`;
  return { name, organization, email: email ?? null, country };
}

/** What a line says beside e-mail addresses, links and GitHub's names. */
function withoutAddresses(line: string): { readonly rest: string; readonly addresses: readonly string[] } {
  const addresses: string[] = [];
  const kept = piecesOf(line).map((piece) => {
    if (piece.kind === "image") return " ";
    if (piece.kind === "text" || !piece.url.startsWith("mailto:")) return piece.text;
    addresses.push(isEmail(piece.text) ? piece.text : piece.url.slice("mailto:".length));
    return " ";
  });
  const words = kept
    .join("")
    .split(/\s/)
    .map((word) => {
      const bare = word.replace(/^[(<"']{1,4}/, "").replace(/[)>"',;:.]{1,8}$/, "");
      if (bare === "") return word.replace(/[()<>"']/g, " ");
      const isName = bare.startsWith("@");
      if (!bare.includes("@") && !/^https?:\/\//i.test(bare)) return word;
      if (bare.includes("@") && !isName) addresses.push(bare.replace(/^mailto:/i, ""));
      return word.endsWith(",") ? "," : " ";
    });
  return { rest: oneLine(words.join(" ")), addresses };
}

/** Name, organization and country: parted by commas, or the name by a dash or by brackets around what follows it. */
function partsOf(rest: string): readonly string[] {
  const parts: string[] = [];
  for (const part of unbracketed(dashAsComma(rest)).split(",")) {
    const text = part.trim();
    if (!/[\p{L}\p{N}]/u.test(text)) continue;
    const last = parts.length - 1;
    if (last >= 0 && SUFFIXES.has(text.toLowerCase().replaceAll(".", ""))) parts[last] += `, ${text}`;
    else parts.push(text);
  }
  return parts;
}

function dashAsComma(text: string): string {
  if (text.includes(",")) return text;
  const dash = [" – ", " — ", " - "].find((mark) => text.includes(mark));
  return dash === undefined ? text : text.replace(dash, ", ");
}

/** `Ada (Example, Luxembourg)` as `Ada, Example, Luxembourg`; brackets further on are the organization's own. */
function unbracketed(text: string): string {
  const [open, close, comma] = [text.indexOf("("), text.indexOf(")"), text.indexOf(",")];
  if (open === -1 || close < open || (comma !== -1 && comma < open)) return text;
  const after = text.slice(close + 1).trim();
  if (after !== "" && !after.startsWith(",")) return text;
  return `${text.slice(0, open)},${text.slice(open + 1, close)}${after === "" ? "" : `,${after}`}`;
}
