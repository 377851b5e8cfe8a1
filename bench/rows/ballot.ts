/**
 * What one ballot costs of GitHub's limit: nine members vote, the App looks every hour, and announces the result. Counted
 * by the sandbox, as GitHub counts: an answer 304 costs nothing.
 */
import { startInSandbox } from "../../src/in-sandbox.ts";
import { DAY, HOUR, MINUTE, seconds } from "../../src/proposal/instant.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { COMMITTEE } from "../../src/sandbox/seed.ts";
import { CHARTER, completeBody, HOME } from "../committee.ts";
import { figureOf, type Result } from "../figures.ts";
import type { Sizes } from "../sizes.ts";

type World = Awaited<ReturnType<typeof startInSandbox>>;

/** Past this, GitHub shows all that came before a deadline. */
const SETTLED = 11 * MINUTE;

export async function ballot({ looks }: Sizes): Promise<readonly Result[]> {
  const world = await startInSandbox({ sandbox: { committee: CHARTER } });
  try {
    await world.settled();
    const number = await inCommentPeriod(world);
    world.sandbox.requests.reset();
    await pass(world, 30 * DAY + SETTLED);
    await everybodyVotes(world.sandbox, number);
    let unchanged = 0;
    for (let look = 0; look < looks; look++) unchanged += await isFree(world);
    await pass(world, 15 * DAY);
    await pass(world, SETTLED);
    await assertAnnounced(world.sandbox, number);
    return results(world.sandbox, looks, unchanged);
  } finally {
    await world.stop();
  }
}

async function pass({ sandbox, settled }: World, span: number): Promise<void> {
  sandbox.clock.forward(seconds(span));
  await settled();
}

async function inCommentPeriod(world: World): Promise<number> {
  const { sandbox, settled, app } = world;
  const proposal = { title: "Proposal: a sighting format", body: completeBody(), labels: ["proposal"] };
  const number = await sandbox.as("rafiot").openIssue(HOME, proposal);
  await settled();
  await sandbox.as("iglocska").comment(HOME, number, "/accept");
  await settled();
  // In the 30 days to come the App sweeps every 15 minutes: it knows how the proposal looks.
  await pass(world, 15 * MINUTE);
  await app.sweep();
  await settled();
  return number;
}

/** No majority: what follows an approval, the publication, is not the ballot's. */
async function everybodyVotes({ as, see }: Sandbox, issue: number): Promise<void> {
  const comments = await see.comments(HOME, issue);
  const found = comments.find(({ body }) => String(body).startsWith("<!-- secretariat:ballot"));
  if (found === undefined) throw new Error("No ballot was opened");
  for (const [index, login] of COMMITTEE.entries())
    await as(login).react(HOME, { comment: Number(found.id) }, index < 4 ? "+1" : "-1");
}

/** Looks an hour later: 1 where GitHub was asked something and answered 304 to all of it, else 0. */
async function isFree(world: World): Promise<0 | 1> {
  const { requests } = world.sandbox;
  const before = { total: requests.total, notModified: requests.notModified };
  await pass(world, HOUR);
  const asked = requests.total - before.total;
  if (asked === 0) throw new Error("The App did not look at its ballot");
  return asked === requests.notModified - before.notModified ? 1 : 0;
}

async function assertAnnounced({ see }: Sandbox, issue: number): Promise<void> {
  const isDecision = ({ body }: Readonly<Record<string, unknown>>) =>
    String(body).startsWith("<!-- secretariat:decision");
  if (!(await see.comments(HOME, issue)).some(isDecision)) throw new Error("No result was announced");
}

function results({ requests }: Sandbox, looks: number, free: number): readonly Result[] {
  const what = `one ballot with ${COMMITTEE.length} voters, looked at ${looks} times, from its opening to the announcement`;
  const counted = requests.total - requests.notModified;
  return [
    figureOf({
      what: `${what}: requests that count`,
      unit: "",
      runs: [counted],
      target: { atMost: 25 },
      note: "gitvote, by its source: 84",
    }),
    figureOf({
      // The first look sees the votes, and the second one what the App wrote about them.
      what: "… looks that cost nothing, of those after the votes were noted",
      unit: `of ${looks - 2}`,
      runs: [free],
      target: { atLeast: looks - 2 },
    }),
  ];
}
