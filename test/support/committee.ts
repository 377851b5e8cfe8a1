/** A small committee on the model GitHub, and one proposal on its way through it. */

import { known } from "../../src/proposal/facts.ts";
import type { Instant } from "../../src/proposal/instant.ts";
import { fold } from "../../src/proposal/state.ts";
import { noteBeginning } from "../../src/reconcile/intents.ts";
import { makePass } from "../../src/reconcile/pass.ts";
import { plainPress } from "../../src/reconcile/plain-press.ts";
import type { PressPort } from "../../src/reconcile/ports.ts";
import { recordingLog } from "./log.ts";
import { createModelDatatracker, type ModelDatatracker } from "./model-datatracker.ts";
import { createModel, type Model, type ModelOptions, seated } from "./model-github.ts";

export const MEMBERS = ["ada", "ben", "cleo", "dan", "eve", "finn", "gus", "hal", "ivy"] as const;

export const CHARTER = `
committee: Test Committee
chairs: [ada]
reviewers: [ben, cleo]
members: [ada, ben, cleo, dan, eve, finn, gus, hal, ivy]
`;

export const SPECIFICATION =
  "# Sighting format\n\nA sighting MUST carry a timestamp and a source, and MAY carry a count of how often the indicator has been seen since the last report.\n";

export function body(specification: string = SPECIFICATION): string {
  return [
    "### Kind of proposal\n\nNew standard\n",
    "### Short name\n\nsighting-format\n",
    "### Description\n\nA format to exchange sightings of indicators between instances of a sharing community, with their time, their source and how often they occurred.\n",
    "### Objectives\n\nLet instances tell one another what they have seen, when, and how often, without sharing the events.\n",
    `### Technical specification\n\n${specification}`,
  ].join("\n");
}

export type Committee = Model & {
  readonly datatracker: ModelDatatracker;
  pass(): Promise<Instant | null>;
  /** Two passes, the second when GitHub shows all that the first may have missed. */
  closeBallot(): Promise<void>;
  stage(): string;
  notes: Map<string, string>;
};

export type CommitteeOptions = Partial<ModelOptions> & { readonly press?: PressPort };

export function convene({ press = plainPress, ...options }: CommitteeOptions = {}): Committee {
  const github = createModel({
    charterText: CHARTER,
    rosters: {
      members: known(MEMBERS.map(seated)),
      chairs: known([seated("ada")]),
      reviewers: known(["ben", "cleo"].map(seated)),
    },
    ...options,
  });
  const datatracker = createModelDatatracker(github.clock);
  const model = { ...github, datatracker };
  const notes = new Map<string, string>();
  const store = {
    recall: async (key: string) => notes.get(key) ?? null,
    remember: async (key: string, value: string) => void notes.set(key, value),
    touch: async () => undefined,
  };
  void noteBeginning(store, github.clock.now());
  const pass = makePass({
    github: model.port,
    datatracker,
    press,
    store,
    clock: model.clock,
    log: recordingLog(),
  });
  const stage = () => fold(model.world.docket ?? []).stage;
  return { ...model, notes, pass: () => pass(model.ref), stage, closeBallot: () => closeBallot(model, pass) };
}

/** The looks after a ballot's deadline: votes are put on record, and counted once a later look confirms them. */
async function closeBallot(model: Model, pass: ReturnType<typeof makePass>): Promise<void> {
  await pass(model.ref);
  model.forward(0, 11 * 60);
  await pass(model.ref);
}

/** A proposal in the comment period. */
export async function inCommentPeriod(options: CommitteeOptions = {}): Promise<Committee> {
  const committee = convene(options);
  committee.open("pia", "Sighting format", body());
  await committee.pass();
  committee.forward(1);
  committee.comment("ben", "/accept");
  await committee.pass();
  return committee;
}

/** A proposal on which the committee votes. */
export async function inVote(options: CommitteeOptions = {}): Promise<Committee> {
  const committee = await inCommentPeriod(options);
  committee.forward(31);
  await committee.pass();
  return committee;
}

/** Votes: as many for, against and abstaining as asked, in the members' order. */
export function vote(
  committee: Committee,
  votes: { for?: number; against?: number; abstain?: number },
): void {
  const ballot = committee.ours("ballot").id;
  const contents = [
    ...Array<"+1">(votes.for ?? 0).fill("+1"),
    ...Array<"-1">(votes.against ?? 0).fill("-1"),
    ...Array<"eyes">(votes.abstain ?? 0).fill("eyes"),
  ];
  for (const [index, content] of contents.entries())
    committee.react(MEMBERS[index] ?? "nobody", ballot, content);
}

/** A proposal whose publication pull request is open. */
export async function inPublication(options: CommitteeOptions = {}): Promise<Committee> {
  const committee = await inVote(options);
  vote(committee, { for: 6, against: 2, abstain: 1 });
  committee.forward(15);
  await committee.closeBallot();
  return committee;
}
