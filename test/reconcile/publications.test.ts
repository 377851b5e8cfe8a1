/** A publication to more than one repository: all of it or nothing, and nothing twice. */
import { expect, test } from "vitest";
import { sha256 } from "../../src/proposal/docket.ts";
import { known } from "../../src/proposal/facts.ts";
import { CannotUpdate } from "../../src/publication/file-update.ts";
import { NeedsPeople, type PublicationOrder } from "../../src/reconcile/ports.ts";
import {
  body,
  type Committee,
  convene,
  inPublication,
  inVote,
  SPECIFICATION,
  vote,
} from "../support/committee.ts";
import { charterWith, DRAFT_HEAD, smallPress, WEBSITE, WITH_WEBSITE } from "../support/small-press.ts";

const OPTIONS = { charterText: WITH_WEBSITE, press: smallPress() };
const HOME = "misp-rfc";

const repositories = ({ world }: Committee) => world.pullRequests.map(({ repository }) => repository.name);
const lastEntry = ({ world }: Committee) => world.docket?.at(-1);

/** Approved, and looked at until now. */
async function approved(committee: Committee): Promise<void> {
  vote(committee, { for: 6 });
  committee.forward(15);
  await committee.closeBallot().catch(() => undefined);
}

test("one pull request for each repository, opened together, published when both are merged", async () => {
  const committee = await inPublication(OPTIONS);
  expect(repositories(committee)).toEqual([HOME, WEBSITE.name]);
  expect(
    committee.world.actions.map((action) => action.do).filter((what) => /branch|pull/.test(what)),
  ).toEqual(["make branch", "make branch", "open pull request", "open pull request"]);
  expect(lastEntry(committee)).toMatchObject({
    kind: "publication-opened",
    pullRequests: [
      {
        repository: { name: HOME },
        branch: "secretariat/0012-sighting-format",
        files: [
          { path: "sighting-format/raw.md", voted: sha256(SPECIFICATION) },
          { path: "decisions/0012.json", voted: null },
        ],
      },
      {
        repository: WEBSITE,
        branch: "secretariat/0012-misp-rfc-sighting-format",
        files: [],
      },
    ],
  });
  committee.merge({}, HOME);
  await committee.pass();
  expect(committee.stage()).toBe("publication");
  expect(committee.ours("status").body).toContain(
    "pull request 101](https://github.example/MISP/misp-rfc/pull/101) (merged)",
  );
  expect(committee.ours("status").body).toContain("pull/102) (open)");
  committee.forward(1);
  committee.merge({}, WEBSITE.name);
  await committee.pass();
  expect(lastEntry(committee)).toMatchObject({
    kind: "published",
    at: committee.world.now,
    files: [
      { name: HOME, path: "sighting-format/raw.md", asVoted: true },
      { name: HOME, path: "decisions/0012.json", asVoted: null },
    ],
  });
  const before = committee.world.actions.length;
  await committee.pass();
  expect(committee.world.actions.length).toBe(before);
});

test("a website that is kept in the standards repository comes in the same pull request", async () => {
  const committee = await inPublication({ ...OPTIONS, charterText: charterWith("Misp-RFC") });
  expect(repositories(committee)).toEqual([HOME]);
  expect(committee.world.pullRequests[0]?.files.map(({ path }) => path)).toEqual([
    "sighting-format/raw.md",
    "decisions/0012.json",
    "standards.md",
  ]);
  committee.merge();
  await committee.pass();
  expect(lastEntry(committee)).toMatchObject({
    kind: "published",
    files: [{ path: "sighting-format/raw.md" }, { path: "decisions/0012.json" }],
  });
});

test.each([HOME, WEBSITE.name])(
  "where %s cannot be used nothing is opened anywhere, and people are told",
  async (name) => {
    const committee = await inVote(OPTIONS);
    committee.world.shut.set(name, `MISP/${name} is archived, so no pull request can be opened there.`);
    await approved(committee);
    expect(committee.stage()).toBe("approved");
    expect([committee.world.branches.size, committee.world.pullRequests.length]).toEqual([0, 0]);
    expect(committee.ours("trouble").body).toContain(`MISP/${name} is archived`);
    committee.world.shut.clear();
    committee.forward(0, 3_600);
    await committee.pass();
    expect(repositories(committee)).toEqual([HOME, WEBSITE.name]);
    expect(committee.ours("trouble").body).not.toContain("archived");
  },
);

test.each([
  new CannotUpdate("The page standards.md has no heading like the others."),
  new NeedsPeople("The page standards.md has no heading like the others."),
])("what cannot be made is said, and nothing is opened anywhere: %s", async (failure) => {
  const { make } = smallPress();
  let fails = true;
  const press = {
    make: async (order: PublicationOrder) => {
      if (fails) throw failure;
      return make(order);
    },
  };
  const committee = await inVote({ ...OPTIONS, press });
  await approved(committee);
  expect([committee.world.branches.size, committee.world.pullRequests.length]).toEqual([0, 0]);
  expect(committee.ours("trouble").body).toContain("no heading like the others");
  fails = false;
  committee.forward(0, 3_600);
  await committee.pass();
  expect(committee.stage()).toBe("publication");
});

test("a publication that is too large is not begun", async () => {
  const big = "x".repeat(31 * 1024 * 1024);
  const { make } = smallPress();
  const press = {
    make: async (order: PublicationOrder) =>
      (await make(order)).map((each) => ({
        ...each,
        files: [...each.files, { path: "big.html", content: big }],
      })),
  };
  const committee = await inVote({ ...OPTIONS, press });
  await approved(committee);
  expect(committee.world.branches.size).toBe(0);
  expect(committee.ours("trouble").body).toContain("larger than 30 MiB");
});

test("where the second cannot be opened the first stands, the status names it, and the next pass goes on", async () => {
  const orders: PublicationOrder[] = [];
  const committee = await inVote({ ...OPTIONS, press: smallPress(orders) });
  committee.world.failOn = (action) =>
    action.do === "open pull request" && action.repository.name === WEBSITE.name;
  await approved(committee);
  await committee.pass().catch(() => undefined);
  expect(committee.stage()).toBe("approved");
  expect(repositories(committee)).toEqual([HOME]);
  expect(committee.ours("status").body).toContain("pull request 101");
  expect(committee.ours("status").body).toContain("Not all of its pull requests are open yet");
  committee.world.failOn = null;
  committee.forward(0, 3_600);
  await committee.pass();
  expect(repositories(committee)).toEqual([HOME, WEBSITE.name]);
  expect(orders.at(-1)?.plans.map(({ carries }) => carries)).toEqual([["website"]]);
  committee.merge();
  await committee.pass();
  expect(committee.stage()).toBe("published");
});

test("only what was closed unmerged is made again; what is open or merged stands", async () => {
  for (const isMerged of [true, false]) {
    const orders: PublicationOrder[] = [];
    const committee = await inPublication({ ...OPTIONS, press: smallPress(orders) });
    committee.comment("ada", "/publish");
    await committee.pass();
    expect(lastEntry(committee)).toMatchObject({
      kind: "command-refused",
      refusal: { why: "pull request open" },
    });
    if (isMerged) committee.merge({}, HOME);
    committee.closePullRequest(WEBSITE.name);
    await committee.pass();
    expect(lastEntry(committee)).toMatchObject({
      kind: "publication-stopped",
      pullRequests: [{ repository: WEBSITE, number: 102 }],
    });
    expect(committee.ours("publication-stopped-1").body).not.toContain("pull/101");
    expect(committee.ours("status").body).toContain("pull/102) (closed without being merged)");
    committee.forward(0, 60);
    committee.comment("ada", "/publish");
    await committee.pass();
    expect(repositories(committee)).toEqual([HOME, WEBSITE.name, WEBSITE.name]);
    expect(committee.world.pullRequests.at(-1)?.branch).toBe("secretariat/0012-misp-rfc-sighting-format-2");
    expect(lastEntry(committee)).toMatchObject({
      kind: "publication-opened",
      pullRequests: [{ number: 101 }, { number: 103 }],
    });
    expect(orders.at(-1)?.state.publication.pullRequests).toMatchObject([{ number: 101 }]);
    committee.merge();
    await committee.pass();
    expect(committee.stage()).toBe("published");
  }
});

test.each(["make branch", "open pull request", "the record of it"])(
  "a crash after /publish, at %s, loses nothing of what stands",
  async (crash) => {
    const committee = await inPublication(OPTIONS);
    committee.merge({}, HOME);
    committee.closePullRequest(WEBSITE.name);
    await committee.pass();
    committee.world.failOn = (action) => action.do === crash;
    committee.world.beforeWrite = () => {
      if (crash === "the record of it" && committee.world.pullRequests.length === 3) throw new Error("502");
    };
    committee.forward(0, 60);
    committee.comment("ada", "/publish");
    await expect(committee.pass()).rejects.toThrow("502");
    expect(committee.stage()).toBe("approved");
    Object.assign(committee.world, { failOn: null, beforeWrite: null });
    await committee.pass();
    expect(committee.stage()).toBe("publication");
    expect(committee.ours("status").body).not.toContain("on hold");
    expect(repositories(committee)).toEqual([HOME, WEBSITE.name, WEBSITE.name]);
    committee.merge();
    await committee.pass();
    expect(committee.stage()).toBe("published");
  },
);

test("each one that is closed unmerged is told once; opened again, it goes on", async () => {
  const committee = await inPublication(OPTIONS);
  committee.closePullRequest(HOME);
  await committee.pass();
  await committee.pass();
  committee.closePullRequest(WEBSITE.name);
  await committee.pass();
  expect(committee.kinds().filter((kind) => kind === "publication-stopped")).toHaveLength(2);
  expect(committee.ours("publication-stopped-1-2").body).toContain("were closed");
  for (const each of committee.world.pullRequests) Object.assign(each, { state: "open", closedAt: null });
  await committee.pass();
  expect(committee.kinds().at(-1)).toBe("publication-reopened");
});

test("a charter that no longer keeps a website publishes without it when a chair asks", async () => {
  const committee = await inPublication(OPTIONS);
  committee.merge({}, HOME);
  committee.closePullRequest(WEBSITE.name);
  await committee.pass();
  committee.world.charterText = committee.world.charterText?.split("publication:")[0] ?? null;
  committee.forward(0, 60);
  committee.comment("ada", "/publish");
  await committee.pass();
  expect(lastEntry(committee)).toMatchObject({ kind: "published", pullRequests: [{ number: 101 }] });
});

const WITH_DRAFT = charterWith(WEBSITE.name, "  draft:\n    who: misp\n");

test("of a text that becomes a draft, the record keeps the digest of what was made of it", async () => {
  for (const edited of [false, true]) {
    const committee = await inPublication({ ...OPTIONS, charterText: WITH_DRAFT });
    const source = DRAFT_HEAD + SPECIFICATION;
    expect(lastEntry(committee)).toMatchObject({
      pullRequests: [
        { files: [{ path: "sighting-format/raw.md", voted: sha256(source) }, { voted: null }] },
        {},
      ],
    });
    committee.merge(edited ? { "sighting-format/raw.md": "edited\n" } : {});
    await committee.pass();
    expect(lastEntry(committee)).toMatchObject({ kind: "published", files: [{ asVoted: !edited }, {}] });
    const said = edited ? "edited by maintainers" : "as made from the text that was voted on";
    expect(committee.ours("published").body).toContain(said);
  }
});

test("found after a crash, a pull request tells how it was opened", async () => {
  const committee = await inVote({ ...OPTIONS, charterText: WITH_DRAFT });
  committee.world.beforeWrite = () => {
    if (committee.world.pullRequests.length > 0) throw new Error("crash");
  };
  await approved(committee);
  committee.world.beforeWrite = null;
  expect(committee.stage()).toBe("approved");
  await committee.pass();
  expect(lastEntry(committee)).toMatchObject({
    pullRequests: [{ files: [{ voted: sha256(DRAFT_HEAD + SPECIFICATION) }, {}] }, {}],
  });
});

test("an old list that does not show what was opened before a crash opens nothing twice", async () => {
  const committee = await inVote(OPTIONS);
  committee.world.beforeWrite = () => {
    if (committee.world.pullRequests.length > 0) throw new Error("crash");
  };
  await approved(committee);
  committee.world.beforeWrite = null;
  const { read } = committee.port;
  committee.port.read = async (ref, want) =>
    want.fact === "pullRequests" ? { pullRequests: known([]) } : read(ref, want);
  await committee.pass().catch(() => undefined);
  committee.port.read = read;
  await committee.pass();
  expect(committee.stage()).toBe("publication");
  expect(repositories(committee)).toEqual([HOME, WEBSITE.name]);
});

test("a crash before or after any write of a publication: one pull request a repository, and no other record", async () => {
  const reference = await inPublication(OPTIONS);
  const total = reference.world.actions.length;
  for (const when of ["before", "after"] as const) {
    for (let crash = total - 8; crash < total; crash++) {
      const committee = convene(OPTIONS);
      crashAt(committee, crash, when);
      await wholeLife(committee);
      expect(committee.kinds()).toEqual(reference.kinds());
      expect(repositories(committee)).toEqual([HOME, WEBSITE.name]);
      expect(committee.world.branches.size).toBe(2);
    }
  }
});

test("a crash before or after any write of the docket changes nothing either", async () => {
  const reference = await inPublication(OPTIONS);
  for (const when of ["before", "after"] as const) {
    for (let crash = 1; crash <= reference.world.docketWrites; crash++) {
      const committee = convene(OPTIONS);
      const { writeDocket } = committee.port;
      let writes = 0;
      committee.port.writeDocket = async (ref, write) => {
        const isCrash = ++writes === crash;
        if (isCrash && when === "before") throw new Error("crash");
        const written = await writeDocket(ref, write);
        if (isCrash) throw new Error("crash");
        return written;
      };
      await wholeLife(committee);
      expect(committee.kinds()).toEqual(reference.kinds());
      expect(repositories(committee)).toEqual([HOME, WEBSITE.name]);
    }
  }
});

function crashAt(committee: Committee, crash: number, when: "before" | "after"): void {
  const { act } = committee.port;
  let done = 0;
  committee.port.act = async (ref, action) => {
    const isCrash = done++ === crash;
    if (isCrash && when === "before") throw new Error("crash");
    const outcome = await act(ref, action);
    if (isCrash) throw new Error("crash");
    return outcome;
  };
}

/** From the proposal to the open pull requests; each step is looked at until it holds. */
async function wholeLife(committee: Committee): Promise<void> {
  const look = async () => {
    for (let tries = 0; tries < 4; tries++) {
      await committee.pass().catch(() => undefined);
      committee.forward(0, 11 * 60);
    }
  };
  committee.open("pia", "Sighting format", body());
  await look();
  committee.comment("ben", "/accept");
  await look();
  committee.forward(31);
  await look();
  vote(committee, { for: 6, against: 2, abstain: 1 });
  committee.forward(15);
  await look();
}
