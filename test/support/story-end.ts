/** What must hold at the end of every story, whatever was told. */
import { expect } from "vitest";
import { brokenLink } from "../../src/proposal/docket.ts";
import { ALL_LABELS, labelsFor } from "../../src/proposal/labels.ts";
import { fold } from "../../src/proposal/state.ts";
import { subjectKey } from "../../src/reconcile/subjects.ts";
import { HOME, type Story } from "./story.ts";
import { ours, readDocket } from "./story-proposal.ts";

export async function checkTheEnd(s: Story): Promise<void> {
  s.sandbox.faults.clear();
  expect(await s.failures(), "nothing has failed for good").toEqual([]);
  await nothingIsLeftToDo(s);
  await everyCommentWasHeard(s);
  for (const number of await proposals(s)) {
    expect(brokenLink(await readDocket(s, number))).toBeNull();
    if (!s.allow.history) await docketHasOnlyGrown(s, number);
    if (!s.allow.labels) await labelsAreTheStages(s, number);
  }
}

/** The issues with a docket. */
async function proposals({ sandbox }: Story): Promise<readonly number[]> {
  const files = await sandbox.see.files(HOME, "dockets");
  return files.flatMap((path) => (path.endsWith("/docket.json") ? [Number.parseInt(path, 10)] : []));
}

/** Every proposal is passed over once more, at once and when GitHub's reads have settled: not one write. */
async function nothingIsLeftToDo(s: Story): Promise<void> {
  for (const later of ["1 second", "11 minutes"]) {
    s.sandbox.clock.forward(later === "1 second" ? 1 : 660);
    const before = writes(s).length;
    for (const { number } of await s.sandbox.see.issues(HOME)) {
      const ref = { owner: "MISP", name: HOME, number: Number(number) };
      await s.app().store.touch(subjectKey({ kind: "proposal", ref }), s.sandbox.clock.now());
    }
    const repository = { owner: "MISP", name: HOME };
    await s.app().store.touch(subjectKey({ kind: "maintenance", repository }), s.sandbox.clock.now());
    await s.settled();
    expect(writes(s).slice(before), `a pass ${later} later writes nothing`).toEqual([]);
  }
}

/** The App's writes so far; asking for a token is none. */
export function writes({ sandbox }: Pick<Story, "sandbox">): readonly string[] {
  return sandbox.requests.log
    .filter(({ by, method }) => (by === "app" || by === "installation") && method !== "GET")
    .filter(({ path }) => !path.endsWith("/access_tokens"))
    .map(({ method, path }) => `${method} ${path}`);
}

/** No comment may be left unread: a story says what people are told, all of it. */
async function everyCommentWasHeard(s: Story): Promise<void> {
  const unheard: string[] = [];
  for (const { number } of await s.sandbox.see.issues(HOME))
    for (const { id, key } of await ours(s, Number(number)))
      if (!s.heard.has(id)) unheard.push(`#${number}: ${key}`);
  expect(unheard, "every comment of the App was heard").toEqual([]);
}

/** Each commit of the docket only adds to what stood there before. */
async function docketHasOnlyGrown(s: Story, number: number): Promise<void> {
  const docket = await readDocket(s, number);
  const path = `${String(number).padStart(4, "0")}/docket.json`;
  const query = `sha=dockets&path=${path}&per_page=100`;
  const commits = await s.sandbox.as("adulau").ask("GET", `/repos/MISP/${HOME}/commits?${query}`);
  const shas = (commits as { sha: string }[]).map(({ sha }) => sha);
  expect(shas.length).toBeGreaterThan(0);
  for (const sha of shas) {
    const earlier = await readDocket(s, number, sha);
    expect(earlier.length).toBeGreaterThan(0);
    expect(docket.slice(0, earlier.length)).toEqual(earlier);
  }
}

async function labelsAreTheStages(s: Story, number: number): Promise<void> {
  const { stage, text } = fold(await readDocket(s, number));
  if (stage === "new") throw new Error(`#${number} has a docket without entries`);
  const present = await s.sandbox.see.labels(HOME, number);
  const kept = present.filter((name) => ALL_LABELS.some((label) => label.name === name));
  expect(kept.toSorted()).toEqual(
    labelsFor(stage, text?.proposal ?? null)
      .map(({ name }) => name)
      .toSorted(),
  );
}
