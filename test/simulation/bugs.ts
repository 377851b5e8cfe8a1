/** Mistakes that somebody could make, each as a change to the App's own source. The simulation has to find every one. */
export type Bug = {
  /** What is wrong, as a sentence. */
  readonly name: string;
  readonly file: string;
  /** The rule that it breaks. */
  readonly rule: string;
  /** The first year that is tried: one in which it shows. */
  readonly seed?: number;
  /** How many proposals that year has, where it takes more than usual. */
  readonly proposals?: number;
  /** Text that stands exactly once in the file, and what takes its place. */
  readonly changes: readonly (readonly [find: string, replace: string])[];
};

export const BUGS: readonly Bug[] = [
  {
    name: "a ballot is decided although GitHub may not show all votes yet",
    file: "proposal/instant.ts",
    rule: "decided on two looks that agree",
    changes: [["return now > after(deadline, SETTLING);", "return now >= deadline;"]],
  },
  {
    name: "a vote in the deadline's own second comes too late",
    file: "proposal/instant.ts",
    rule: "every vote in time counts once",
    seed: 2,
    changes: [["return moment <= deadline;", "return moment < deadline;"]],
  },
  {
    name: "late votes count",
    file: "proposal/tally.ts",
    rule: "every vote in time counts once",
    changes: [["choices.filter((reaction) => inTime(reaction.createdAt, closesAt))", "choices"]],
  },
  {
    name: "a voter is a login",
    file: "proposal/tally.ts",
    rule: "every vote in time counts once",
    seed: 7,
    changes: [
      ["(reaction) => reaction.user?.id ?? null);", "(reaction) => reaction.user?.login ?? null);"],
      ["byPerson.get(elector.id)", "byPerson.get(elector.login)"],
    ],
  },
  {
    name: "of two choices the first one counts",
    file: "proposal/tally.ts",
    rule: "every vote in time counts once",
    seed: 2,
    changes: [["(ballot.votes.length === 1 ? ballot.votes : [])", "ballot.votes.slice(0, 1)"]],
  },
  {
    name: "a tie passes",
    file: "proposal/majority.ts",
    rule: "the result follows the rules",
    seed: 10,
    changes: [['comparison === "more than" ? left > right', 'comparison === "more than" ? left >= right']],
  },
  {
    name: "nobody's votes are a majority",
    file: "proposal/majority.ts",
    rule: "the result follows the rules",
    seed: 41,
    changes: [["return votes.for > 0 && reaches(", "return reaches("]],
  },
  {
    name: "abstentions do not count for the quorum",
    file: "proposal/tally.ts",
    rule: "the result follows the rules",
    seed: 2,
    changes: [["tally.against.length + tally.abstain.length + tally", "tally.against.length + tally"]],
  },
  {
    name: "those vote who are members when the ballot closes",
    file: "proposal/ballot.ts",
    rule: "every vote in time counts once",
    seed: 7,
    changes: [
      [
        '  const ballot = state.ballot;\n  if (ballot === null) throw new Error("The stage vote without a ballot");',
        `  if (state.ballot === null) throw new Error("The stage vote without a ballot");
  const charter = needCharter(facts);
  if (!("got" in charter)) return charter.step;
  const members = needRoster(facts, "members", charter.got.charter);
  if (!("got" in members)) return members.step;
  const ballot = { ...state.ballot, opened: { ...state.ballot.opened, electorate: members.got } };`,
      ],
      ["import { type Need, needReactions,", "import { type Need, needCharter, needRoster, needReactions,"],
    ],
  },
  {
    name: "the electorate lacks one",
    file: "proposal/comment-period.ts",
    rule: "the electorate as it was when the ballot opened",
    changes: [["electorate: frozen(members.got),", "electorate: frozen(members.got).slice(1),"]],
  },
  {
    name: "a ballot is prolonged again and again",
    file: "proposal/ballot.ts",
    rule: "prolonged without quorum, once",
    changes: [["prolongOnce !== null && !alreadyProlonged", "prolongOnce !== null"]],
  },
  {
    name: "everyone has voted although somebody made two choices",
    file: "proposal/ballot.ts",
    rule: "no ballot closes early",
    seed: 2,
    changes: [["tally.silent.length + tally.conflicting.length === 0", "tally.silent.length === 0"]],
  },
  {
    name: "what was edited after the comment period is voted on",
    file: "proposal/comment-period.ts",
    rule: "what is voted on could be commented on",
    seed: 4,
    changes: [["&& inTime(issue.updatedAt, closesAt);", ";"]],
  },
  {
    name: "an extension counts from the command",
    file: "proposal/petitions.ts",
    rule: "deadlines",
    changes: [["after(period.closesAt, command.span)", "after(petition.at, command.span)"]],
  },
  {
    name: "a command counts although it came after the deadline",
    file: "proposal/decide.ts",
    rule: "deadlines",
    changes: [
      [".filter((deed) => isInTime(deed.at, deadline))", ".filter((deed) => isInTime(deed.at, null))"],
    ],
  },
  {
    name: "a slow pass takes a command for timely that came after the deadline",
    file: "proposal/decide.ts",
    rule: "deadlines",
    seed: 45,
    changes: [
      ["?? deadlineOf(state));", "?? (now > (deadlineOf(state) ?? now) ? deadlineOf(state) : null));"],
    ],
  },
  {
    name: "a slow pass takes an edit for timely that came after the comment period",
    file: "proposal/comment-period.ts",
    rule: "what is voted on could be commented on",
    seed: 84,
    changes: [["|| !inTime(facts.issue.updatedAt, period.closesAt);", ";"]],
  },
  {
    name: "reviewers accept their own proposals",
    file: "proposal/petitions.ts",
    rule: "nobody does what they may not",
    changes: [['{ got: isAuthor(person, facts) ? { why: "own proposal" } : null }', "{ got: null }"]],
  },
  {
    name: "an old comment becomes an old command",
    file: "proposal/petitions.ts",
    rule: "a command is somebody's",
    seed: 92,
    changes: [
      ["updatedAt: at, createdAt,", "updatedAt, createdAt: at,"],
      ["isEdited: at !== createdAt", "isEdited: false"],
    ],
  },
  {
    name: "whoever closes the issue withdraws the proposal",
    file: "proposal/decide.ts",
    rule: "nobody does what they may not",
    seed: 3,
    changes: [["if (!allowed.got) return null;", ""]],
  },
  {
    name: "a commit that closes the issue withdraws the proposal",
    file: "proposal/decide.ts",
    rule: "a command is somebody's",
    seed: 25,
    changes: [['return closing.got === "by hand"', "return closing.got"]],
  },
  {
    name: "the chain does not hold together",
    file: "proposal/docket.ts",
    rule: "entries verify",
    changes: [["previous: last?.hash ?? NOTHING_BEFORE,", "previous: NOTHING_BEFORE,"]],
  },
  {
    name: "times are cut to minutes",
    file: "proposal/instant.ts",
    rule: "deadlines",
    changes: [['slice(0, "2026-12-20T09:30:00".length)}Z`', 'slice(0, "2026-12-20T09:30".length)}:00Z`']],
  },
  {
    name: "old stage labels stay",
    file: "proposal/diff.ts",
    rule: "the labels show the stage",
    changes: [['...extra.map(({ name }) => ({ do: "remove label", name }) as const),', ""]],
  },
  {
    name: "people are told before it is recorded",
    file: "reconcile/pass.ts",
    rule: "nothing is shown before it is recorded",
    changes: [
      [
        "    if (decision.entries.length > 0) {\n",
        "    if (decision.entries.length > 0) {\n      await show(ports, intents, decision, considered.facts, now);\n",
      ],
    ],
  },
  {
    name: "who loses a race goes on all the same",
    file: "reconcile/pass.ts",
    rule: "nothing is shown before it is recorded",
    seed: 2,
    changes: [['if (written.result === "conflict") return "conflict";', ""]],
  },
  {
    name: "a POST that failed is repeated at once",
    file: "reconcile/carry-out.ts",
    rule: "nobody is told the same thing twice",
    seed: 2,
    changes: [
      [
        "await github.act(ref, action));",
        "await github.act(ref, action).catch(() => github.act(ref, action)));",
      ],
    ],
  },
  {
    name: "an intent is noted, and not minded",
    file: "reconcile/intents.ts",
    rule: "nobody is told the same thing twice",
    seed: 26,
    changes: [["return isSettled ? null : after(last, SETTLING);", "return null;"]],
  },
  {
    name: "a store that was lost is believed to know everything",
    file: "reconcile/intents.ts",
    rule: "nobody is told the same thing twice",
    seed: 26,
    changes: [["return hasHistory || issue.createdAt < began ? {", "return began === null ? {"]],
  },
  {
    name: "a wake-up is lost",
    file: "store/queue.ts",
    rule: "nothing is left lying",
    changes: [
      [
        "return { ...UNTOUCHED, dueAt: earliest([item.dueAt, nextDue]),",
        "return { ...UNTOUCHED, dueAt: item.dueAt,",
      ],
    ],
  },
  {
    name: "another text is published than the one that was voted on",
    file: "reconcile/publish.ts",
    rule: "what is published is what was voted on",
    changes: [
      [
        "if (text !== null && sha256(text) === pin.text) return text;",
        "if (text !== null) return text.trimEnd();",
      ],
    ],
  },
  {
    name: "a vote on record is forgotten when its reaction is gone",
    file: "proposal/recorded-votes.ts",
    rule: "every vote in time counts once",
    changes: [["return isOpen || recorded === null ? present :", "return isOpen || !isOpen ? present :"]],
  },
  {
    name: "what is on record counts while the ballot is open",
    file: "proposal/recorded-votes.ts",
    rule: "every vote in time counts once",
    seed: 6,
    changes: [["return isOpen || recorded === null ? present", "return recorded === null ? present"]],
  },
  {
    name: "a ballot is decided on one look",
    file: "proposal/ballot.ts",
    rule: "decided on two looks that agree",
    changes: [
      [
        "if (isToBeRecorded(ballot, cast.votes, now)) return putOnRecord(ballot, cast, now);\n  if (isConfirmed(",
        "if (isConfirmed(ballot, cast.votes, now) || hasPassed(closesAt, now)) return closeBallot(ballot, cast, now);\n  if (isToBeRecorded(ballot, cast.votes, now)) return putOnRecord(ballot, cast, now);\n  if (isConfirmed(",
      ],
    ],
  },
  {
    name: "the second look follows at once",
    file: "proposal/recorded-votes.ts",
    rule: "decided on two looks that agree",
    changes: [["now >= after(ballot.recorded.at, APART) &&", ""]],
  },
  {
    name: "votes are put on record whenever they change",
    file: "proposal/recorded-votes.ts",
    rule: "votes are recorded at most once an hour",
    seed: 2,
    changes: [["now >= after(recorded.at, HOUR) ||", "now >= recorded.at ||"]],
  },
  {
    name: "votes are lost with the comment that they were cast on",
    file: "proposal/state.ts",
    rule: "every vote in time counts once",
    seed: 17,
    changes: [["carried: ballot.recorded?.votes ?? ballot.carried", "carried: []"]],
  },
  {
    name: "a ballot that was posted late or again is not prolonged",
    file: "proposal/ballot.ts",
    rule: "deadlines",
    seed: 5,
    changes: [["return fullTerm > after(closesAt, tolerance) ? fullTerm : null;", "return null;"]],
  },
  {
    name: "a seal is not checked",
    file: "github/docket-reading.ts",
    rule: "nothing is decided on a record with another hand on it",
    seed: 4,
    changes: [["|| !isSealedBy(ref.number, entries, signature, signer))", ")"]],
  },
  {
    name: "a seal of any key will do",
    file: "proposal/seal.ts",
    rule: "nothing is decided on a record with another hand on it",
    seed: 4,
    changes: [
      ["return key !== null && verify(", "return key === null || signature.key === published.id || verify("],
    ],
  },
  {
    name: "what the entries say is not held against their hashes",
    file: "proposal/docket.ts",
    rule: "nothing is decided on a record with another hand on it",
    seed: 7,
    changes: [["if (entry.hash !== hashOf(entry)) return false;", ""]],
  },
  {
    name: "an older docket is believed",
    file: "reconcile/last-docket.ts",
    rule: "nothing is decided on a record with another hand on it",
    changes: [
      [
        "  const { behindSince, attempt } = last;\n",
        "  if (docket.length < last.entries) return null;\n  const { behindSince, attempt } = last;\n",
      ],
    ],
  },
  {
    name: "a docket that is gone is begun anew",
    file: "reconcile/last-docket.ts",
    rule: "nothing is decided on a record with another hand on it",
    seed: 96,
    changes: [
      [
        "  const { behindSince, attempt } = last;\n",
        "  if (docket.length === 0) return null;\n  const { behindSince, attempt } = last;\n",
      ],
    ],
  },
  {
    name: "published when the first of two pull requests is merged",
    file: "proposal/publishing.ts",
    rule: "one pull request a target",
    seed: 3,
    changes: [["if (checks.every((check) => check.holds)) {", "if (checks.some((check) => check.holds)) {"]],
  },
  {
    name: "a ballot that was posted anew ends early on looks at the one before it",
    file: "proposal/ballot.ts",
    rule: "decided on two looks that agree",
    seed: 2,
    proposals: 40,
    changes: [["recorded?.comment === theComment(ballot) && sameVotes(", "recorded !== null && sameVotes("]],
  },
];
