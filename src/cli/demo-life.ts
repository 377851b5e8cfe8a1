/** The script of the demonstration: what nine members, a proposer and a maintainer do, in order. */
import { DAY, type Seconds, seconds } from "../proposal/instant.ts";
import { BALLOT_KEY, keyOf, STATUS_KEY } from "../proposal/keys.ts";
import type { Script } from "./demo.ts";
import type { Play, Telling } from "./demo-telling.ts";

const PROPOSER = "rafiot";
const REVIEWER = "iglocska";
const MAINTAINER = "cedric";
const FOR = ["adulau", "iglocska", "chrisr3d", "lena-k", "omar-b", "petra-v"];
const AGAINST = ["quentin-d", "sofia-r"];
const ABSTAINING = ["tomas-h"];

/** GitHub takes 65,536 characters in an issue; a longer specification lies in a repository, and the issue links to it. */
const FITS_IN_ISSUE = 50_000;

/** How the App's checklist begins what is not complete. */
const MISSING = "- [ ] ";

/** Plays the life to its end and answers the proposal's number. */
export async function playLife(play: Play, telling: Telling, script: Script): Promise<number> {
  const number = await propose(play, telling, script);
  await discuss(play, telling, number);
  await ballot(play, telling, number);
  await merge(play, telling, number);
  return number;
}

async function propose(play: Play, telling: Telling, script: Script): Promise<number> {
  const { sandbox, repository } = play;
  const proposer = sandbox.as(PROPOSER);
  const specification = await specificationOf(play, telling, script);
  const given = {
    title: `Proposal: ${script.title}`,
    labels: ["proposal"],
    body: bodyOf(script, specification),
  };
  const number = await proposer.openIssue(repository, given);
  await telling.act(number, PROPOSER, `opens a proposal: ${script.title}`, async () => undefined);
  await assertDocumented(play, number);
  await telling.act(number, REVIEWER, "writes: /accept", () =>
    sandbox.as(REVIEWER).comment(repository, number, "/accept"),
  );
  return number;
}

/** Throws, with what the App's checklist says is missing, where the proposal cannot leave intake. */
async function assertDocumented({ sandbox, repository }: Play, number: number): Promise<void> {
  const labels = await sandbox.see.labels(repository, number);
  if (!labels.includes("stage: intake")) return;
  const comments = await sandbox.see.comments(repository, number);
  const status = comments.map(({ body }) => String(body)).find((body) => keyOf(body) === STATUS_KEY) ?? "";
  const missing = status.split("\n").filter((line) => line.startsWith(MISSING));
  const lines = missing.map((line) => `  ${line.slice(MISSING.length).replaceAll("**", "")}`);
  throw new Error(
    ["The proposal stays at the stage intake: its documentation is not complete.", ...lines].join("\n"),
  );
}

async function specificationOf(
  { sandbox, repository }: Play,
  telling: Telling,
  { name, text }: Script,
): Promise<string> {
  if (text.length <= FITS_IN_ISSUE) return text;
  const path = `drafts/${name}.md`;
  await telling.act(null, MAINTAINER, `puts the specification into ${repository}: ${path}`, () =>
    sandbox.as(MAINTAINER).putFile(repository, path, text),
  );
  return `${sandbox.url}/MISP/${repository}/blob/main/${path}`;
}

function bodyOf({ name, title }: Script, specification: string): string {
  const fields = [
    ["Kind of proposal", "New standard"],
    ["Short name", name],
    [
      "Description",
      `${title}: what it is, who has been using it, and why it should become a standard. It has been in use in several instances for a year, and is described in full below.`,
    ],
    [
      "Objectives",
      "Everybody who implements the format can exchange it with everybody else, without losing any of its meaning.",
    ],
    ["Technical specification", specification],
  ];
  return fields.map(([heading, text]) => `### ${heading}\n\n${text}`).join("\n\n");
}

async function discuss({ sandbox, repository }: Play, telling: Telling, number: number): Promise<void> {
  const says = (login: string, words: string) =>
    telling.act(number, login, `writes: ${words}`, () =>
      sandbox.as(login).comment(repository, number, words),
    );
  turn(sandbox, 9);
  await says("mallory", "The second section could say what happens when a value is missing.");
  turn(sandbox, 14);
  await telling.act(number, "(23 days)", "pass", async () => undefined);
  turn(sandbox, 7, 3_600);
  await telling.act(number, "(7 days)", "pass: the comment period is over", async () => undefined);
}

async function ballot(play: Play, telling: Telling, number: number): Promise<void> {
  const { sandbox, repository } = play;
  const comments = await sandbox.see.comments(repository, number);
  const posted = comments.find(({ body }) => keyOf(String(body)) === BALLOT_KEY);
  if (posted === undefined) throw new Error("No ballot was opened.");
  const comment = Number(posted.id);
  const votes = [
    ...FOR.map((login) => ({ login, content: "+1" as const })),
    ...AGAINST.map((login) => ({ login, content: "-1" as const })),
    ...ABSTAINING.map((login) => ({ login, content: "eyes" as const })),
  ];
  const vote = async ({ login, content }: (typeof votes)[number]) => {
    await sandbox.as(login).react(repository, { comment }, content);
  };
  for (const each of votes.slice(0, 5)) await vote(each);
  turn(sandbox, 11, 3_600);
  const early = votes.slice(0, 5).map(({ login }) => login);
  await telling.act(number, "(11 days)", `pass; ${early.join(", ")} have voted`, async () => undefined);
  for (const each of votes.slice(5)) await vote(each);
  turn(sandbox, 3);
  await play.settled();
  turn(sandbox, 0, 600);
  const late = votes.slice(5).map(({ login }) => login);
  await telling.act(
    number,
    "(3 days)",
    `pass; ${late.join(", ")} have voted, and the ballot is over`,
    async () => undefined,
  );
}

/** A maintainer merges the pull requests, and the App takes note of all. */
async function merge({ sandbox, repositories }: Play, telling: Telling, number: number): Promise<void> {
  const found = await Promise.all(
    repositories.map(async (repository) =>
      (await sandbox.see.pulls(repository))
        .filter((each) => each.state === "open")
        .map((each) => ({ repository, number: Number(each.number), title: String(each.title) })),
    ),
  );
  const pulls = found.flat();
  const [first, ...others] = pulls;
  if (first === undefined) throw new Error("No publication pull request was opened.");
  turn(sandbox, 0, 6 * 3_600);
  for (const pull of others) telling.say(MAINTAINER, wordsFor(pull));
  await telling.act(number, MAINTAINER, wordsFor(first), async () => {
    await Promise.all(pulls.map((pull) => sandbox.as(MAINTAINER).mergePull(pull.repository, pull.number)));
  });
}

function wordsFor(pull: { readonly repository: string; readonly number: number; readonly title: string }) {
  return `merges pull request #${pull.number} of ${pull.repository}: ${pull.title}`;
}

function turn({ clock }: Play["sandbox"], days: number, more = 0): void {
  const span: Seconds = seconds(days * DAY + more);
  clock.forward(span);
}
