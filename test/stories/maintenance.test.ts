/** Published drafts are monitored: one issue before they expire, a renewal for who asks, and a mark for what has expired. */
import { expect } from "vitest";
import { DAY, before as minus, seconds } from "../../src/proposal/instant.ts";
import { keyOf } from "../../src/proposal/keys.ts";
import { type Standard, standardIn } from "../../src/publication/register/model.ts";
import { readRegister, writeRegister } from "../../src/publication/register/text.ts";
import { SAMPLE_REGISTER } from "../../src/sandbox/sample-register.ts";
import { sampleDraft } from "../support/sample-draft.ts";
import { CHARTER, HOME, type Story, story } from "../support/story.ts";

const SITE = "misp-standard.org";
const CORE = "misp-core-format";
const KEPT = `${CHARTER}publication:
  draft: { who: misp }
  register: register.json
  readme: README.md
  website: { repository: MISP/${SITE}, address: "https://www.misp-standard.org" }
  maintenance: { before: 30 days }
`;
const DRAFT = "draft-dulaunoy-misp-core-format";

/** The register with standards whose drafts were published so many days ago, and the source of the core format. */
async function published(s: Story, days: Readonly<Record<string, number>>): Promise<void> {
  const now = s.sandbox.clock.now();
  const since = (standard: Standard): Standard => {
    const age = days[standard.slug];
    if (age === undefined) return standard;
    const at = minus(now, seconds(age * DAY));
    const dates = { published: at, expires: null, retired: null };
    return {
      ...standard,
      draft: standard.draft ?? `draft-misp-${standard.slug}`,
      revision: standard.revision ?? "00",
      dates,
    };
  };
  const register = { ...SAMPLE_REGISTER, standards: SAMPLE_REGISTER.standards.map(since) };
  const maintainer = s.sandbox.as("cedric");
  await maintainer.putFile(
    HOME,
    `${CORE}/raw.md`,
    sampleDraft({ docName: `${DRAFT}-20`, date: "2026-01-02" }),
  );
  await maintainer.putFile(HOME, "register.json", writeRegister(register));
  await s.settled();
}

/** The App's maintenance issues, oldest first. */
async function issues(s: Story) {
  const all = await s.sandbox.see.issues(HOME);
  return all
    .filter(({ body, pull_request }) => keyOf(String(body)) === "maintenance" && !pull_request)
    .map(({ number, state, body }) => ({ number: Number(number), state, body: String(body) }));
}

async function says(s: Story, login: string, words: string): Promise<number> {
  const [issue] = (await issues(s)).slice(-1);
  const id = await s.sandbox.as(login).comment(HOME, issue?.number ?? 0, words);
  await s.settled();
  return id;
}

/** What the App has answered on its issue since the last time. */
async function hears(s: Story): Promise<readonly string[]> {
  const [issue] = (await issues(s)).slice(-1);
  const comments = await s.sandbox.see.comments(HOME, issue?.number ?? 0);
  const fresh = comments.filter(({ id, body }) => keyOf(String(body)) !== null && !s.heard.has(Number(id)));
  for (const { id } of fresh) s.heard.add(Number(id));
  return fresh.map(({ body }) => String(body));
}

async function pulls(s: Story, repository: string) {
  return (await s.sandbox.see.pulls(repository)).map(({ number, state, title, head }) => {
    return { number: Number(number), state, title, branch: String((head as { ref: string }).ref) };
  });
}

async function core(s: Story): Promise<Standard | null> {
  return standardIn(readRegister(await s.sandbox.see.file(HOME, "register.json")), CORE);
}

story(
  "thirty days before a draft expires an issue says so; /renew opens the next revision, and the issue closes",
  async (s) => {
    await published(s, { [CORE]: 150, "misp-taxonomy-format": 20 });
    expect(await issues(s)).toEqual([]);
    await s.passes("6 days");
    const [issue, ...more] = await issues(s);
    expect(more).toEqual([]);
    expect(issue?.state).toBe("open");
    expect(issue?.body).toContain(`${DRAFT}-20`);
    expect(issue?.body).not.toContain("misp-taxonomy-format");

    await says(s, "mallory", "/renew");
    expect(await hears(s)).toEqual([expect.stringMatching(/@mallory: .*for chairs, reviewers and members/)]);
    await says(s, "adulau", "/renew core");
    expect(await hears(s)).toEqual([
      expect.stringMatching(/no current draft called `core`[\s\S]*`\/renew misp-core-format`/),
    ]);
    const asked = await says(s, "lena-k", `/renew ${CORE}`);
    expect(await hears(s)).toEqual([]);
    expect(s.sandbox.see.reactions(HOME, asked)).toMatchObject([{ content: "rocket" }]);
    const [renewal, ...others] = await pulls(s, HOME);
    expect(others).toEqual([]);
    expect(renewal).toMatchObject({ state: "open", branch: `secretariat/renew-${CORE}-21` });
    expect((await issues(s))[0]?.body).toMatch(/renewal: .* \(open\)/);

    const today = s.sandbox.clock.now();
    await s.sandbox.as("cedric").mergePull(HOME, renewal?.number ?? 0);
    await s.settled();
    const text = await s.sandbox.see.file(HOME, `${CORE}/raw.md`);
    expect(text).toBe(sampleDraft({ docName: `${DRAFT}-21`, date: today.slice(0, 10) }));
    expect(await s.sandbox.see.file(HOME, `${CORE}/raw.md.xml`)).toContain(`docName="${DRAFT}-21"`);
    expect(await core(s)).toMatchObject({ status: "published", revision: "21" });
    expect((await core(s))?.dates.published?.slice(0, 10)).toBe(today.slice(0, 10));
    expect(await issues(s)).toMatchObject([{ state: "closed" }]);
    await s.restarts("lost");
    await s.passes("100 days");
    expect(await issues(s)).toHaveLength(1);
    expect(await pulls(s, HOME)).toHaveLength(1);
  },
  { charter: KEPT },
);

story(
  "a draft that expires is marked in the register and on the website, once, and may be renewed all the same",
  async (s) => {
    await published(s, { [CORE]: 170 });
    expect(await issues(s)).toHaveLength(1);
    await s.passes("16 days");
    await s.passes("5 days");
    const [mark, ...more] = await pulls(s, HOME);
    expect(more).toEqual([]);
    expect(mark).toMatchObject({ title: `Mark ${CORE} as expired`, branch: `secretariat/expire-${CORE}-20` });
    const [page, ...pages] = await pulls(s, SITE);
    expect(pages).toEqual([]);
    await s.sandbox.as("cedric").mergePull(HOME, mark?.number ?? 0);
    await s.sandbox.as("cedric").mergePull(SITE, page?.number ?? 0);
    await s.settled();
    expect(await core(s)).toMatchObject({ status: "expired", revision: "20" });
    expect(await s.sandbox.see.file(SITE, "standards.md")).toContain(
      "the Internet-Draft of this standard has expired on",
    );
    expect(await issues(s)).toMatchObject([{ state: "closed" }]);
    await s.passes("20 days");
    expect(await pulls(s, HOME)).toHaveLength(1);

    await says(s, "iglocska", `/renew ${CORE}`);
    expect(await hears(s)).toEqual([]);
    const renewal = (await pulls(s, HOME)).find(({ branch }) => branch === `secretariat/renew-${CORE}-21`);
    const section = (await pulls(s, SITE)).find(({ branch }) => branch === `secretariat/renew-${CORE}-21`);
    for (const [repository, pull] of [
      [SITE, section],
      [HOME, renewal],
    ] as const)
      await s.sandbox.as("cedric").mergePull(repository, pull?.number ?? 0);
    await s.settled();
    expect(await core(s)).toMatchObject({ status: "published", revision: "21" });
    expect(await s.sandbox.see.file(SITE, "standards.md")).not.toContain("has expired");
  },
  { charter: KEPT },
);

story(
  "what stands in the way is said in the issue, and nothing is half made",
  async (s) => {
    await published(s, { [CORE]: 170 });
    await s.sandbox.as("cedric").putFile(HOME, `${CORE}/raw.md`, sampleDraft({ docName: `${DRAFT}-19` }));
    await says(s, "adulau", "/renew");
    expect((await issues(s))[0]?.body).toContain("One of the two has to be mended first");
    expect([await pulls(s, HOME), await pulls(s, SITE)]).toEqual([[], []]);
    await s.sandbox.as("cedric").putFile(HOME, `${CORE}/raw.md`, sampleDraft({ docName: DRAFT }));
    await s.recovers();
    expect(await pulls(s, HOME)).toHaveLength(1);
    expect((await issues(s))[0]?.body).not.toContain("mended");

    await s.sandbox.as("cedric").putFile(HOME, "register.json", "{");
    await s.settled();
    expect((await issues(s))[0]?.body).toContain("The register cannot be read: it is not JSON");
    await published(s, { [CORE]: 10 });
    await s.recovers();
    expect(await issues(s)).toMatchObject([{ state: "closed" }]);
  },
  { charter: KEPT },
);

story(
  "people's hands: an edited issue is put back, one that is closed stays closed until there is something new",
  async (s) => {
    await published(s, { [CORE]: 170, "misp-taxonomy-format": 100 });
    const [issue] = await issues(s);
    const maintainer = s.sandbox.as("cedric");
    await maintainer.editIssue(HOME, issue?.number ?? 0, { body: `${issue?.body}\nI add this.` });
    await s.settled();
    expect((await issues(s))[0]?.body).toBe(issue?.body);
    await maintainer.closeIssue(HOME, issue?.number ?? 0);
    await s.passes("3 days");
    expect(await issues(s)).toMatchObject([{ state: "closed" }]);
    await s.restarts("lost");
    await s.passes("60 days");
    expect(await issues(s)).toMatchObject([{ state: "closed" }, { state: "open" }]);
    expect((await issues(s))[1]?.body).toContain("misp-taxonomy-format");
    const [mark] = await pulls(s, HOME);
    expect(mark?.branch).toBe(`secretariat/expire-${CORE}-20`);
  },
  { charter: KEPT },
);
