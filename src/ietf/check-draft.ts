/** What idnits says of a draft as it stands in a repository: nothing in it is changed, and no text or HTML is made. */
import type { DraftCheck, DraftRemark } from "../messages/draft-check.ts";
import type { Instant } from "../proposal/instant.ts";
import { complete } from "../publication/draft/complete.ts";
import type { DraftDate, NotADraft, ReadDraft } from "../publication/draft/model.ts";
import type { IetfBibliography } from "./bibliography.ts";
import { type MadeDraft, makeDraft } from "./make-draft.ts";

export type CheckDraftOptions = {
  readonly path: string;
  /** The name with its revision that the register gives the draft; null: the draft's own title block says it. */
  readonly registered: string | null;
  readonly bibliography: IetfBibliography | null;
  readonly now: Instant;
};

/** Stands in for a name that the draft does not have, which is an error of its own. */
const UNNAMED = "draft-unnamed-unnamed-00";

/** Never throws: what is no draft is an error in the answer. */
export async function checkDraft(content: Uint8Array, options: CheckDraftOptions): Promise<DraftCheck> {
  const { path, bibliography, now } = options;
  const raw = new TextDecoder().decode(content);
  let name = UNNAMED;
  const prepare = (read: ReadDraft) => {
    name = nameOf(read, options.registered);
    const details = { docName: name, date: read.draft.front.date ?? dayOf(now) };
    return { ...complete(read.draft, details), name, raw };
  };
  const made = await makeDraft(content, { prepare, bibliography, renderer: null, now });
  if ("refused" in made) return refused(path, made);
  const named = name === UNNAMED ? [NO_NAME] : [];
  return { path, name: name === UNNAMED ? null : name, remarks: [...named, ...remarksOf(made)] };
}

/** The title block may leave the revision to others, but not name another draft than the register. */
function nameOf({ draft }: ReadDraft, registered: string | null): string {
  const said = draft.front.docName;
  if (said !== null && /^draft(?:-[a-z0-9]{1,60}){1,12}-[0-9]{2}$/.test(said)) return said;
  return registered !== null && (said === null || registered.slice(0, -3) === said) ? registered : UNNAMED;
}

const NO_NAME: DraftRemark = {
  severity: "error",
  code: "NO_NAME",
  message: "The title block has no docName such as draft-misp-core-format-00.",
  line: 1,
  reference: null,
};

function remarksOf({ nits, unexpressed, lacking, missing }: MadeDraft): readonly DraftRemark[] {
  const own = { reference: null } as const;
  return [
    ...nits.list,
    ...unexpressed.map(({ line, what }): DraftRemark => {
      const message = `This stands differently in the draft, or is left out of it: ${what}.`;
      return { ...own, severity: "warning", code: "NOT_EXPRESSED", message, line: line > 0 ? line : null };
    }),
    ...lacking.map(({ what }): DraftRemark => {
      return {
        ...own,
        severity: "comment",
        code: "LACKING",
        message: `The draft lacks ${what}.`,
        line: null,
      };
    }),
    ...missing.map(({ why, because }): DraftRemark => {
      const severity = why === "no answer" ? "comment" : "warning";
      return { ...own, severity, code: "REFERENCE_NOT_FOUND", message: because, line: null };
    }),
  ];
}

function refused(path: string, { refused: message, line }: NotADraft): DraftCheck {
  const remark: DraftRemark = { severity: "error", code: "NO_DRAFT", message, line, reference: null };
  return { path, name: null, remarks: [remark] };
}

function dayOf(now: Instant): DraftDate {
  const [year, month, day] = now.slice(0, 10).split("-").map(Number);
  return { year: year ?? 0, month: month ?? null, day: day ?? null };
}
