/** A ballot's count and its electorate as tables. */
import type { Tally } from "../proposal/entries.ts";
import type { Seated } from "../proposal/facts.ts";
import { inline } from "./escape.ts";
import { called, count, listed, names, table } from "./parts.ts";

/** Longer electorates are folded away, so that the rules stay in sight. */
const SHOWN_OPEN = 25;

export function tallyTable(tally: Tally): string {
  const { abstain, conflicting, silent } = tally;
  const counts = [tally.for, tally.against, abstain, conflicting, silent].map(({ length }) => String(length));
  return table({
    head: ["For", "Against", "Abstain", "Two choices", "Not voted"],
    rows: [counts],
    leftOut: () => "",
  });
}

/** Who should mend their vote while they can; null: nobody. */
export function twoChoices({ conflicting }: Tally): string | null {
  if (conflicting.length === 0) return null;
  const [have, one] = conflicting.length === 1 ? ["has", "a choice"] : ["have", "choices"];
  return `${names(conflicting)} ${have} more than one voting reaction. Please take away all but one before the deadline; otherwise this counts as taking part without ${one}.`;
}

/** Reactions that are no votes, so that nobody wonders where they went; null: there are none. */
export function notCounted({ outside }: Tally): string | null {
  const kinds = [
    outside.people.length === 0
      ? null
      : `reactions of ${count(outside.people.length, "person", "people")} outside the electorate`,
    outside.deletedAccounts === 0
      ? null
      : `${count(outside.deletedAccounts, "reaction")} from deleted accounts`,
    outside.late === 0 ? null : `${count(outside.late, "reaction")} made after the deadline`,
  ].filter((kind) => kind !== null);
  return kinds.length === 0 ? null : `Not counted: ${listed(kinds)}.`;
}

/** Who can vote, mentioned so that they hear of it, and whether they have. Everybody keeps their place between updates. */
export function electors(electorate: readonly Seated[], tally: Tally | null): string {
  const voted = tally === null ? null : votedBy(tally);
  const columns = [
    { head: "Member", cell: (elector: Seated, index: number) => called(elector, index) },
    ...about("Organization", electorate, (elector) => elector.organization),
    ...about("Sector", electorate, (elector) => elector.sector),
    ...(voted ? [{ head: "Voted", cell: (elector: Seated) => voted(elector.id) }] : []),
  ];
  const rows = electorate.map((elector, index) => columns.map(({ cell }) => cell(elector, index)));
  const leftOut = (left: number) => `${count(left, "more member")} can vote; the docket names everyone.`;
  const all = table({ head: columns.map(({ head }) => head), rows, leftOut });
  if (electorate.length <= SHOWN_OPEN) return all;
  return ["<details><summary>Who can vote</summary>", "", all, "", "</details>"].join("\n");
}

/** A column that is there only if it says something about somebody. */
function about(head: string, electorate: readonly Seated[], of: (elector: Seated) => string | null) {
  if (electorate.every((elector) => of(elector) === null)) return [];
  return [{ head, cell: (elector: Seated) => inline(of(elector) ?? "", 80) }];
}

function votedBy({ conflicting, silent }: Tally): (id: number) => string {
  const torn = new Set(conflicting.map(({ id }) => id));
  const missing = new Set(silent.map(({ id }) => id));
  return (id) => (torn.has(id) ? "two choices" : missing.has(id) ? "not yet" : "yes");
}

/** Who voted what: reactions are public, and so is the record. */
export function votesTable(tally: Tally): string {
  const rows = [
    ["For", tally.for.map(({ voter }) => voter)],
    ["Against", tally.against.map(({ voter }) => voter)],
    ["Abstain", tally.abstain.map(({ voter }) => voter)],
    ["Two choices", tally.conflicting],
    ["Not voted", tally.silent],
  ] as const;
  return table({
    head: ["Vote", "Number", "Members"],
    rows: rows.map(([vote, people]) => [
      vote,
      String(people.length),
      people.length === 0 ? "" : names(people),
    ]),
    leftOut: () => "",
  });
}
