/** From the merged draft to the IETF's own page, over HTTP: GitHub and the datatracker in a box. */
import { expect } from "vitest";
import { CHARTER, HOME, type Story, story } from "../support/story.ts";
import { inPublication } from "../support/story-life.ts";
import type { Proposal } from "../support/story-proposal.ts";

const BARE = "draft-misp-sighting-format";
const FILE = "sighting-format/raw.md.xml";
const XML = `<?xml version="1.0" encoding="utf-8"?>\n<rfc version="3" docName="${BARE}-00"><front/></rfc>\n`;
const charter = `${CHARTER}publication:
  draft: { who: misp }
  ietf: { submitter: secretary@example.org }
`;

/** A published draft: what a maintainer made of the approved text was merged with it. */
async function published(s: Story): Promise<Proposal> {
  const p = await inPublication(s);
  await s.sandbox.as("cedric").putFile(HOME, FILE, XML, { branch: "secretariat/0001-sighting-format" });
  await s.settled();
  await p.merges();
  return p;
}

const SUBMITTED = ["published", "submission-begun", "submitted"];

async function since(p: Proposal): Promise<readonly string[]> {
  const kinds = await p.kinds();
  return kinds.slice(kinds.indexOf("published"));
}

story(
  "a merged draft is submitted, confirmed by its authors and posted, each told once",
  async (s) => {
    const { datatracker } = s.sandbox.ietf;
    const p = await published(s);
    await p.hears("published");
    expect(await since(p)).toEqual(SUBMITTED);
    await s.passes("5 minutes");
    await p.hears("submission-auth");
    await s.passes("12 hours");
    datatracker.confirm(BARE);
    await s.passes("2 hours");
    const [posted] = await p.hears("submission-posted");
    expect(posted).toContain(`https://datatracker.ietf.org/doc/${BARE}/`);
    await s.passes("40 days");
    expect(await since(p)).toEqual([...SUBMITTED, "submission-moved", "submission-moved"]);
    expect(datatracker.submissions).toMatchObject([
      { user: "secretary@example.org", xml: XML, state: "posted" },
    ]);
    expect(datatracker.posts).toBe(1);
    expect([await p.stage(), await p.isOpen()]).toEqual(["published", false]);
  },
  { charter },
);

story(
  "the answer is lost and the App loses its store: what arrived is found, and not sent again",
  async (s) => {
    const { datatracker } = s.sandbox.ietf;
    datatracker.misbehave("lost answer");
    const p = await published(s);
    expect((await since(p)).at(-1)).toBe("submission-begun");
    await s.restarts("lost");
    await s.sweeps();
    await s.passes("5 minutes");
    await p.hears("published", "submission-auth");
    datatracker.confirm(BARE);
    await s.passes("2 hours");
    await p.hears("submission-posted");
    expect([datatracker.posts, datatracker.submissions.length]).toEqual([1, 1]);
  },
  { charter },
);

story(
  "the datatracker is down: the draft is sent again once it is certain that it has not arrived",
  async (s) => {
    const { datatracker } = s.sandbox.ietf;
    datatracker.misbehave("down");
    const p = await published(s);
    await s.passes("9 minutes");
    expect([datatracker.posts, datatracker.submissions.length]).toEqual([1, 0]);
    await s.passes("2 minutes");
    await s.passes("5 minutes");
    await p.hears("published", "submission-auth");
    expect([datatracker.posts, datatracker.submissions.length]).toEqual([2, 1]);
    datatracker.confirm(BARE);
    await s.passes("2 hours");
    await p.hears("submission-posted");
  },
  { charter },
);

story(
  "a draft that fails in processing is mended by a maintainer and submitted again by a chair",
  async (s) => {
    const { datatracker } = s.sandbox.ietf;
    datatracker.misbehave("fails validation");
    const p = await published(s);
    await s.passes("5 minutes");
    const [, canceled] = await p.hears("published", "submission-cancel");
    expect(canceled).toContain(FILE);
    const mended = XML.replace("<front/>", "<front><title>Sightings</title></front>");
    await s.sandbox.as("cedric").putFile(HOME, FILE, mended);
    await p.says("mallory", "/submit");
    await p.hears("reply");
    await p.says("adulau", "/submit");
    await s.passes("5 minutes");
    await p.hears("submission-auth");
    datatracker.confirm(BARE);
    await s.passes("2 hours");
    await p.hears("submission-posted");
    expect(datatracker.submissions).toMatchObject([{ state: "cancel" }, { state: "posted", xml: mended }]);
  },
  { charter },
);

story(
  "a submitter whom the datatracker does not know is shown as refused, and mended in the charter",
  async (s) => {
    const { datatracker } = s.sandbox.ietf;
    datatracker.forget("secretary@example.org");
    const p = await published(s);
    const [, refused] = await p.hears("published", "submission-refused");
    expect(refused).toContain("No such user");
    const known = charter.replace("secretary@", "chair@");
    await s.sandbox.as("cedric").putFile(HOME, ".github/committee.yml", known);
    await p.says("adulau", "/submit");
    expect(datatracker.submissions).toMatchObject([{ user: "chair@example.org" }]);
    datatracker.cancel(BARE);
    await s.passes("5 minutes");
    await p.hears("submission-cancel");
  },
  { charter },
);
