/** GitHub as it is on a bad day. Whatever it does, what is recorded and what people are told stay the same. */
import { expect } from "vitest";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { HOME, type Story, type StoryOptions, story } from "../support/story.ts";
import { inCommentPeriod, inPublication, inVote, playWholeLife, WHOLE_LIFE } from "../support/story-life.ts";

story("pages of two: everything is read to the end", async (s) => {
  s.sandbox.faults.next({ fault: { kind: "page size", size: 2 }, times: Number.POSITIVE_INFINITY });
  await playWholeLife(s, () => s.settled());
});

type Plan = Parameters<Sandbox["faults"]["next"]>[0];
type Fault = Plan["fault"];
type RequestMatch = NonNullable<Plan["match"]>;

/** Each kind of write that a whole life is made of. */
const WRITES: readonly (readonly [string, RequestMatch])[] = [
  ["a label is made", { method: "POST", path: /\/misp-rfc\/labels$/ }],
  ["labels are put on", { method: "POST", path: /\/issues\/\d+\/labels$/ }],
  ["a label is taken off", { method: "DELETE", path: /\/labels\// }],
  ["a comment is written", { method: "POST", path: /\/comments$/ }],
  ["the ballot is posted", { method: "POST", path: /\/comments$/, body: /secretariat:ballot -->/ }],
  ["a comment is brought up to date", { method: "PATCH", path: /\/comments\/\d+$/ }],
  ["a command is acknowledged", { method: "POST", path: /\/reactions$/ }],
  ["the branch of the dockets is made", { method: "POST", path: /\/git\/refs$/, body: /heads\/dockets/ }],
  ["a docket is written", { method: "PUT", path: /\/docket\.json/ }],
  ["the text beside it is written", { method: "PUT", path: /\/text\.md/ }],
  ["a tree is made", { method: "POST", path: /\/git\/trees$/ }],
  ["a commit is made", { method: "POST", path: /\/git\/commits$/ }],
  ["the branch of the publication is made", { method: "POST", path: /\/git\/refs$/, body: /secretariat\// }],
  ["the pull request is opened", { method: "POST", path: /\/pulls$/ }],
  ["the issue is closed", { method: "PATCH", path: /\/issues\/\d+$/ }],
];

/** Each of these happens once to each kind of write. */
const MISHAPS: readonly (readonly [string, Fault])[] = [
  ["is made, and answered with a 502: nothing is made twice", { kind: "server error", when: "after" }],
  ["fails with a 502: it is made in the end", { kind: "server error", when: "before" }],
  ["is made, and the connection breaks before the answer", { kind: "cut", when: "after" }],
];

for (const [words, fault] of MISHAPS) {
  const planned: { what: string; plan: ReturnType<Sandbox["faults"]["next"]> }[] = [];
  const before = ({ faults }: Sandbox) => {
    for (const [what, match] of WRITES) planned.push({ what, plan: faults.next({ fault, match }) });
  };
  const play = async (s: Story) => {
    // A second proposal finds the branch there, and writes its docket and text each by itself.
    const first = await s.proposes({ name: "first" });
    await s.recovers();
    await first.hears("status");
    await playWholeLife(s, s.recovers);
    for (const { what, plan } of planned) expect([what, plan.happened]).toEqual([what, 1]);
  };
  story(`each kind of write ${words}`, play, { before });
}

const often: StoryOptions = {
  before({ faults }) {
    faults.seed(7);
    for (const when of ["before", "after"] as const) {
      const fault = { kind: "server error", when } as const;
      faults.next({ fault, chance: 0.05, times: Number.POSITIVE_INFINITY, match: { path: /\/repos\// } });
    }
  },
};

story(
  "every tenth request fails, before or after the work: slower, but no different",
  async (s) => {
    await playWholeLife(s, s.recovers);
    expect(s.sandbox.faults.happened["server error"]).toBeGreaterThan(3);
  },
  often,
);

story("the rate limit is used up: nothing is asked before it lifts, and nothing is lost", async (s) => {
  const limit = { kind: "rate limit", resetIn: 1_800 } as const;
  s.sandbox.faults.next({ fault: limit, match: { path: /\/issues\/1$/ } });
  const p = await s.proposes();
  expect(await s.failures()).toEqual([expect.stringContaining("rate limit")]);
  const before = s.sandbox.requests.total;
  await s.passes("29 minutes");
  expect(s.sandbox.requests.total).toBe(before);
  await s.passes("2 minutes");
  await p.hears("status");
  expect(await p.stage()).toBe("assessment");
});

story("too much at once: the App waits as long as it was told to", async (s) => {
  for (const status of [403, 429] as const) {
    const limit = { kind: "secondary rate limit", status, retryAfter: 240 } as const;
    s.sandbox.faults.next({ fault: limit, match: { method: "POST", path: /\/comments$/ } });
    const p = await s.proposes();
    await p.hears();
    const before = s.sandbox.requests.total;
    await s.passes("3 minutes");
    expect(s.sandbox.requests.total).toBe(before);
    await s.passes("2 minutes");
    await p.hears("status");
  }
});

story("GitHub is slow: webhooks are answered at once all the same", async (s) => {
  const slow = { kind: "slow", milliseconds: 1_500 } as const;
  s.sandbox.faults.next({ fault: slow, match: { path: /\/issues\/1/ } });
  const p = await s.proposes();
  await p.hears("status");
  expect(s.sandbox.faults.happened.slow).toBe(1);
  const answers = s.sandbox.deliveries.log.filter(({ event }) => event === "issues");
  expect(answers.length).toBeGreaterThan(0);
  for (const { seconds } of answers) expect(seconds).toBeLessThan(1.2);
});

story("what GitHub shows is old: a command is seen when it shows it", async (s) => {
  const p = await s.proposes();
  await s.passes("1 hour");
  await s.sweeps();
  const stale = { kind: "stale" } as const;
  const plan = s.sandbox.faults.next({
    fault: stale,
    times: Number.POSITIVE_INFINITY,
    match: { path: /\/issues\/1(?:\/comments.*)?$/ },
  });
  await p.says("iglocska", "/accept");
  expect(plan.happened).toBeGreaterThan(0);
  expect(await p.stage()).toBe("assessment");
  plan.cancel();
  await s.passes("15 minutes");
  await s.sweeps();
  await p.hears("status", "comment-period-open");
});

story("for minutes every fifth read is old: nothing is written twice", async (s) => {
  s.sandbox.faults.seed(11);
  const isOld = { fault: { kind: "stale" }, chance: 0.2, times: Number.POSITIVE_INFINITY } as const;
  let plan = s.sandbox.faults.next(isOld);
  await playWholeLife(s, async () => {
    for (let times = 0; times < 2; times++) {
      await s.passes("2 minutes");
      await s.sweeps();
    }
    plan.cancel();
    // What no webhook was true about and the sweep cannot see, the daily look finds: a merge.
    await s.passes("25 hours");
    plan = s.sandbox.faults.next(isOld);
  });
  expect(s.sandbox.faults.happened.stale).toBeGreaterThan(5);
});

story(
  "an update that GitHub answers with 200 and does not make is made by a later pass, and nobody is blamed",
  async (s) => {
    const p = await inVote(s);
    const plan = s.sandbox.faults.next({
      fault: { kind: "unheeded" },
      match: { method: "PATCH", path: /\/comments\// },
    });
    await p.vote("lena-k", "+1");
    await s.passes("2 hours");
    expect(plan.happened).toBe(1);
    expect((await p.comment("ballot")).body).not.toMatch(/^\| 1 \|/m);
    await s.passes("2 hours");
    expect((await p.comment("ballot")).body).toMatch(/^\| 1 \|/m);
    await p.hears();
  },
);

story("a token that GitHub takes back is asked for again", async (s) => {
  s.sandbox.faults.next({ fault: { kind: "bad credentials" }, match: { path: /\/issues\/1$/ } });
  const p = await s.proposes();
  await s.recovers();
  await p.hears("status");
});

story("a pull request that GitHub does not show yet is not opened again", async (s) => {
  s.sandbox.faults.next({ fault: { kind: "stale" }, match: { path: /\/pulls\?/ }, times: 3, after: 1 });
  const p = await inPublication(s);
  await s.recovers();
  expect(await p.pulls()).toHaveLength(1);
  expect(await p.kinds()).toEqual(WHOLE_LIFE.slice(0, -1));
});

story("one proposal that fails holds up no other", async (s) => {
  const fault = { kind: "server error", status: 500 } as const;
  s.sandbox.faults.next({ fault, match: { path: /\/issues\/1$/ }, times: Number.POSITIVE_INFINITY });
  const broken = await s.proposes({ name: "one" });
  const other = await inCommentPeriod(s, { name: "other" });
  expect(await other.stage()).toBe("comment");
  await broken.hears();
  s.sandbox.faults.clear();
  await s.passes("2 hours");
  await broken.hears("status");
  expect(await s.sandbox.see.file(HOME, "0001/docket.json", "dockets")).not.toBeNull();
});
