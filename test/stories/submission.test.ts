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

const SITE = "misp-standard.org";

story(
  "what the App itself made of the approved text is submitted, as it was merged",
  async (s) => {
    const { see, as, requests, ietf } = s.sandbox;
    requests.reset();
    const p = await inPublication(s);
    const [site] = (await see.pulls(SITE)).map(({ number }) => Number(number));
    await p.merges();
    expect(ietf.datatracker.posts).toBe(0);
    await as("cedric").mergePull(SITE, site ?? 0);
    await s.settled();
    const before = requests.total;
    await s.passes("5 minutes");
    ietf.datatracker.confirm(BARE);
    await s.passes("2 hours");
    const [, , posted] = await p.hears("published", "submission-auth", "submission-posted");
    const merged = await see.file(HOME, FILE);
    expect(merged).toContain(`docName="${BARE}-00"`);
    expect(ietf.datatracker.submissions).toMatchObject([
      { name: BARE, rev: "00", user: "secretary@example.org", xml: merged, state: "posted" },
    ]);
    expect(posted).toContain(`https://datatracker.ietf.org/doc/${BARE}/`);
    expect(await since(p)).toEqual([...SUBMITTED, "submission-moved", "submission-moved"]);
    expect(requests.total - before).toBeLessThanOrEqual(15);
    const written = requests.writes;
    await s.passes("40 days");
    expect(requests.writes - written).toBe(0);
    expect([ietf.datatracker.posts, await p.stage(), await p.isOpen()]).toEqual([1, "published", false]);
  },
  {
    charter: `${charter}  register: register.json
  readme: README.md
  website: { repository: MISP/${SITE}, address: "https://www.misp-standard.org" }
`,
  },
);

story(
  "a register that was changed on the way is not contradicted: nothing is submitted until both agree",
  async (s) => {
    const { see, as, ietf } = s.sandbox;
    const p = await inPublication(s);
    const branch = "secretariat/0001-sighting-format";
    const register = (await see.file(HOME, "register.json", branch)) ?? "";
    const other = register.replace(`"${BARE}"`, '"draft-somebody-sighting-format"');
    expect(other).not.toBe(register);
    await as("cedric").putFile(HOME, "register.json", other, { branch });
    await s.settled();
    await p.merges();
    const [, withheld] = await p.hears("published", "submission-withheld");
    expect(withheld).toContain("draft-somebody-sighting-format-00");
    await as("cedric").putFile(HOME, "register.json", register);
    await p.says("adulau", "/submit");
    expect(ietf.datatracker.submissions).toMatchObject([{ name: BARE, rev: "00" }]);
    ietf.datatracker.cancel(BARE);
    await s.passes("5 minutes");
    await p.hears("submission-cancel");
  },
  { charter: `${charter}  register: register.json\n` },
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
