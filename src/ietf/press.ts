/**
 * The press: from an approved proposal to the files of its pull requests. It reads what stands in the repositories, has
 * the draft made, and leaves to `publication/` what stands in which file. What it makes depends on the order and on what
 * was read, never on when it is made.
 */
import {
  type Contents,
  linksTo,
  standardsUpdates,
  textPath,
  websiteUpdates,
} from "../publication/contents.ts";
import { decisionRecord } from "../publication/decision-record.ts";
import { difference } from "../publication/difference.ts";
import { prepareDraft } from "../publication/draft/prepare.ts";
import { type WantedDraft, wantedDraft } from "../publication/draft-wanted.ts";
import { CannotUpdate, type FileUpdate } from "../publication/file-update.ts";
import type { PublishedFile } from "../publication/files.ts";
import { NO_NOTES, type PressNotes } from "../publication/press-notes.ts";
import { published } from "../publication/register/entry.ts";
import { standardIn } from "../publication/register/model.ts";
import { SPECIFICATION_LABEL } from "../publication/website/standards-page.ts";
import { plainPress } from "../reconcile/plain-press.ts";
import type { MadeTarget, PressPort, PublicationOrder } from "../reconcile/ports.ts";
import type { IetfBibliography } from "./bibliography.ts";
import { type MadeDraft, makeDraft } from "./make-draft.ts";
import { lookAt, type PressJob } from "./press-job.ts";
import type { Renderer } from "./render.ts";

export type PressOptions = {
  readonly bibliography: IetfBibliography;
  readonly renderer: Renderer;
};

/** Throws `CannotUpdate`, with a sentence for people, where something of a publication cannot be made. */
export function createPress(options: PressOptions): PressPort {
  return { make: (order) => (isAllAsItIs(order) ? plainPress.make(order) : printed(options, order)) };
}

/** The charter wants nothing but the text that was voted on, and the record of the decision. */
function isAllAsItIs({ terms: { draft, website, register, readme } }: PublicationOrder): boolean {
  return draft === null && website === null && register === null && readme === null;
}

async function printed(options: PressOptions, order: PublicationOrder): Promise<readonly MadeTarget[]> {
  const job = await lookAt(order);
  const draft = await draftOf(options, job);
  const contents = await contentsOf(job, draft);
  const notes = draft === null ? NO_NOTES : notesOf(job, contents, draft);
  const made: MadeTarget[] = [];
  for (const plan of order.plans) {
    const updates = [
      ...(plan.carries.includes("standards") ? standardsUpdates(contents) : []),
      ...(plan.carries.includes("website") ? websiteUpdates(contents) : []),
    ];
    const read = (path: string) => order.read(plan.repository, path);
    made.push({ plan, notes, files: await applied(updates, read) });
  }
  return made;
}

type PrintedDraft = { readonly made: MadeDraft; readonly wanted: WantedDraft };

/** `null`: the charter wants no draft, or there is no text. */
async function draftOf(options: PressOptions, job: PressJob): Promise<PrintedDraft | null> {
  const { order, pin, decided, register, current } = job;
  const { terms, text, committee, issue } = order;
  if (terms.draft === null || text === null || job.sourcePath === null) return null;
  const ground = { pin, ref: issue.ref, committee, terms: terms.draft, text, register, current, decided };
  const wanted = wantedDraft(ground);
  const made = await makeDraft(text, {
    prepare: (read) => prepareDraft(read, text, wanted.details, wanted.keeping),
    ...options,
    // The day of the decision for whoever asks: a later pass makes the same bytes, and an old decision has no old nits.
    now: decided,
  });
  if (!("refused" in made)) return { made, wanted };
  throw new CannotUpdate(
    `The text that was voted on cannot be made into an Internet-Draft. ${made.refused} It can be proposed anew, or published as it is: that is what the App does where the charter’s \`publication\` has no \`draft\`.`,
  );
}

async function contentsOf(job: PressJob, draft: PrintedDraft | null): Promise<Contents> {
  const { order, pin, decided, register, templates, sourcePath, decisionPath } = job;
  const { issue, state, committee, terms, text } = order;
  const rendered = draft?.made.rendered?.made === "both" ? draft.made.rendered : null;
  const known = standardIn(register, pin.slug);
  const before = known ?? { slug: pin.slug, files: null, links: [] };
  const links = linksTo(terms, before, {
    rendered: rendered !== null,
    issue,
    repository: job.repository,
    sourcePath,
  });
  const content = draft?.made.raw ?? text;
  return {
    issue,
    committee,
    terms,
    pin,
    decided,
    before: register,
    after: published(register, {
      pin,
      ref: issue.ref,
      decided,
      decisionPath,
      draft: draft === null ? null : { ...draft.wanted, front: draft.made.draft.front },
      links,
    }),
    source:
      sourcePath === null || content === null
        ? null
        : { path: sourcePath, content, xml: draft?.made.xml ?? null },
    rendered,
    // Of a standard that nobody knew there is nothing yet.
    hasText: rendered === null && terms.readme !== null && known !== null && (await standsText(job)),
    decision: { path: decisionPath, content: decisionRecord(issue, state) },
    templates,
  };
}

async function standsText({ order, repository, pin }: PressJob): Promise<boolean> {
  return (await order.read(repository, textPath(pin.slug, order.terms.source))) !== null;
}

/** One change after the other: two may be of one file. */
async function applied(
  updates: readonly FileUpdate[],
  read: (path: string) => Promise<string | null>,
): Promise<readonly PublishedFile[]> {
  const files = new Map<string, string>();
  for (const { path, reads, update } of updates)
    files.set(path, update(files.get(path) ?? (reads ? await read(path) : null)));
  return [...files].map(([path, content]) => ({ path, content }));
}

function notesOf(job: PressJob, contents: Contents, { made, wanted }: PrintedDraft): PressNotes {
  const { name, lacking, unexpressed, missing, nits, raw } = made;
  const { current, sourcePath } = job;
  return {
    draft: name,
    lacking: [...wanted.lacking, ...lacking],
    unexpressed,
    missing: missing.map(({ name: reference, because }) => ({ name: reference, because })),
    nits: { errors: nits.errors, warnings: nits.warnings },
    rendered: renderedNote(made, contents),
    difference: current === null || sourcePath === null ? null : difference(sourcePath, current, raw),
  };
}

function renderedNote({ rendered }: MadeDraft, { terms, after, pin }: Contents): PressNotes["rendered"] {
  if (rendered === null) return null;
  if (rendered.made === "both") return { made: "both" };
  const { because } = rendered;
  const left =
    rendered.why === "failed" ? `${because} They are left to the repository’s own build.` : because;
  if (terms.website === null) return { made: "nothing", because: left };
  const links = standardIn(after, pin.slug)?.links.filter(({ label }) => label === SPECIFICATION_LABEL) ?? [];
  const isSource = links.every(({ text }) => text === "Source");
  const meanwhile = isSource
    ? "Until they are made, the website links to the standard’s source."
    : "Until they are made, the website has those of the revision before.";
  return { made: "nothing", because: `${left} ${meanwhile}` };
}
