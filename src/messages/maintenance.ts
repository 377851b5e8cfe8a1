/** The maintenance issue: which drafts expire when, what is pending against them, and the answers to who would renew one. */
import { sha256 } from "../proposal/docket.ts";
import type { Person, Repository } from "../proposal/facts.ts";
import { inWords } from "../proposal/instant.ts";
import type { Expiring } from "../publication/maintenance/expiry.ts";
import type { RenewRefusal } from "../publication/maintenance/renewals.ts";
import { codeSpan, inline, link } from "./escape.ts";
import { addressed, count, listed, paragraphs, table } from "./parts.ts";

export const MAINTENANCE_TITLE = "Internet-Drafts that expire soon";

/** Something under way that concerns a draft. */
export type Pending =
  | {
      readonly what: "update" | "retirement" | "erratum";
      readonly repository: Repository;
      readonly number: number;
      readonly url: string;
    }
  | {
      readonly what: "renewal" | "marking";
      readonly repository: Repository;
      readonly number: number;
      readonly url: string;
      readonly state: "open" | "merged" | "closed";
    };

export type MaintenanceRow = Expiring & { readonly pending: readonly Pending[] };

export type MaintenanceView = {
  /** The first to expire comes first. */
  readonly rows: readonly MaintenanceRow[];
  /** Those that are marked as expired, and may be renewed all the same. */
  readonly marked: readonly MaintenanceRow[];
  /** What keeps the App from going on, a sentence for people; null: nothing. */
  readonly trouble: string | null;
};

/** Whether there is something that people are to be told, or were told and may still see. */
export function saysSomething({ rows, trouble }: MaintenanceView): boolean {
  return rows.length > 0 || trouble !== null;
}

/** The issue's text, without its hidden key. */
export function maintenanceBody(view: MaintenanceView): string {
  const { rows, marked, trouble } = view;
  if (!saysSomething(view)) return paragraphs(NOTHING_LEFT, ...markedPart(marked));
  return paragraphs(
    announcedLine(view),
    trouble === null
      ? null
      : `**The secretariat cannot go on here until this is mended:** ${inline(trouble, 1_000)}`,
    rows.length === 0 ? null : intro(rows),
    rows.length === 0 ? null : tableOf(rows, 30_000),
    rows.length === 0 ? null : howToRenew(),
    ...markedPart(marked),
    "This text is kept up to date, at least once a day. The issue is closed by itself when nothing is left to be done.",
  );
}

const NOTHING_LEFT =
  "Nothing is left to be done: no draft expires soon. When one does, the secretariat opens another issue.";

function markedPart(marked: readonly MaintenanceRow[]): readonly (string | null)[] {
  if (marked.length === 0) return [];
  const words = `Marked as expired in the register; ${codeSpan("/renew NAME")} brings one back:`;
  return [words, tableOf(marked, 12_000)];
}

function intro(rows: readonly MaintenanceRow[]): string {
  const are =
    rows.length === 1
      ? "This Internet-Draft of a published standard"
      : `These ${rows.length} Internet-Drafts of published standards`;
  return `${are} will expire soon, or ${rows.length === 1 ? "has" : "have"} expired. The IETF keeps a draft current for 185 days from when it was posted.`;
}

function howToRenew(): string {
  return `To renew a draft as it is, with the next revision and a new date, write ${codeSpan("/renew NAME")} in a comment; where only one is to be renewed, ${codeSpan("/renew")} is enough. Every chair, reviewer and member may. A maintainer then merges the pull request. A draft that expires is marked in the register by another pull request.`;
}

function tableOf(rows: readonly MaintenanceRow[], budget: number): string {
  return table(
    {
      head: ["Name", "Internet-Draft", "Expires", "Pending"],
      rows: rows.map(({ standard, draft, revision, expires, hasExpired, pending }) => [
        codeSpan(standard.slug),
        inline(`${draft}-${revision}`),
        `${inWords(expires)}${hasExpired ? " (expired)" : ""}`,
        pending.length === 0 ? "nothing" : shownOf(pending),
      ]),
      leftOut: (left) => `${count(left, "more draft")} ${left === 1 ? "is" : "are"} in the register.`,
    },
    budget,
  );
}

/** More than a person would follow up. */
const MOST_PENDING = 10;

function shownOf(pending: readonly Pending[]): string {
  const left = pending.length - MOST_PENDING;
  return [...pending.slice(0, MOST_PENDING).map(pendingInWords), ...(left > 0 ? [`${left} more`] : [])].join(
    ", ",
  );
}

function pendingInWords(pending: Pending): string {
  const { repository, number, url } = pending;
  const at = link(`${repository.owner}/${repository.name} ${number}`, url);
  switch (pending.what) {
    case "update":
    case "retirement":
    case "erratum":
      return `${pending.what}: ${at}`;
    case "renewal":
      return `renewal: ${at} (${stateInWords(pending.state)})`;
    case "marking":
      return `marking as expired: ${at} (${stateInWords(pending.state)})`;
  }
}

function stateInWords(state: "open" | "merged" | "closed"): string {
  return state === "closed" ? "closed unmerged" : state;
}

/**
 * What the issue has told of, hidden from readers: one that was closed by hand is not followed by another for the same.
 * Short names and revisions of the register's strict alphabet, and digests, only.
 */
function announcedLine(view: MaintenanceView): string {
  return `<!-- secretariat:due ${announcements(view).join(" ")} -->`;
}

/** More than a committee has drafts; what is beyond is told of again. */
const MOST_ANNOUNCED = 200;

export function announcements({ rows, trouble }: MaintenanceView): readonly string[] {
  const due = rows.slice(0, MOST_ANNOUNCED).map(({ standard, revision }) => `${standard.slug}-${revision}`);
  return trouble === null ? due : [...due, `trouble-${sha256(trouble).slice(0, 12)}`];
}

const ANNOUNCED = /^<!-- secretariat:due ([a-z0-9 -]{1,30000}) -->$/m;

/** What an issue's text has told of. */
export function announcedIn(body: string): ReadonlySet<string> {
  return new Set((ANNOUNCED.exec(body.slice(0, 32_000))?.[1] ?? "").split(" ").filter((each) => each !== ""));
}

/** The answer to a `/renew` that is not carried out. */
export function renewRefusal(to: Person, refusal: RenewRefusal): string {
  const { why, next } = explained(refusal);
  return paragraphs(addressed(to, why), next);
}

const RENEW = codeSpan("/renew");

function explained(refusal: RenewRefusal): { readonly why: string; readonly next: string } {
  switch (refusal.why) {
    case "no seat":
      return {
        why: `${RENEW} is for chairs, reviewers and members, and the charter does not name you.`,
        next: "Please ask a chair, a reviewer or a member to write it, and say why you think it is needed.",
      };
    case "edited":
      return {
        why: `${RENEW} stands in a comment that was edited, and GitHub does not say by whom, so it cannot be carried out.`,
        next: "Please write it again, in a new comment.",
      };
    case "unknown name":
      return {
        why: `there is no current draft called ${codeSpan(refusal.name)} in the register.`,
        next: choice(refusal.known),
      };
    case "name missing":
      return {
        why: `${RENEW} needs a name, since more than one draft is to be renewed.`,
        next: choice(refusal.known),
      };
    case "nothing due":
      return { why: "no draft is to be renewed now.", next: "The secretariat says here when one is." };
    case "not due":
      return {
        why: `${codeSpan(refusal.slug)} can be renewed from ${inWords(refusal.from)} on, and not before.`,
        next: "If its text is to change, please propose an update.",
      };
    case "closed unmerged":
      return {
        why: `the pull request that renews ${codeSpan(refusal.slug)}, ${link(`number ${refusal.number}`, refusal.url)}, was closed without being merged.`,
        next: "Please ask a maintainer to open it again; another one for the same revision is not made.",
      };
  }
}

function choice(known: readonly string[]): string {
  if (known.length === 0) return "No draft is to be renewed now.";
  const shown = known.slice(0, 20).map((slug) => codeSpan(`/renew ${slug}`));
  return `Please write ${listed([...shown, ...(known.length > 20 ? ["another"] : [])], "or")} in a new comment.`;
}
