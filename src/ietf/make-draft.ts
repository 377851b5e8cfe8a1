/** From a text to all that is made of it: `raw.md`, RFCXML, text and HTML, and what idnits says about them. */
import type { Instant } from "../proposal/instant.ts";
import { citedTargets } from "../publication/draft/citations.ts";
import type { Draft, NotADraft, ReadDraft, Unexpressed } from "../publication/draft/model.ts";
import type { Prepared } from "../publication/draft/prepare.ts";
import { readDraft } from "../publication/draft/read.ts";
import { includedIn, toRfcXml } from "../publication/draft/to-rfcxml.ts";
import type { FoundReferences, IetfBibliography, MissingReference } from "./bibliography.ts";
import { linesIn } from "./nit-lines.ts";
import { checkNits, type Nits } from "./nits.ts";
import type { Rendered, Renderer } from "./render.ts";

export type MakeDraftOptions = {
  /** What an Internet-Draft needs and a text lacks: the name, the date, the sections that the IETF expects. */
  readonly prepare: (read: ReadDraft) => Prepared;
  /** null: nobody is asked; references are included by their addresses. */
  readonly bibliography: IetfBibliography | null;
  /** null: neither text nor HTML is wanted. */
  readonly renderer: Renderer | null;
  readonly now: Instant;
};

export type MadeDraft = {
  readonly name: string;
  readonly draft: Draft;
  readonly raw: string;
  readonly xml: string;
  /** What is left out, or stands differently, by the lines of the input. */
  readonly unexpressed: readonly Unexpressed[];
  readonly lacking: readonly Unexpressed[];
  /** References that are included by their addresses, or are nowhere, and why. */
  readonly missing: readonly MissingReference[];
  readonly nits: Nits;
  /** null: not wanted. */
  readonly rendered: Rendered | null;
};

/** Makes everything; the bibliography, the renderer or idnits may fail, and it is still made. Never throws. */
export async function makeDraft(
  input: string | Uint8Array,
  options: MakeDraftOptions,
): Promise<MadeDraft | NotADraft> {
  const read = readDraft(input);
  if ("refused" in read) return read;
  const { draft, name, lacking, changed, raw } = options.prepare(read);
  const { references, missing } = await found(draft, options.bibliography);
  const xml = toRfcXml(draft, references);
  const rendered = await renderedBy(options, xml, includedIn(draft, references));
  const nits = await checkNits({
    name,
    xml,
    now: options.now,
    lineOf: linesIn(draft, raw),
    ...(rendered?.made === "both" ? { text: rendered.text } : {}),
  });
  const unexpressed = [...read.unexpressed, ...changed].sort((one, other) => one.line - other.line);
  return { name, draft, raw, xml, unexpressed, lacking, missing, nits, rendered };
}

/** xml2rfc runs without a network, so that what is included from elsewhere is out of its reach. */
async function renderedBy(
  { renderer, now }: MakeDraftOptions,
  xml: string,
  included: readonly string[],
): Promise<Rendered | null> {
  if (renderer === null) return null;
  if (included.length === 0) return renderer.render(xml, now);
  const names = included.slice(0, 10).join(", ") + (included.length > 10 ? " and others" : "");
  const because = `The text and HTML were not made: the references to ${names} are not written out in the draft.`;
  return { made: "nothing", why: "failed", because, says: [] };
}

async function found(draft: Draft, bibliography: IetfBibliography | null): Promise<FoundReferences> {
  const own = new Set(draft.references.map(({ anchor }) => anchor));
  const wanted = citedTargets(draft)
    .map(({ target }) => target)
    .filter((target) => !own.has(target));
  return bibliography === null ? { references: new Map(), missing: [] } : bibliography.find(wanted);
}
