import { expect, test } from "vitest";
import { GitHubFailure } from "../../src/reconcile/ports.ts";
import { body, convene, inVote, vote } from "../support/committee.ts";

const lost = () => new GitHubFailure("GitHub answered 502", { status: 502, retryAt: null });
const refused = () => new GitHubFailure("GitHub answered 403", { status: 403, retryAt: null });

/** The next comment is made, the answer is lost, and GitHub does not show the comment for some minutes. */
function losesAnswer(committee: ReturnType<typeof convene>): () => void {
  const { act } = committee.port;
  let hidden: typeof committee.world.comments = [];
  committee.port.act = async (ref, action) => {
    const outcome = await act(ref, action);
    if (action.do !== "create comment" || hidden.length > 0) return outcome;
    hidden = committee.world.comments.splice(-1);
    throw lost();
  };
  return () => {
    committee.world.comments.push(...hidden);
    committee.port.act = act;
  };
}

test("a comment whose answer was lost, and which GitHub does not show yet, is not made again", async () => {
  const committee = convene();
  committee.open("pia", "Sighting format", body());
  const shows = losesAnswer(committee);
  await expect(committee.pass()).rejects.toThrow("502");
  for (let minutes = 0; minutes < 9; minutes++) {
    committee.forward(0, 60);
    await committee.pass();
  }
  expect(committee.world.comments).toHaveLength(0);
  shows();
  await committee.pass();
  committee.forward(0, 600);
  await committee.pass();
  expect(committee.world.comments.map((each) => each.body.split("\n")[0])).toEqual([
    "<!-- secretariat:status -->",
  ]);
});

test("a comment that was never made is made once its absence can be believed", async () => {
  const committee = convene();
  committee.open("pia", "Sighting format", body());
  const { act } = committee.port;
  committee.port.act = async (ref, action) => {
    if (action.do === "create comment") throw lost();
    return act(ref, action);
  };
  await expect(committee.pass()).rejects.toThrow("502");
  committee.port.act = act;
  const dueAt = await committee.pass();
  expect(committee.world.comments).toHaveLength(0);
  expect(dueAt).toBe("2026-03-01T09:10:00Z");
  committee.forward(0, 600);
  await committee.pass();
  expect(committee.ours("status").body).toContain("assessment");
});

test("a comment that GitHub has refused is tried again at once", async () => {
  const committee = convene();
  committee.open("pia", "Sighting format", body());
  const { act } = committee.port;
  committee.port.act = async (ref, action) => {
    if (action.do === "create comment") throw refused();
    return act(ref, action);
  };
  await expect(committee.pass()).rejects.toThrow("403");
  committee.port.act = act;
  await committee.pass();
  expect(committee.ours("status").body).toContain("assessment");
});

test("an issue is not closed before what is in doubt was said", async () => {
  const committee = await inVote();
  vote(committee, { against: 5 });
  committee.forward(15);
  await committee.pass();
  committee.forward(0, 660);
  const shows = losesAnswer(committee);
  await expect(committee.pass()).rejects.toThrow("502");
  await committee.pass();
  expect(committee.world.state).toBe("open");
  shows();
  await committee.pass();
  expect(committee.world.state).toBe("closed");
});
