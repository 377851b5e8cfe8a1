/** One proposal in a story: what people do to it, and what can be read of it. */
import { expect } from "vitest";
import type { ReactionContent } from "../../src/charter/charter.ts";
import type { Entry } from "../../src/proposal/entries.ts";
import { keyOf } from "../../src/proposal/keys.ts";
import { fold } from "../../src/proposal/state.ts";
import { COMMITTEE } from "../../src/sandbox/seed.ts";
import { HOME, type Story } from "./story.ts";

export const SPECIFICATION =
  "# Sighting format\n\nA sighting MUST carry a timestamp and a source, and MAY carry a count of how often the indicator has been seen since the last report.\n";

/** What a proposer fills in; what is not given is a good proposal's. */
export type Given = {
  readonly by?: string;
  readonly title?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly specification?: string;
  readonly body?: string;
  readonly labels?: readonly string[];
};

type Votes = { readonly for?: number; readonly against?: number; readonly abstain?: number };

export type Proposal = {
  readonly number: number;
  /** Somebody comments, and the App answers. The comment's id. */
  says(login: string, words: string): Promise<number>;
  edits(change: { readonly title?: string; readonly body?: string }, by?: string): Promise<void>;
  closes(login: string): Promise<void>;
  /** The members vote, in their order. GitHub tells nobody. */
  votes(votes: Votes): Promise<void>;
  vote(login: string, content: ReactionContent): Promise<void>;
  /**
   * The App's comments since the last time, by their keys without numbers, oldest first: these, and no others. Answers
   * their texts.
   */
  hears(...keys: string[]): Promise<readonly string[]>;
  /** The App's comment of that key as it stands; there must be one. */
  comment(key: string): Promise<{ readonly id: number; readonly body: string }>;
  docket(): Promise<readonly Entry[]>;
  kinds(): Promise<readonly string[]>;
  stage(): Promise<string>;
  labels(): Promise<readonly string[]>;
  isOpen(): Promise<boolean>;
  /** The numbers of its publication pull requests in a repository, the committee's own if none is named; oldest first. */
  pulls(repository?: string): Promise<readonly number[]>;
  /** The maintainer merges the last one. */
  merges(repository?: string): Promise<void>;
};

export function formOf(given: Given = {}): string {
  const fields = [
    ["Kind of proposal", given.kind ?? "New standard"],
    ["Short name", given.name ?? "sighting-format"],
    [
      "Description",
      "A format to exchange sightings of indicators between the instances of a sharing community, with their time, their source and how often they occurred.",
    ],
    [
      "Objectives",
      "Let instances tell one another what they have seen, when, and how often, without sharing the events.",
    ],
    ["Technical specification", given.specification ?? SPECIFICATION],
  ];
  return fields.map(([heading, text]) => `### ${heading}\n\n${text}`).join("\n\n");
}

export async function propose(s: Story, given: Given): Promise<Proposal> {
  const number = await s.sandbox.as(given.by ?? "rafiot").openIssue(HOME, {
    title: given.title ?? "Proposal: a sighting format",
    body: given.body ?? formOf(given),
    labels: given.labels ?? ["proposal"],
  });
  await s.settled();
  return proposalIn(s, number);
}

export function proposalIn(s: Story, number: number): Proposal {
  const { see, as } = s.sandbox;
  const docket = () => readDocket(s, number);
  const vote = async (login: string, content: ReactionContent) => {
    const { id } = await comment("ballot");
    await as(login).react(HOME, { comment: id }, content);
  };
  const comment = async (key: string) => {
    const [found] = (await ours(s, number)).filter((each) => each.key === key);
    if (found === undefined) throw new Error(`The App has written no comment "${key}" on #${number}`);
    return found;
  };
  const pulls = (repository = HOME) => publicationPulls(s, number, repository);
  return {
    number,
    comment,
    docket,
    vote,
    pulls,
    async says(login, words) {
      const id = await as(login).comment(HOME, number, words);
      await s.settled();
      return id;
    },
    async edits(change, by = "rafiot") {
      await as(by).editIssue(HOME, number, change);
      await s.settled();
    },
    async closes(login) {
      await as(login).closeIssue(HOME, number);
      await s.settled();
    },
    async votes({ for: pro = 0, against = 0, abstain = 0 }) {
      const contents = [
        ...Array<"+1">(pro).fill("+1"),
        ...Array<"-1">(against).fill("-1"),
        ...Array<"eyes">(abstain).fill("eyes"),
      ];
      for (const [index, content] of contents.entries()) await vote(COMMITTEE[index] ?? "nobody", content);
    },
    async hears(...keys) {
      const fresh = (await ours(s, number)).filter(({ id }) => !s.heard.has(id));
      expect(fresh.map(({ key }) => key.replace(/(?:-\d+)+$/, ""))).toEqual(keys);
      for (const { id } of fresh) s.heard.add(id);
      return fresh.map(({ body }) => body);
    },
    kinds: async () =>
      (await docket())
        .map(({ kind }) => kind)
        .filter((kind, index, all) => kind !== "votes-recorded" || all[index - 1] !== kind),
    stage: async () => fold(await docket()).stage,
    labels: () => see.labels(HOME, number),
    isOpen: async () => (await see.issue(HOME, number)).state === "open",
    async merges(repository = HOME) {
      const last = (await pulls(repository)).at(-1);
      if (last === undefined) throw new Error(`#${number} has no publication pull request`);
      await as("cedric").mergePull(repository, last);
      await s.settled();
    },
  };
}

export type OurComment = { readonly id: number; readonly key: string; readonly body: string };

/** The App's comments on one issue, oldest first: by who GitHub says wrote them. */
export async function ours(
  { sandbox }: Pick<Story, "sandbox">,
  number: number,
): Promise<readonly OurComment[]> {
  const comments = await sandbox.see.comments(HOME, number);
  return comments
    .filter(({ user }) => (user as { id?: number } | null)?.id === sandbox.app.botId)
    .map(({ id, body }) => ({
      id: Number(id),
      key: keyOf(String(body)) ?? "without a key",
      body: String(body),
    }))
    .sort((one, other) => one.id - other.id);
}

export async function readDocket({ sandbox }: Pick<Story, "sandbox">, number: number, at = "dockets") {
  const path = `${String(number).padStart(4, "0")}/docket.json`;
  const file = await sandbox.see.file(HOME, path, at);
  return file === null ? [] : (JSON.parse(file) as { entries: readonly Entry[] }).entries;
}

/** The numbers of a proposal's publication pull requests in a repository, oldest first: by their branch. */
export async function publicationPulls(
  { sandbox }: Pick<Story, "sandbox">,
  number: number,
  repository = HOME,
): Promise<readonly number[]> {
  const branch = `secretariat/${String(number).padStart(4, "0")}-`;
  const isOwn = (head: unknown) => String((head as { ref: string }).ref).startsWith(branch);
  return (await sandbox.see.pulls(repository))
    .filter((pull) => isOwn(pull.head))
    .map((pull) => Number(pull.number));
}
