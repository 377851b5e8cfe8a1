/** The App as a whole on PostgreSQL, against the sandbox. */
import { afterAll, afterEach, expect, test } from "vitest";
import { SAMPLE_PROPOSAL } from "../../src/cli/welcome.ts";
import { startAppIn, startInSandbox } from "../../src/in-sandbox.ts";
import { DAY } from "../../src/proposal/instant.ts";
import { startPostgres } from "../support/postgres.ts";

const CHARTER = "committee: MISP Standard Committee\nreviewers: [iglocska]\nmembers: [adulau, iglocska]\n";
const server = await startPostgres();
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});
afterAll(() => server?.stop());

if (server === null) test("PostgreSQL cannot be tried here", () => expect(server).toBeNull());
else
  test("two replicas lead their proposals, nobody is told anything twice, and either can go on alone", async () => {
    const databaseUrl = await server.newDatabase();
    const { sandbox, app, stop } = await startInSandbox({ databaseUrl, sandbox: { committee: CHARTER } });
    stops.push(stop);
    const other = await startAppIn(sandbox, { databaseUrl });
    stops.push(other.stop);
    const both = async () => {
      for (let before = -1; before !== sandbox.requests.total; ) {
        before = sandbox.requests.total;
        await sandbox.settled();
        await Promise.all([app.idle(), other.idle()]);
      }
    };
    const read = (path: string) => sandbox.as("mallory").ask("GET", `/repos/MISP/misp-rfc/issues/${path}`);
    const stage = async (issue: number) =>
      Object(await read(`${issue}`))
        .labels.map(({ name }: { name: string }) => name)
        .filter((name: string) => name.startsWith("stage"));

    const issues: number[] = [];
    for (let count = 0; count < 3; count += 1)
      issues.push(await sandbox.as("rafiot").openIssue("misp-rfc", SAMPLE_PROPOSAL));
    await Promise.all([app.sweep(), other.sweep()]);
    await both();
    for (const issue of issues) await sandbox.as("iglocska").comment("misp-rfc", issue, "/accept");
    await both();
    for (const issue of issues) {
      expect(await stage(issue)).toEqual(["stage: comment period"]);
      const comments: { body: string }[] = Object(await read(`${issue}/comments?per_page=100`));
      const keys = comments.flatMap(({ body }) => /^<!-- secretariat:(.*?) -->/.exec(body)?.[1] ?? []);
      expect(keys.length).toBeGreaterThan(1);
      expect(keys).toEqual([...new Set(keys)]);
    }
    await app.stop();
    sandbox.clock.forward(31 * DAY);
    await sandbox.settled();
    await other.idle();
    for (const issue of issues) expect(await stage(issue)).toEqual(["stage: vote"]);
  }, 60_000);
