/** The shape of `.github/committee.yml`. Strict: what is not named here is a mistake. */
import { z } from "zod";
import { REACTION_CONTENTS, type Seat } from "./charter.ts";
import { parseDuration } from "./duration.ts";
import { described, line, span, written } from "./fields.ts";
import { isHeading, isLogin, isOneLine, parseName } from "./names.ts";
import { PUBLICATION_KEYS, publication } from "./publication-schema.ts";
import { parseMajority, parseQuorum } from "./rules.ts";

function reminders(key: "comment_period.reminders" | "ballot.reminders", usual: readonly string[]) {
  return z
    .array(span(`${key}.item`))
    .max(10)
    .meta(described(key, { default: [...usual] }));
}

const seatGroup = z
  .strictObject({
    login: written("seat.login", (text) =>
      isLogin(text.replace(/^@/, "")) ? parseName(text) : null,
    ).optional(),
    team: written("seat.team", parseTeam, { examples: ["MISP/standard-committee"] }).optional(),
    organization: written("seat.organization", line(100, isOneLine)).optional(),
    sector: written("seat.sector", line(100, isOneLine)).optional(),
  })
  // Exactly one of the two; `checks.ts` says so where it is not.
  .transform(({ login, team, organization = null, sector = null }): readonly Seat[] =>
    [login, team].filter((name) => name !== undefined).map((name) => ({ ...name, organization, sector })),
  );

function parseTeam(text: string) {
  const name = parseName(text);
  return name?.kind === "team" ? name : null;
}

const seat = z.union([
  written("seat", parseName, { examples: ["adulau", "MISP/standard-committee"] }).transform(
    (name): readonly Seat[] => [{ ...name, organization: null, sector: null }],
  ),
  seatGroup,
]);

function roster(key: "chairs" | "reviewers" | "members") {
  return z
    .array(seat)
    .min(1)
    .max(500)
    .meta(described(key))
    .transform((seats): readonly Seat[] => seats.flat());
}

const heading = line(80, isHeading);

const section = z.strictObject({
  section: written("documentation.section", heading, { examples: ["Objectives"] }),
  aliases: z
    .array(written("documentation.aliases.item", heading))
    .max(20)
    .meta(described("documentation.aliases"))
    .optional(),
  words: z
    .int()
    .min(1)
    .max(10_000)
    .meta(described("documentation.words", { default: 1 }))
    .optional(),
  specification: z
    .boolean()
    .meta(described("documentation.specification", { default: false }))
    .optional(),
  for: z
    .array(z.enum(["new", "update", "retirement"]))
    .min(1)
    .max(3)
    .meta(described("documentation.for", { default: ["new", "update", "retirement"] }))
    .optional(),
});

const commentPeriod = z.strictObject({
  lasts: span("comment_period.lasts", "30 days").optional(),
  reminders: reminders("comment_period.reminders", ["7 days"]).optional(),
  on_edit: z
    .enum(["note", "restart"])
    .meta(described("comment_period.on_edit", { default: "note" }))
    .optional(),
});

function reaction(choice: "for" | "against" | "abstain", usual: string) {
  return z
    .enum(REACTION_CONTENTS)
    .meta(described(`ballot.reactions.${choice}`, { default: usual }))
    .optional();
}

const ballot = z.strictObject({
  lasts: span("ballot.lasts", "14 days").optional(),
  reminders: reminders("ballot.reminders", ["3 days"]).optional(),
  passes: written("ballot.passes", parseMajority, {
    examples: ["more than 1/2 of votes cast", "at least 2/3 of members"],
    default: "more than 1/2 of votes cast",
  }).optional(),
  quorum: written("ballot.quorum", parseQuorum, {
    examples: ["at least 1/2 of members", "5 members", "none"],
    default: "none",
  }).optional(),
  prolong_once: written("ballot.prolong_once", parseProlonging, {
    examples: ["7 days", "never"],
    default: "never",
  }).optional(),
  closes: z
    .enum(["at the deadline", "when everyone has voted"])
    .meta(described("ballot.closes", { default: "at the deadline" }))
    .optional(),
  reactions: z
    .strictObject({
      for: reaction("for", "+1"),
      against: reaction("against", "-1"),
      abstain: reaction("abstain", "eyes"),
    })
    .meta(described("ballot.reactions"))
    .optional(),
});

function parseProlonging(text: string) {
  if (text.toLowerCase() === "never") return { by: null };
  const by = parseDuration(text);
  return by === null ? null : { by };
}

/** A committee.yml as a person writes it, every value read by its parser. */
export const charterFile = z
  .strictObject({
    committee: written("committee", line(100, isOneLine), { examples: ["MISP Standard Committee"] }),
    chairs: roster("chairs").optional(),
    reviewers: roster("reviewers").optional(),
    members: roster("members"),
    documentation: z.array(section).min(1).max(20).meta(described("documentation")).optional(),
    comment_period: commentPeriod.meta(described("comment_period")).optional(),
    ballot: ballot.meta(described("ballot")).optional(),
    publication: publication.meta(described("publication")).optional(),
  })
  .meta({ title: "Charter of a committee", ...described("") });

export type CharterFile = z.infer<typeof charterFile>;

/** The keys that may stand in each group, by the group's path without list positions. */
export const KEYS: Readonly<Record<string, readonly string[]>> = {
  "": Object.keys(charterFile.shape),
  seat: ["login", "team", "organization", "sector"],
  documentation: Object.keys(section.shape),
  comment_period: Object.keys(commentPeriod.shape),
  ballot: Object.keys(ballot.shape),
  "ballot.reactions": ["for", "against", "abstain"],
  ...PUBLICATION_KEYS,
};
