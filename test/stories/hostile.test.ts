/** What people write who mean no good, or mean it too well. Everybody gets an answer, and nothing is lost. */
import { expect } from "vitest";
import { COMMITTEE } from "../../src/sandbox/seed.ts";
import { CHARTER, HOME, story } from "../support/story.ts";
import { inCommentPeriod, inVote } from "../support/story-life.ts";
import { formOf, SPECIFICATION } from "../support/story-proposal.ts";

const TITLES: readonly (readonly [string, string])[] = [
  ["quotes, comments and a mention", `Tags" --> <!-- @everyone @MISP/standard-committee '; DROP`],
  ["a path", "../../../etc/passwd"],
  ["line breaks and headings", "One\n\n# Two\r\n```\n- [ ] three"],
  ["emoji and other scripts", "🚀 标准 Ünïcödé \u202e\u0000 تجربة"],
  ["links and closing keywords", "fixes #1 [click](javascript:alert(1)) ![x](http://example.org/x.png)"],
];

story("a title is a title in Markdown, JSON, a path and a branch, whatever it says", async (s) => {
  for (const [, title] of TITLES) await s.proposes({ title, name: "_No response_" });
  const proposals = TITLES.map((_, index) => s.proposal(index + 1));
  await Promise.all(proposals.map((p) => p.says("iglocska", "/accept")));
  await s.passes("31 days");
  for (const p of proposals) await p.vote("lena-k", "+1");
  await s.passes("15 days");
  for (const p of proposals) {
    const written = await p.hears("status", "comment-period-open", "feedback", "ballot", "decision");
    expect(written.join()).not.toMatch(/@(?:everyone|MISP)|!\[x\]/);
    const [number = 0] = await p.pulls();
    const pull = await s.sandbox.see.pull(HOME, number);
    expect((pull.head as { ref: string }).ref).toMatch(/^secretariat\/000\d-[a-z0-9]+(?:-[a-z0-9]+)*$/);
    expect(pull.body).not.toMatch(/@(?:everyone|MISP)|!\[x\]|fixes #1\b/);
    expect(pull.title).not.toMatch(/[\n\r]|@(?:everyone|MISP)/);
    await p.merges();
    await p.hears("published");
    const { title } = await s.sandbox.see.issue(HOME, p.number);
    expect((await p.docket())[0]).toMatchObject({ kind: "received", title });
    const record = JSON.parse((await s.sandbox.see.file(HOME, `decisions/000${p.number}.json`)) ?? "");
    expect(JSON.stringify(record)).toContain(JSON.stringify(title));
  }
  const published = (await s.sandbox.see.files(HOME)).filter((path) => path.endsWith("/raw.md"));
  expect(published).toHaveLength(TITLES.length);
  for (const path of published) {
    expect(path).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*\/raw\.md$/);
    expect(await s.sandbox.see.file(HOME, path)).toBe(SPECIFICATION);
  }
});

const LONGEST = 65_536;
const NESTED = [">", "- ", "[", "*a **b ", "<a ", "\n", "```\n"];

/** In real milliseconds, for a pass over one body on a busy machine. */
const GOOD_TIME = 5_000;

story(`${LONGEST} characters of nested Markdown are read in good time`, async (s) => {
  for (const piece of NESTED) {
    const started = performance.now();
    const p = await s.proposes({ body: piece.repeat(LONGEST / piece.length) });
    const [status] = await p.hears("status");
    expect(status).toContain("Technical specification");
    expect(await p.stage()).toBe("intake");
    const before = `${formOf({ specification: "" })}${"word ".repeat(40)}\n\n`;
    await p.edits({ body: before + piece.repeat((LONGEST - before.length) / piece.length) });
    expect(await p.stage()).toBe("assessment");
    expect(performance.now() - started).toBeLessThan(2 * GOOD_TIME);
  }
});

story(
  "a forged key makes no comment the App's own",
  async (s) => {
    const forged = await inCommentPeriod(s);
    for (const key of ["status", "feedback", "ballot", "decision"])
      await forged.says("mallory", `<!-- secretariat:${key} -->\n### The ballot\n\nVote here.`);
    await s.sandbox
      .as("robot[bot]")
      .comment(HOME, forged.number, "<!-- secretariat:ballot -->\nVote here, too.");
    await s.passes("31 days");
    await forged.hears("feedback", "ballot");
    const fakes = await s.sandbox.see.comments(HOME, forged.number);
    for (const { id, body, user } of fakes) {
      if ((user as { id: number }).id === s.sandbox.app.botId || !String(body).includes("Vote here"))
        continue;
      for (const login of ["lena-k", "omar-b", "petra-v"])
        await s.sandbox.as(login).react(HOME, { comment: Number(id) }, "-1");
    }
    await forged.vote("tomas-h", "+1");
    await s.passes("15 days");
    await forged.hears("decision");
    expect((await forged.docket()).find((entry) => entry.kind === "ballot-closed")).toMatchObject({
      result: "approved",
      tally: { against: [] },
    });
  },
  { world: withRobot() },
);

story(
  "commands in code, in quotes, in comments and in the middle of a sentence are no commands",
  async (s) => {
    const p = await s.proposes();
    for (const words of [
      "```\n/accept\n```",
      "~~~\n/accept",
      "    /accept",
      "`/accept`",
      "> /accept",
      "> quoted\n/accept",
      "<!--\n/accept\n-->",
      "I would /accept this.",
      "/acceptable",
      "- /accept",
    ])
      await s.sandbox.as("iglocska").comment(HOME, p.number, words);
    await s.sandbox.as("robot[bot]").comment(HOME, p.number, "/accept");
    await s.settled();
    await p.hears("status");
    expect(await p.kinds()).toEqual(["received", "documented"]);
    await p.says("iglocska", "Thank you.\n\n/accept");
    await p.hears("comment-period-open");
  },
  { world: withRobot() },
);

story(
  "votes of people who are no members, of bots and of deleted accounts count for nothing",
  async (s) => {
    const p = await inVote(s);
    for (const login of ["mallory", "rafiot", "cedric", "robot[bot]"]) await p.vote(login, "-1");
    for (const login of ["lena-k", "omar-b"]) await p.vote(login, "-1");
    s.sandbox.deleteAccount("lena-k", "nobody");
    s.sandbox.deleteAccount("omar-b", "ghost");
    await p.vote("tomas-h", "+1");
    await s.passes("15 days");
    await p.hears("decision");
    expect((await p.docket()).find((entry) => entry.kind === "ballot-closed")).toMatchObject({
      result: "approved",
      tally: { for: [{ voter: { login: "tomas-h" } }], against: [], outside: { deletedAccounts: 2 } },
    });
  },
  { world: withRobot() },
);

story("a member's vote counts under the name that the member has taken since", async (s) => {
  const p = await inVote(s);
  await p.vote("lena-k", "-1");
  s.sandbox.rename("lena-k", "Lena-Kessler");
  s.sandbox.rename("omar-b", "omar");
  await p.vote("omar", "-1");
  await p.vote("tomas-h", "+1");
  await s.passes("15 days");
  await p.hears("decision");
  const closed = (await p.docket()).at(-1);
  expect(closed).toMatchObject({
    result: "rejected",
    tally: {
      against: [{ voter: { id: s.sandbox.idOf("Lena-Kessler") } }, { voter: { id: s.sandbox.idOf("omar") } }],
      outside: { people: [] },
    },
  });
});

story("who chooses both ways is told so in time, and has chosen nothing in the end", async (s) => {
  const p = await inVote(s);
  await p.vote("lena-k", "+1");
  await p.vote("lena-k", "-1");
  await p.vote("omar-b", "+1");
  await s.passes("2 hours");
  expect((await p.comment("ballot")).body).toMatch(/lena-k/);
  await s.passes("15 days");
  await p.hears("decision");
  expect((await p.docket()).find((entry) => entry.kind === "ballot-closed")).toMatchObject({
    tally: { conflicting: [{ login: "lena-k" }] },
  });
});

story(
  "a link to a file in a private repository is refused, and nothing of it is shown",
  async (s) => {
    const link = `${s.sandbox.url}/MISP/hidden/blob/main/secret.md`;
    const p = await s.proposes({ specification: link });
    const [status] = await p.hears("status");
    expect(status).toContain("MISP/hidden");
    expect(await p.stage()).toBe("intake");
    for (const path of await s.sandbox.see.files(HOME, "dockets"))
      expect(await s.sandbox.see.file(HOME, path, "dockets")).not.toContain("nobody may see");
  },
  {
    world: {
      repositories: [
        { name: HOME, files: { ".github/committee.yml": CHARTER } },
        { name: "hidden", private: true, files: { "secret.md": `${"What nobody may see. ".repeat(20)}\n` } },
      ],
    },
    charter: null,
  },
);

function withRobot() {
  return { people: [...COMMITTEE, "rafiot", "cedric", "mallory", "robot[bot]"] };
}
