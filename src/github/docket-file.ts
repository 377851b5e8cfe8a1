/** `NNNN/docket.json`: how a docket is written, and how strictly it is read. */
import { z } from "zod";
import { docketPath, paddedNumber } from "../proposal/docket.ts";
import type { Entry, EntryKind } from "../proposal/entries.ts";
import type { ProposalRef } from "../proposal/facts.ts";
import { instant } from "../proposal/instant.ts";
import type { Signature } from "../proposal/seal.ts";
import { DocketDamaged } from "../reconcile/ports.ts";

const FORMAT = "secretariat docket";
const VERSION = 1;

/** Every kind there is: the compiler asks for a new one here. */
const KINDS: Readonly<Record<EntryKind, true>> = {
  received: true,
  documented: true,
  accepted: true,
  returned: true,
  declined: true,
  "comment-period-opened": true,
  extended: true,
  "text-changed": true,
  "comment-period-closed": true,
  "ballot-opened": true,
  "ballot-posted": true,
  "votes-recorded": true,
  "text-flagged": true,
  "ballot-prolonged": true,
  "ballot-closed": true,
  "publication-opened": true,
  "publication-stopped": true,
  "publication-reopened": true,
  "publication-requested": true,
  published: true,
  withdrawn: true,
  "key-changed": true,
  restored: true,
  "command-refused": true,
  "submission-begun": true,
  submitted: true,
  "submission-refused": true,
  "submission-withheld": true,
  "submission-moved": true,
  "submission-given-up": true,
  "submission-requested": true,
};

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const moment = z.string().refine(isInstant, "not an instant such as 2026-12-20T09:30:00Z");

/** What every entry has; what its kind adds is vouched for by its hash. */
const frame = z.looseObject({
  number: z.int().positive(),
  kind: z
    .string()
    .refine((kind) => Object.hasOwn(KINDS, kind), "not a kind of entry that this version knows"),
  at: moment,
  recordedAt: moment,
  previous: digest,
  hash: digest,
});

const entry = z.custom<Entry>((value) => frame.safeParse(value).success, {
  error: ({ input }) => whatIsWrong(frame.safeParse(input).error),
});

const docketFile = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  proposal: z.string(),
  entries: z.array(entry),
  signature: z.strictObject({ key: z.string().max(100), value: z.string().max(200) }),
});

type Sealed = { readonly entries: readonly Entry[]; readonly signature: Signature };

export function textPath(ref: ProposalRef): string {
  return `${paddedNumber(ref.number)}/text.md`;
}

export function writtenDocket(ref: ProposalRef, entries: readonly Entry[], signature: Signature): string {
  const content = { format: FORMAT, version: VERSION, proposal: nameOf(ref), entries, signature };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** The entries in a docket's text, and who signed them: nothing is compared with them here. Throws `DocketDamaged`: a record that cannot be read is never taken for an empty one. */
export function parsedDocket(ref: ProposalRef, text: string): Sealed {
  const result = docketFile.safeParse(json(ref, text));
  if (!result.success) throw damaged(ref, whereItIsWrong(result.error));
  const { proposal, entries, signature } = result.data;
  // The repository may have been renamed since; the number stays.
  if (!proposal.endsWith(`#${ref.number}`)) throw damaged(ref, `it is the docket of ${proposal}`);
  const misplaced = entries.findIndex(({ number }, index) => number !== index + 1);
  if (misplaced !== -1)
    throw damaged(ref, `entry ${misplaced + 1} carries the number ${entries[misplaced]?.number}`);
  return { entries, signature };
}

export function damaged(ref: ProposalRef, why: string): DocketDamaged {
  return new DocketDamaged(`The docket ${docketPath(ref)} of ${nameOf(ref)} is damaged: ${why}.`);
}

function whatIsWrong(error: z.ZodError | undefined): string {
  const issue = error?.issues[0];
  return [...(issue?.path ?? []), issue?.message ?? "not what it should be"].join(": ");
}

/** For people: a committee has no use for a parser's words. */
function whereItIsWrong({ issues: [issue] }: z.ZodError): string {
  const [part, index] = issue?.path ?? [];
  if (part === "entries" && typeof index === "number") return `entry ${index + 1} cannot be read`;
  return part === undefined ? "it cannot be read" : `its part ${JSON.stringify(part)} cannot be read`;
}

function json(ref: ProposalRef, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw damaged(ref, "it is not JSON");
  }
}

function isInstant(text: string): boolean {
  try {
    return instant(text) === text;
  } catch {
    return false;
  }
}

/** In a clone of the branch, nobody knows which repository it is of: then its number alone. */
function nameOf({ owner, name, number }: ProposalRef): string {
  return owner === "" ? `#${number}` : `${owner}/${name}#${number}`;
}
