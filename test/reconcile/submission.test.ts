/** A published draft's way to the IETF, on a model of GitHub and of the datatracker: whatever goes wrong, it is sent once. */
import { expect, test } from "vitest";
import { sha256 } from "../../src/proposal/docket.ts";
import { fold } from "../../src/proposal/state.ts";
import { submission } from "../../src/proposal/submission.ts";
import { submissionComments } from "../../src/proposal/submission-comments.ts";
import { CHARTER, type Committee, type CommitteeOptions, inPublication } from "../support/committee.ts";

const NAME = "draft-test-sighting-format-00";
const XML = `<?xml version="1.0"?>\n<rfc version="3" docName="${NAME}"><front/></rfc>\n`;
const TERMS = `publication:
  draft: { who: test }
  ietf: { submitter: secretary@example.org }
`;

async function published(xml: string | null = XML, options: CommitteeOptions = {}): Promise<Committee> {
  const committee = await inPublication({ charterText: CHARTER + TERMS, ...options });
  committee.world.draft = { xml, registered: { status: "read", draft: NAME } };
  committee.merge();
  return committee;
}

/** Passes as they come due by themselves, for so many days; answers what each was due for. */
async function live(committee: Committee, days: number): Promise<number> {
  const end = committee.world.now;
  const until = Date.parse(end) + days * 86_400_000;
  for (let passes = 0; ; passes++) {
    const due = await committee.pass();
    if (due === null || Date.parse(due) > until) return passes;
    const wait = (Date.parse(due) - Date.parse(committee.world.now)) / 1000;
    committee.forward(0, Math.max(wait, 1));
    if (passes > 2_000) throw new Error("It does not come to rest");
  }
}

function phase({ world }: Committee): string | undefined {
  return fold(world.docket ?? []).submission?.phase;
}

function since({ world }: Committee): readonly string[] {
  const kinds = (world.docket ?? []).map(({ kind }) => kind);
  return kinds.slice(kinds.indexOf("published") + 1);
}

test("a draft is submitted, confirmed by its authors, and posted", async () => {
  const committee = await published();
  await committee.pass();
  expect(since(committee)).toEqual(["submission-begun", "submitted"]);
  expect(committee.datatracker.world.taken).toMatchObject([
    { user: "secretary@example.org", name: NAME, xml: XML },
  ]);
  expect(committee.world.docket?.find(({ kind }) => kind === "submission-begun")).toMatchObject({
    draft: NAME,
    file: { path: "sighting-format/raw.md.xml", commit: "d".repeat(40), sha256: sha256(XML) },
  });
  committee.datatracker.becomes("auth");
  await live(committee, 1);
  expect(committee.ours("submission-auth-1").body).toContain("follow the link in that e-mail");
  committee.datatracker.becomes("posted");
  await live(committee, 1);
  expect(committee.ours("submission-posted-1").body).toContain(
    "https://datatracker.ietf.org/doc/draft-test-sighting-format/",
  );
  expect(phase(committee)).toBe("posted");
  expect(await committee.pass()).toBeNull();
  expect(committee.stage()).toBe("published");
  expect(committee.world.state).toBe("closed");
});

test("without a submitter in the charter nothing goes to the IETF, and the docket says nothing of it", async () => {
  for (const charterText of [CHARTER, `${CHARTER}publication:\n  draft: { who: test }\n`]) {
    const committee = await published(XML, { charterText });
    expect(await committee.pass()).toBeNull();
    expect(since(committee)).toEqual([]);
    expect(JSON.stringify(committee.world.docket)).not.toContain("ietf");
    expect(committee.datatracker.world).toMatchObject({ posts: [], asked: 0 });
  }
});

test("what the charter said when the pull requests were opened counts, whatever it says later", async () => {
  const removed = await published();
  removed.world.charterText = CHARTER;
  await removed.pass();
  expect(removed.datatracker.world.taken).toHaveLength(1);
  const added = await inPublication();
  added.world.charterText = CHARTER + TERMS;
  added.world.draft = { xml: XML, registered: null };
  added.merge();
  await added.pass();
  expect(added.datatracker.world.posts).toEqual([]);
});

test.each([
  ["before the draft has arrived", false],
  ["after it", true],
])("the App dies in the call, %s: one submission", async (_, arrives) => {
  const committee = await published();
  committee.datatracker.world.mishaps.push({ how: "crash", arrives });
  await expect(committee.pass()).rejects.toThrow("killed");
  expect(since(committee)).toEqual(["submission-begun"]);
  await live(committee, 1);
  expect(phase(committee)).toBe("validating");
  expect(committee.datatracker.world.taken).toHaveLength(1);
  expect(committee.datatracker.world.posts).toHaveLength(arrives ? 1 : 2);
});

test.each([false, true])("the answer is lost (arrived: %s): one submission", async (arrives) => {
  const committee = await published();
  committee.datatracker.world.mishaps.push({ how: "lost", arrives });
  await live(committee, 1);
  expect(phase(committee)).toBe("validating");
  expect(committee.datatracker.world.taken).toHaveLength(1);
  expect(committee.datatracker.world.posts).toHaveLength(arrives ? 1 : 2);
});

test("while a draft is being sent nobody looks for it", async () => {
  const committee = await published();
  committee.datatracker.world.mishaps.push({ how: "lost", arrives: true });
  await committee.pass();
  committee.forward(0, 120);
  await committee.pass();
  expect(committee.datatracker.world.asked).toBe(1);
  committee.forward(0, 1);
  await committee.pass();
  expect(phase(committee)).toBe("validating");
});

test("what the authors have to do is told once, however often the submission comes back to them", async () => {
  const committee = await published();
  await committee.pass();
  for (const state of ["auth", "approval", "auth"] as const) {
    committee.datatracker.becomes(state);
    await live(committee, 1);
  }
  expect(since(committee)).toHaveLength(5);
  const told = submissionComments(fold(committee.world.docket ?? [])).map(({ key }) => key);
  expect(told).toEqual(["submission-auth-1", "submission-approval-1"]);
  expect(committee.ours("submission-approval-1").body).toContain("approval");
});

test("an answer to an earlier attempt is not taken for the present one's", async () => {
  const committee = await published();
  committee.datatracker.world.mishaps.push({ how: "lost", arrives: false });
  await committee.pass();
  const observed = await committee.port.observe(committee.ref);
  if (observed === null) throw new Error("No issue");
  const state = fold(committee.world.docket ?? []);
  const answer = { outcome: "refused", error: "", messages: [] } as const;
  const stepFor = (round: number, attempt: number) =>
    submission(state, { ...observed, submissionOutcome: { round, attempt, answer } }, committee.world.now).do;
  expect([stepFor(1, 1), stepFor(1, 2), stepFor(2, 1)]).toEqual(["record", "wait", "wait"]);
});

test("that the datatracker has no such draft is believed after ten minutes, not before", async () => {
  const committee = await published();
  committee.datatracker.world.mishaps.push({ how: "lost", arrives: false });
  await committee.pass();
  for (let minute = 1; minute <= 10; minute++) {
    committee.forward(0, 60);
    await committee.pass();
    expect(committee.datatracker.world.posts).toHaveLength(1);
  }
  committee.forward(0, 1);
  await committee.pass();
  expect(committee.datatracker.world.posts).toHaveLength(2);
  expect(since(committee)).toEqual(["submission-begun", "submission-begun", "submitted"]);
});

test("two passes at once: the one whose intent is on the record sends, the other does not", async () => {
  const committee = await published();
  let between = true;
  committee.world.beforeWrite = () => {
    if (!between) return;
    between = false;
    committee.world.docketWrites++;
  };
  await Promise.all([committee.pass(), committee.pass(), committee.pass()]);
  await live(committee, 1);
  expect(committee.datatracker.world.posts).toHaveLength(1);
  expect(since(committee)).toEqual(["submission-begun", "submitted"]);
});

test("a pass that was held up for long after its intent does not send any more", async () => {
  const committee = await published();
  let held = false;
  committee.world.beforeWrite = () => {
    held = !held && fold(committee.world.docket ?? []).stage === "publication";
    if (held) committee.forward(0, 121);
  };
  await committee.pass();
  expect(since(committee)).toEqual(["submission-begun"]);
  expect(committee.datatracker.world.posts).toEqual([]);
});

test("a draft that the datatracker has already is followed, and not sent", async () => {
  const committee = await published();
  await committee.datatracker.submit({ user: "somebody@example.org", name: NAME, xml: XML });
  committee.datatracker.world.posts.length = 0;
  await committee.pass();
  expect(since(committee)).toEqual(["submitted"]);
  expect(committee.datatracker.world.posts).toEqual([]);
});

test("a datatracker that is down is waited for, and people are told after 30 days", async () => {
  const committee = await published();
  committee.datatracker.world.isDown = true;
  await live(committee, 29);
  expect([phase(committee), committee.datatracker.world.posts]).toEqual(["due", []]);
  await live(committee, 2);
  expect(phase(committee)).toBe("given up");
  expect(committee.ours("submission-given-up-1").body).toContain("no longer asks");
  committee.datatracker.world.isDown = false;
  committee.comment("ada", "/submit");
  await committee.pass();
  expect(phase(committee)).toBe("validating");
});

test("drafts that never arrive are not sent for ever", async () => {
  const committee = await published();
  committee.datatracker.world.mishaps = Array.from({ length: 20 }, () => ({ how: "lost", arrives: false }));
  await live(committee, 10);
  expect(committee.datatracker.world.posts).toHaveLength(8);
  expect(phase(committee)).toBe("given up");
});

test("authors who never confirm are waited for 30 days", async () => {
  const committee = await published();
  await committee.pass();
  committee.datatracker.becomes("auth");
  const passes = await live(committee, 40);
  expect(phase(committee)).toBe("given up");
  expect(passes).toBeLessThan(250);
});

test("a refusal is shown with its reasons, and a chair can have it tried again", async () => {
  const committee = await published();
  const [error, messages] = ["Validation Error", ["<b>Bad</b> @everyone", "No such user"]];
  committee.datatracker.world.mishaps.push({ how: "refused", error, messages });
  await committee.pass();
  expect(phase(committee)).toBe("refused");
  const { body } = committee.ours("submission-refused-1");
  expect(body).toContain("No such user");
  expect(body).not.toMatch(/<b>|@everyone/);
  expect(await live(committee, 40)).toBe(0);
  committee.world.charterText = CHARTER + TERMS.replace("secretary@", "chair@");
  const refused = committee.comment("pia", "/submit");
  await committee.pass();
  expect(committee.ours(`reply-${refused}`).body).toContain("chairs");
  const mended = XML.replace("<front/>", "<front></front>");
  committee.world.draft = { xml: mended, registered: { status: "read", draft: NAME } };
  committee.comment("ada", "/submit");
  await committee.pass();
  expect(committee.datatracker.world.taken).toMatchObject([{ user: "chair@example.org", xml: mended }]);
  expect(committee.world.docket?.findLast(({ kind }) => kind === "submission-begun")).toMatchObject({
    file: { commit: "e".repeat(40), sha256: sha256(mended) },
  });
});

test("a canceled submission is told once, and can be tried again", async () => {
  const committee = await published();
  await committee.pass();
  committee.datatracker.becomes("cancel");
  await live(committee, 1);
  expect(committee.ours("submission-cancel-1").body).toContain("canceled");
  committee.comment("ada", "/submit");
  await committee.pass();
  committee.datatracker.becomes("posted");
  await live(committee, 1);
  expect(phase(committee)).toBe("posted");
  expect(committee.datatracker.world.taken).toHaveLength(2);
  expect(committee.ours("submission-posted-2").body).toContain("posted");
});

test.each([
  ["while it is in progress", "still in progress", async () => {}],
  ["when it is posted", "not needed any more", async (c: Committee) => c.datatracker.becomes("posted")],
  [
    "when the charter names nobody any more",
    "names nobody",
    async (c: Committee) => {
      c.datatracker.becomes("cancel");
      c.world.charterText = CHARTER;
    },
  ],
])("/submit %s is refused", async (_, words, happens) => {
  const committee = await published();
  await committee.pass();
  await happens(committee);
  await live(committee, 1);
  const asked = committee.comment("ada", "/submit");
  await committee.pass();
  expect(committee.ours(`reply-${asked}`).body).toContain(words);
  expect(committee.datatracker.world.posts).toHaveLength(1);
});

test.each([
  ["is not there", null, NAME, "There is no"],
  ["names no draft", "<rfc><front/></rfc>", NAME, "does not say which Internet-Draft"],
  [
    "is another revision",
    XML,
    "draft-test-sighting-format-01",
    "the register has `draft-test-sighting-format-01`",
  ],
])("a file that %s is not submitted, and people are told why", async (_, xml, draft, words) => {
  const committee = await published(xml);
  committee.world.draft = { xml, registered: { status: "read", draft } };
  await live(committee, 3);
  expect(phase(committee)).toBe("withheld");
  expect(committee.ours("submission-withheld-1").body).toContain(words);
  expect(committee.datatracker.world).toMatchObject({ posts: [], asked: 0 });
});
