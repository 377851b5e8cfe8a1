import { expect } from "vitest";
import { HOME, story } from "../support/story.ts";
import { inCommentPeriod, inVote } from "../support/story-life.ts";

const MAINTAINER = "cedric";

story(
  "an entry that another hand has written stops the proposal, until a chair has the docket restored",
  async (s) => {
    s.allow.history = true;
    const p = await inCommentPeriod(s);
    const path = docketPathOf(p.number);
    const genuine = JSON.parse((await s.sandbox.see.file(HOME, path, "dockets")) ?? "");
    const forged = structuredClone(genuine);
    forged.entries[3].closesAt = "2020-01-01T00:00:00Z";
    await s.sandbox.as(MAINTAINER).putFile(HOME, path, JSON.stringify(forged), { branch: "dockets" });
    await s.passes("31 days");
    const [said] = await p.hears("trouble");
    expect(said).toContain("/restore");
    expect(await p.labels()).toContain("stage: comment period");
    await p.says("mallory", "/restore");
    await p.hears();
    await p.says("adulau", "/restore");
    await s.recovers();
    await p.hears("feedback", "ballot", "reply");
    expect((await p.docket()).map(({ hash }) => hash).slice(0, 4)).toEqual(
      genuine.entries.map(({ hash }: { hash: string }) => hash),
    );
    expect((await p.docket()).find(({ kind }) => kind === "restored")).toMatchObject({
      by: { login: "adulau" },
    });
  },
);

story("an older docket that is put back is found, although the App sealed it", async (s) => {
  s.allow.history = true;
  const p = await inCommentPeriod(s);
  const path = docketPathOf(p.number);
  const old = (await s.sandbox.see.file(HOME, path, "dockets")) ?? "";
  await s.passes("31 days");
  await p.hears("feedback", "ballot");
  await s.passes("1 hour");
  await s.sandbox.as(MAINTAINER).putFile(HOME, path, old, { branch: "dockets" });
  await s.passes("1 hour");
  await p.hears("trouble");
  await p.says("adulau", "/restore");
  await s.recovers();
  expect(await p.stage()).toBe("vote");
  await p.votes({ for: 5 });
  await s.passes("15 days");
  await p.hears("decision");
});

story("a branch dockets that is deleted is brought back", async (s) => {
  s.allow.history = true;
  const p = await inVote(s);
  await p.votes({ for: 5 });
  await s.passes("2 hours");
  await s.sandbox.as(MAINTAINER).deleteBranch(HOME, "dockets");
  await s.passes("1 hour");
  await p.hears("trouble");
  await p.says("adulau", "/restore");
  await s.recovers();
  await s.passes("15 days");
  await p.hears("decision");
  expect(await p.stage()).toBe("publication");
});

story(
  "a branch dockets that is deleted again needs another order; the other dockets come back with it",
  async (s) => {
    s.allow.history = true;
    const other = await s.proposes({ title: "Another one" });
    await other.hears("status");
    const before = await other.docket();
    const p = await inVote(s);
    for (const times of ["once", "again"]) {
      await s.sandbox.as(MAINTAINER).deleteBranch(HOME, "dockets");
      await s.passes("1 hour");
      await p.hears(...(times === "once" ? ["trouble"] : []));
      expect(await s.sandbox.see.file(HOME, docketPathOf(p.number), "dockets"), times).toBeNull();
      await p.says("adulau", "/restore");
      await s.recovers();
    }
    expect((await p.docket()).filter(({ kind }) => kind === "restored")).toHaveLength(2);
    expect((await other.docket()).slice(0, before.length)).toEqual(before);
  },
);

function docketPathOf(number: number): string {
  return `${String(number).padStart(4, "0")}/docket.json`;
}
