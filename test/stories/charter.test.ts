/** Charters that are not there, cannot be read or say what a charter cannot say. */
import { expect } from "vitest";
import { CHARTER, HOME, type Story, story } from "../support/story.ts";

const PATH = ".github/committee.yml";

const BOMB = `committee: X
a: &a [x, x, x, x, x, x, x, x, x, x]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]
members: [*f, *f, *f, *f, *f, *f, *f, *f, *f, *f]
`;

/** What is wrong, the text, and what the issue has to say. */
const BROKEN: readonly (readonly [string, string, RegExp])[] = [
  ["indented with tabs", "committee: X\nmembers:\n\t- adulau\n", /line 3/i],
  ["with a bomb of aliases", BOMB, /line/i],
  ["that is no YAML", "committee: X\nmembers: [adulau\n", /line/i],
  ["with keys that nobody knows", `${CHARTER}quorums: all\n`, /quorums/],
  ["that is empty", "", /committee/],
  ["with a mention and markup in it", `${CHARTER}"@everyone --> <script>": 1\n`, /everyone/],
];

story(
  "a charter that is not valid: one check, one issue, and nothing formal until it is mended",
  async (s) => {
    const [issue, ...more] = await appIssues(s);
    expect(more).toEqual([]);
    expect(issue).toMatchObject({ state: "open", body: expect.stringMatching(/line 1.*line 2/is) });
    expect(await conclusion(s)).toBe("failure");
    const p = await s.proposes();
    await p.hears("status");
    expect(await p.docket()).toEqual([]);
    await s.sweeps();
    await amends(s, CHARTER);
    expect((await appIssues(s)).map(({ state }) => state)).toEqual(["closed"]);
    expect(await conclusion(s)).toBe("success");
    expect(await p.stage()).toBe("assessment");
  },
  { charter: "committee: [1, 2]\nmembers: 3\n" },
);

story("a charter that is broken in one way after the other: the one issue says how", async (s) => {
  for (const [, text, says] of BROKEN) {
    await amends(s, text);
    const [issue, ...more] = await appIssues(s);
    expect(more).toEqual([]);
    expect(issue).toMatchObject({ state: "open", body: expect.stringMatching(says) });
    expect(issue?.body).not.toContain("@everyone");
    expect(await conclusion(s)).toBe("failure");
  }
  await amends(s, CHARTER);
  expect((await appIssues(s)).map(({ state }) => state)).toEqual(["closed"]);
  await (await s.proposes()).hears("status");
});

story("a charter that breaks during a ballot changes nothing about the ballot", async (s) => {
  const p = await s.proposes();
  await p.says("iglocska", "/accept");
  await s.passes("31 days");
  await p.hears("status", "comment-period-open", "feedback", "ballot");
  await amends(s, "committee: 3\n");
  await p.votes({ for: 5 });
  await s.passes("15 days");
  await p.hears("decision");
  expect((await p.docket()).find((entry) => entry.kind === "ballot-closed")).toMatchObject({
    result: "approved",
  });
  await amends(s, CHARTER);
  await s.passes("1 hour");
  expect(await p.stage()).toBe("publication");
  expect((await appIssues(s)).map(({ state }) => state)).toEqual(["closed"]);
});

story(
  "no charter: how to begin is said once, on the first proposal, which then goes on by itself",
  async (s) => {
    const first = await s.proposes();
    const second = await s.proposes({ by: "lena-k" });
    const [howTo] = await first.hears("no-charter");
    expect(howTo).toContain(PATH);
    await s.sweeps();
    await amends(s, CHARTER);
    await first.hears("status");
    await second.hears("status");
    expect([await first.stage(), await second.stage()]).toEqual(["assessment", "assessment"]);
    expect(await appIssues(s)).toEqual([]);
  },
  { charter: null },
);

story(
  "the organization's .github repository holds the charter of those that have none",
  async (s) => {
    const p = await s.proposes();
    await p.says("iglocska", "/accept");
    await p.hears("status", "comment-period-open");
    expect((await p.docket()).at(-1)).toMatchObject({ charter: { name: ".github", path: PATH } });
  },
  {
    charter: null,
    world: { repositories: [{ name: HOME }, { name: ".github", files: { [PATH]: CHARTER } }] },
  },
);

const READS_OF_CHARTER = { method: "GET", path: /committee\.yml/ };

story(
  "a charter that GitHub cannot show is not taken for an absent one",
  async (s) => {
    const p = await s.proposes();
    await p.hears();
    expect((await s.failures()).join()).toContain("500");
    s.sandbox.faults.clear();
    await s.recovers();
    await p.hears("status");
    expect(await p.stage()).toBe("assessment");
  },
  {
    before: ({ faults }) =>
      void faults.next({
        fault: { kind: "server error", status: 500 },
        match: READS_OF_CHARTER,
        times: Number.POSITIVE_INFINITY,
      }),
  },
);

story(
  "a charter that the App may not read: the proposal says so, and goes on when it may",
  async (s) => {
    const p = await s.proposes();
    const [status] = await p.hears("status");
    expect(status).toContain(`${PATH} in MISP/misp-rfc could not be read`);
    expect(await p.docket()).toEqual([]);
    s.sandbox.faults.clear();
    await s.recovers();
    expect(await p.stage()).toBe("assessment");
  },
  {
    before: ({ faults }) =>
      void faults.next({
        fault: { kind: "forbidden" },
        match: READS_OF_CHARTER,
        times: Number.POSITIVE_INFINITY,
      }),
  },
);

async function amends(s: Story, text: string): Promise<void> {
  await s.sandbox.as("adulau").putFile(HOME, PATH, text);
  await s.settled();
}

/** The issues that the App itself has opened. */
async function appIssues({ sandbox }: Story) {
  const issues = await sandbox.see.issues(HOME);
  return issues
    .filter(({ user }) => (user as { id?: number } | null)?.id === sandbox.app.botId)
    .map(({ body, state }) => ({ body: String(body), state }));
}

async function conclusion({ sandbox }: Story): Promise<unknown> {
  const [check, ...more] = await sandbox.see.checkRuns(HOME, "main");
  expect(more).toEqual([]);
  return check?.conclusion;
}
