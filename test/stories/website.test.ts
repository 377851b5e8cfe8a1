/** A standard that is published to two repositories: the standards, and the website that shows them. */
import { expect } from "vitest";
import { CHARTER, HOME, type Story, type StoryOptions, story } from "../support/story.ts";
import { inVote } from "../support/story-life.ts";
import type { Proposal } from "../support/story-proposal.ts";

const SITE = "misp-standard.org";

const PAGE = `---
title: Published Standards
---

# Standards

## Another format

This document describes another format.
`;

const WITH_WEBSITE = `${CHARTER}publication:
  register: register.json
  website:
    repository: MISP/${SITE}
`;

const OPTIONS: StoryOptions = {
  charter: WITH_WEBSITE,
  world: { repositories: [{ name: HOME }, { name: SITE, files: { "standards.md": PAGE } }] },
};

const WITH_DRAFT: StoryOptions = { ...OPTIONS, charter: `${WITH_WEBSITE}  draft:\n    who: misp\n` };

const BRANCH = "secretariat/0001-sighting-format";
const SITE_BRANCH = "secretariat/0001-misp-rfc-sighting-format";

/** The committee approves; its decision is on record. */
async function approved(s: Story): Promise<Proposal> {
  const p = await inVote(s);
  await p.votes({ for: 6, against: 2, abstain: 1 });
  await s.passes("15 days");
  await s.passes("11 minutes");
  return p;
}

async function branches({ sandbox }: Story, repository: string): Promise<readonly string[]> {
  const found = await sandbox.as("adulau").ask("GET", `/repos/MISP/${repository}/branches?per_page=100`);
  return (found as { name: string }[])
    .map(({ name }) => name)
    .filter((name) => name.startsWith("secretariat/"));
}

async function archive({ sandbox }: Story, archived: boolean): Promise<void> {
  await sandbox.as("adulau").ask("PATCH", `/repos/MISP/${SITE}`, { archived });
}

story(
  "both pull requests are merged: the standard is published, and its page shows it",
  async (s) => {
    s.sandbox.requests.reset();
    const p = await approved(s);
    await p.hears("decision");
    expect([await branches(s, HOME), await branches(s, SITE)]).toEqual([[BRANCH], [SITE_BRANCH]]);
    await p.merges();
    expect(await p.stage()).toBe("publication");
    const { body } = await p.comment("status");
    expect(body).toMatch(/\(merged\).*misp-standard\.org.*\(open\)/);
    await p.merges(SITE);
    await p.hears("published");
    expect(s.sandbox.requests.total, "requests of the App").toBeLessThanOrEqual(100);
    expect(await p.isOpen()).toBe(false);
    const page = (await s.sandbox.see.file(SITE, "standards.md")) ?? "";
    expect(page.startsWith(PAGE)).toBe(true);
    expect(page.length).toBeGreaterThan(PAGE.length);
    const files = [{ path: "sighting-format/raw.md", asVoted: true }, { asVoted: null }];
    expect((await p.docket()).at(-1)).toMatchObject({ kind: "published", files });
  },
  WITH_DRAFT,
);

story(
  "the website's repository is archived: nothing is opened anywhere until it is no longer",
  async (s) => {
    await archive(s, true);
    const p = await approved(s);
    const [, trouble] = await p.hears("decision", "trouble");
    expect(trouble).toContain(`MISP/${SITE} is archived`);
    expect([await branches(s, HOME), await branches(s, SITE)]).toEqual([[], []]);
    expect(await p.stage()).toBe("approved");
    await archive(s, false);
    await s.recovers();
    expect(await p.stage()).toBe("publication");
    expect([await p.pulls(), await p.pulls(SITE)].map((each) => each.length)).toEqual([1, 1]);
    expect((await p.comment("trouble")).body).not.toContain("archived");
  },
  OPTIONS,
);

story(
  "the website's page is not what the App expects: nothing is opened, and people are told why",
  async (s) => {
    await s.sandbox.as("cedric").putFile(SITE, "standards.md", "Moved elsewhere.\n");
    const p = await approved(s);
    const [, trouble] = await p.hears("decision", "trouble");
    expect(trouble).toContain("standards.md");
    expect([await branches(s, HOME), await branches(s, SITE)]).toEqual([[], []]);
    await s.sandbox.as("cedric").putFile(SITE, "standards.md", PAGE);
    await s.recovers();
    expect(await p.stage()).toBe("publication");
  },
  OPTIONS,
);

story(
  "a rule forbids the branch on the website: no pull request is opened, and the branch of the other one is used later",
  async (s) => {
    const forbidden = s.sandbox.faults.next({
      fault: { kind: "refusal", status: 422, message: "Reference update failed" },
      match: { method: "POST", path: new RegExp(`/${SITE}/git/refs$`) },
      times: Number.POSITIVE_INFINITY,
    });
    const p = await approved(s);
    const [, trouble] = await p.hears("decision", "trouble");
    expect(trouble).toContain("A rule of that repository may forbid it");
    expect([await p.pulls(), await p.pulls(SITE)]).toEqual([[], []]);
    expect(await branches(s, HOME)).toEqual([BRANCH]);
    await s.sandbox
      .as("cedric")
      .putFile(HOME, "CONTRIBUTING.md", "Meanwhile, the default branch moves on.\n");
    forbidden.cancel();
    await s.recovers();
    expect(await p.stage()).toBe("publication");
    await p.merges();
    await p.merges(SITE);
    await p.hears("published");
  },
  OPTIONS,
);

story(
  "the website's is closed unmerged: /publish opens that one again, and no other",
  async (s) => {
    const p = await approved(s);
    await p.hears("decision");
    await p.merges();
    const [first = 0] = await p.pulls(SITE);
    await s.sandbox.as("cedric").closePull(SITE, first);
    await s.settled();
    const [stopped] = await p.hears("publication-stopped");
    expect(stopped).toContain(`/${SITE}/pull/${first}`);
    expect(stopped).not.toContain(`/${HOME}/pull/`);
    expect((await p.comment("status")).body).toContain("(closed without being merged)");
    await p.says("adulau", "/publish");
    expect([await p.pulls(), await p.pulls(SITE)].map((each) => each.length)).toEqual([1, 2]);
    expect(await branches(s, SITE)).toContain(`${SITE_BRANCH}-2`);
    await p.merges(SITE);
    await p.hears("published");
  },
  OPTIONS,
);

story(
  "GitHub fails after the first pull request is opened: one in each repository in the end",
  async (s) => {
    for (const when of ["before", "after"] as const) {
      s.sandbox.faults.next({
        fault: { kind: "server error", when },
        match: { method: "POST", path: new RegExp(`/${SITE}/pulls$`) },
        after: when === "before" ? 0 : 1,
      });
    }
    const p = await approved(s);
    await s.recovers();
    await p.hears("decision");
    expect([await p.pulls(), await p.pulls(SITE)].map((each) => each.length)).toEqual([1, 1]);
    expect(await p.stage()).toBe("publication");
  },
  WITH_DRAFT,
);
