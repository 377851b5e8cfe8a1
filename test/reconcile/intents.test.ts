import { expect, test } from "vitest";
import { GitHubFailure } from "../../src/reconcile/ports.ts";
import { body, convene, inVote } from "../support/committee.ts";
import { of, oldComments } from "../support/doubts.ts";

/** Every new comment is made, and then something goes wrong. */
function afterComment(committee: ReturnType<typeof convene>, error: unknown): () => void {
  const { act } = committee.port;
  committee.port.act = async (ref, action) => {
    const outcome = await act(ref, action);
    if (action.do === "create comment") throw error;
    return outcome;
  };
  return () => {
    committee.port.act = act;
  };
}

const BAD_GATEWAY = new GitHubFailure("GitHub answered 502", { status: 502, retryAt: null });

test("a comment that was made, answered with a 502 and not listed yet, is not made twice", async () => {
  const committee = convene();
  committee.open("pia", "Sighting format", body());
  const stale = oldComments(committee);
  const mend = afterComment(committee, BAD_GATEWAY);
  await expect(committee.pass()).rejects.toThrow("502");
  mend();
  committee.forward(0, 299);
  const dueAt = await committee.pass();
  expect(of(committee, "status")).toHaveLength(1);
  expect(dueAt).toBe("2026-03-01T09:10:00Z");
  stale();
  committee.forward(0, 302);
  await committee.pass();
  expect(of(committee, "status")).toHaveLength(1);
  expect(of(committee, "put-back-comment-status")).toHaveLength(0);
});

test("a first comment is not made again by a look at an old list, when the store is lost in between", async () => {
  const committee = convene();
  committee.world.charterText = null;
  committee.open("pia", "Sighting format", body());
  oldComments(committee);
  await committee.pass();
  expect(of(committee, "no-charter")).toHaveLength(1);
  committee.notes.clear();
  committee.forward(0, 180);
  expect(await committee.pass()).toBe("2026-03-01T09:13:00Z");
  expect(of(committee, "no-charter")).toHaveLength(1);
});

test("one that never arrived is made once it was looked for after the settling time, and nobody is blamed", async () => {
  const committee = convene();
  committee.open("pia", "Sighting format", body());
  committee.world.failOn = (action) => action.do === "create comment";
  await expect(committee.pass()).rejects.toThrow("502");
  committee.world.failOn = null;
  committee.forward(0, 599);
  await committee.pass();
  expect(of(committee, "status")).toHaveLength(0);
  committee.forward(0, 1);
  await committee.pass();
  expect(of(committee, "status")).toHaveLength(1);
  expect(committee.world.comments).toHaveLength(1);
});

test("one that GitHub refused is made as soon as it may be", async () => {
  const committee = convene();
  committee.open("pia", "Sighting format", body());
  const { act } = committee.port;
  committee.port.act = async (ref, action) => {
    if (action.do === "create comment") throw new GitHubFailure("locked", { status: 403, retryAt: null });
    return act(ref, action);
  };
  await expect(committee.pass()).rejects.toThrow("locked");
  committee.port.act = act;
  await committee.pass();
  expect(of(committee, "status")).toHaveLength(1);
});

test("a pass that stood still meanwhile does not say what another has said", async () => {
  const committee = convene();
  committee.open("pia", "Sighting format", body());
  const { readDocket } = committee.port;
  const paused = Promise.withResolvers<void>();
  committee.port.readDocket = async (ref) => {
    committee.port.readDocket = readDocket;
    await paused.promise;
    return readDocket(ref);
  };
  const first = committee.pass();
  await Promise.resolve();
  committee.forward(0, 60);
  await committee.pass();
  committee.forward(0, 3_600);
  paused.resolve();
  await first;
  expect(of(committee, "status")).toHaveLength(1);
});

test("a store that was lost may have held intents: what is not seen is made after the settling time", async () => {
  const committee = await inVote();
  const stale = oldComments(committee, (text) => !text.includes("secretariat:ballot -->"));
  committee.notes.clear();
  committee.forward(0, 60);
  await committee.pass();
  expect(of(committee, "ballot")).toHaveLength(1);
  stale();
  committee.forward(0, 600);
  await committee.pass();
  expect(of(committee, "ballot")).toHaveLength(1);
});

test("a store that was begun by a clock that was ahead does not keep the App silent", async () => {
  const committee = convene();
  committee.notes.set("intents began", "2030-01-01T00:00:00Z");
  committee.open("pia", "Sighting format", body());
  committee.forward(0, 1);
  await committee.pass();
  committee.forward(0, 600);
  await committee.pass();
  expect(of(committee, "status")).toHaveLength(1);
});
