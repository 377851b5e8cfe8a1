/**
 * The press for standards that are kept: their next revision, or the mark that they have expired. What it makes depends on
 * the order and on what stands in the repositories, never on when it is made.
 */
import type { PublicationTerms } from "../charter/charter.ts";
import { sameName } from "../proposal/publication-plan.ts";
import { prepareDraft } from "../publication/draft/prepare.ts";
import { CannotUpdate, type FileUpdate } from "../publication/file-update.ts";
import type { PublishedFile } from "../publication/files.ts";
import { nextRevision } from "../publication/maintenance/branches.ts";
import { renewalDetails } from "../publication/maintenance/details.ts";
import {
  markedRegister,
  renewedLinks,
  renewedRegister,
  renewedSource,
  type UpkeepContents,
  upkeepOfStandards,
  upkeepOfWebsite,
} from "../publication/maintenance/files.ts";
import type { Register } from "../publication/register/model.ts";
import { readRegister } from "../publication/register/text.ts";
import type { MadeUpkeep, UpkeepOrder, UpkeepPress, UpkeepTarget } from "../reconcile/maintenance-ports.ts";
import { type MadeDraft, type MakeDraftOptions, makeDraft } from "./make-draft.ts";
import { ownTemplates } from "./press-job.ts";

type PressOptions = Pick<MakeDraftOptions, "bibliography" | "renderer">;

/** Throws `CannotUpdate`, with a sentence for people, where something cannot be made. */
export function createUpkeepPress(options: PressOptions): UpkeepPress {
  return { make: (order) => (order.what === "renewal" ? renewal(options, order) : mark(order)) };
}

async function renewal(options: PressOptions, order: UpkeepOrder): Promise<MadeUpkeep> {
  const { terms, expiring, standards, at } = order;
  const { standard, draft } = expiring;
  const revision = nextRevision(expiring);
  const docName = `${draft}-${revision}`;
  const path = sourcePath(order);
  const content = renewedSource(path, await order.read(standards, path), expiring, { docName, at });
  const details = renewalDetails(standard, { docName, at, committee: order.committee, terms: terms.draft });
  const made = await makeDraft(content, {
    prepare: (read) => prepareDraft(read, content, details, "as written"),
    ...options,
    now: at,
  });
  if ("refused" in made)
    throw new CannotUpdate(`\`${path}\` cannot be made into an Internet-Draft. ${made.refused}`);
  const rendered = made.rendered?.made === "both" ? made.rendered : null;
  const links = renewedLinks(terms, standard, rendered !== null);
  const after = renewedRegister(await registerOf(order), expiring, { revision, at, links });
  const source = { path, content, xml: made.xml };
  const targets = await targetsOf(order, { ...(await commonOf(order)), after, source, rendered });
  return { draft: docName, targets, remarks: remarksOn(made) };
}

async function mark(order: UpkeepOrder): Promise<MadeUpkeep> {
  const { expiring } = order;
  const after = markedRegister(await registerOf(order), expiring);
  const targets = await targetsOf(order, { ...(await commonOf(order)), after, source: null, rendered: null });
  return { draft: `${expiring.draft}-${expiring.revision}`, targets, remarks: [] };
}

function sourcePath({ expiring, terms }: UpkeepOrder): string {
  return `${expiring.standard.slug}/${terms.source}`;
}

async function registerOf({ terms, standards, read }: UpkeepOrder): Promise<Register> {
  if (terms.register === null) throw new Error("Upkeep without a register");
  return readRegister(await read(standards, terms.register));
}

async function commonOf(
  order: UpkeepOrder,
): Promise<Pick<UpkeepContents, "what" | "slug" | "terms" | "hasText" | "templates">> {
  const { what, terms, expiring, standards, home, read } = order;
  const hasText = terms.readme !== null && (await read(standards, `${sourcePath(order)}.txt`)) !== null;
  return { what, terms, slug: expiring.standard.slug, hasText, templates: await ownTemplates(order, home) };
}

async function targetsOf(order: UpkeepOrder, contents: UpkeepContents): Promise<readonly UpkeepTarget[]> {
  const { standards, terms } = order;
  const ofStandards = upkeepOfStandards(contents);
  const ofWebsite = upkeepOfWebsite(contents);
  const fixed = contents.source === null ? [] : [contents.source.path];
  const website = websiteApart(terms, standards);
  if (website === null) {
    const carries = terms.website === null ? "standards" : "both";
    const files = await changed([...ofStandards, ...ofWebsite], (path) => order.read(standards, path));
    return [{ repository: standards, carries, files, fixed }];
  }
  const pages = await changed(ofWebsite, (path) => order.read(website, path));
  const files = await changed(ofStandards, (path) => order.read(standards, path));
  return [
    ...(pages.length === 0
      ? []
      : [{ repository: website, carries: "website", files: pages, fixed: [] } as const]),
    { repository: standards, carries: "standards", files, fixed },
  ];
}

function websiteApart({ website }: PublicationTerms, standards: UpkeepOrder["standards"]) {
  return website === null || sameName(website.repository, standards) ? null : website.repository;
}

/** One change after the other, as two may be of one file; what stays as it is is left out. */
async function changed(
  updates: readonly FileUpdate[],
  read: (path: string) => Promise<string | null>,
): Promise<readonly PublishedFile[]> {
  const before = new Map<string, string | null>();
  const now = new Map<string, string>();
  for (const { path, reads, update } of updates) {
    if (reads && !before.has(path)) before.set(path, await read(path));
    now.set(path, update(now.get(path) ?? before.get(path) ?? null));
  }
  return [...now]
    .filter(([path, content]) => before.get(path) !== content)
    .map(([path, content]) => ({ path, content }));
}

function remarksOn({ nits, missing, rendered }: MadeDraft): readonly string[] {
  const { errors, warnings } = nits;
  const found = `idnits finds ${errors} errors and ${warnings} warnings; the check idnits on this pull request says where.`;
  return [
    ...(errors + warnings > 0 ? [found] : []),
    ...missing.map(({ because }) => because),
    ...(rendered?.made === "nothing" ? [rendered.because] : []),
  ];
}
