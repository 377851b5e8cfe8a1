/** What the press has to know before it begins: the proposal's own facts, and what stands in the repositories. */
import type { TextPin } from "../proposal/entries.ts";
import type { Repository } from "../proposal/facts.ts";
import type { Instant } from "../proposal/instant.ts";
import { publicationPlans } from "../proposal/publication-plan.ts";
import { noStandardAt } from "../publication/contents.ts";
import { frontOf } from "../publication/draft/prepare.ts";
import { CannotUpdate } from "../publication/file-update.ts";
import { assumedRegister } from "../publication/register/assumed.ts";
import { published } from "../publication/register/entry.ts";
import { EMPTY_REGISTER, type Register, type RegisteredLink } from "../publication/register/model.ts";
import { readRegister } from "../publication/register/text.ts";
import { specificationLinks } from "../publication/website/news.ts";
import type { Templates } from "../publication/website/templates.ts";
import type { PublicationOrder } from "../reconcile/ports.ts";

export type PressJob = {
  readonly order: PublicationOrder;
  readonly pin: TextPin;
  /** When the ballot closed: the day of everything that is published. */
  readonly decided: Instant;
  /** Where the standards are, whether or not it is ordered to publish there. */
  readonly repository: Repository;
  /** `null`: no text is published. */
  readonly sourcePath: string | null;
  readonly decisionPath: string;
  /** As it stands, or what is assumed where none is kept. */
  readonly register: Register;
  /** The source of the standard that is updated, as it stands; `null`: there is none, or it does not matter. */
  readonly current: string | null;
  readonly templates: Templates;
};

/** Throws `CannotUpdate` where the register does not allow the publication: before anything is made. */
export async function lookAt(order: PublicationOrder): Promise<PressJob> {
  const { issue, state, terms, text } = order;
  const { ballot } = state;
  const [standards] = publicationPlans(state, issue.ref, terms);
  if (!ballot?.closed || !standards || standards.decisionPath === null)
    throw new Error("A publication without a decision");
  const { repository, decisionPath } = standards;
  const pin = ballot.opened.text;
  const decided = ballot.closed.at;
  const current = await currentSource(order, repository, pin);
  const register = await registerFor(order, repository, pin, current);
  published(register, { pin, ref: issue.ref, decided, decisionPath, draft: null, links: [] });
  const sourcePath = text === null ? null : standards.sourcePath;
  const templates = await ownTemplates(order, issue.ref);
  return { order, pin, decided, repository, sourcePath, decisionPath, register, current, templates };
}

async function currentSource(
  { terms, read }: PublicationOrder,
  repository: Repository,
  pin: TextPin,
): Promise<string | null> {
  if (pin.proposal === "new") return null;
  const matters = terms.register === null || (terms.draft !== null && pin.proposal === "update");
  return matters ? read(repository, `${pin.slug}/${terms.source}`) : null;
}

async function registerFor(
  order: PublicationOrder,
  repository: Repository,
  pin: TextPin,
  current: string | null,
): Promise<Register> {
  const { terms, read } = order;
  if (terms.register !== null) return readRegister(await read(repository, terms.register));
  if (pin.proposal === "new") return EMPTY_REGISTER;
  if (current === null) throw noStandardAt(`${pin.slug}/${terms.source}`, repository);
  return assumedRegister(pin, frontOf(current), await standingLinks(order, pin.slug));
}

/** To what the website has of a standard, so that its section is found by it. */
async function standingLinks(
  { terms, read }: PublicationOrder,
  slug: string,
): Promise<readonly RegisteredLink[]> {
  const { website } = terms;
  if (website === null) return [];
  const stands = await read(website.repository, `${website.files}/${slug}.txt`);
  return stands === null ? [] : specificationLinks(website, { slug, files: null });
}

/** The templates that the committee keeps in its own repository. */
export async function ownTemplates(
  { terms, read }: Pick<PublicationOrder, "terms" | "read">,
  { owner, name }: Repository,
): Promise<Templates> {
  const own: Record<string, string> = {};
  for (const [template, path] of Object.entries(terms.website?.templates ?? {})) {
    const content = await read({ owner, name }, path);
    if (content === null) {
      throw new CannotUpdate(
        `The charter names the file \`${path}\` as the template \`${template}\`, and there is no such file in ${owner}/${name}.`,
      );
    }
    own[template] = content;
  }
  return own;
}
