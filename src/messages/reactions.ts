/** How reactions are shown where they are votes. */
import type { BallotTerms, Choice, ReactionContent } from "../charter/charter.ts";
import { table } from "./parts.ts";

const PICTURES: Readonly<Record<ReactionContent, string>> = {
  "+1": "👍",
  "-1": "👎",
  laugh: "😄",
  confused: "😕",
  heart: "❤️",
  hooray: "🎉",
  rocket: "🚀",
  eyes: "👀",
};

const MEANINGS: readonly (readonly [Choice, string])[] = [
  ["for", "**for** the proposal as it stands"],
  ["against", "**against** the proposal"],
  ["abstain", "**abstain**: take part without choosing a side"],
];

/** The reactions that are votes on this ballot, and what each means. */
export function reactionTable(reactions: BallotTerms["reactions"]): string {
  return table({
    head: ["Reaction", "Meaning"],
    rows: MEANINGS.map(([choice, meaning]) => [PICTURES[reactions[choice]], meaning]),
    leftOut: () => "",
  });
}
