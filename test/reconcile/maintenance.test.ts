/** The pass over published standards, rule by rule and crash by crash, against a GitHub in memory. */
import { beforeEach, describe, expect, test } from "vitest";
import type { Entry } from "../../src/proposal/entries.ts";
import { DAY, type Instant, before as minus, after as plus, seconds } from "../../src/proposal/instant.ts";
import { CannotUpdate } from "../../src/publication/file-update.ts";
import { EMPTY_REGISTER, type Register, type Standard } from "../../src/publication/register/model.ts";
import { expire, updateRevision } from "../../src/publication/register/updates.ts";
import type { UpkeepPress } from "../../src/reconcile/maintenance-ports.ts";
import { revision, standard } from "../publication/register/samples.ts";
import { createUpkeepModel, HOME, KEPT } from "../support/model-upkeep.ts";

const START = createUpkeepModel(EMPTY_REGISTER).world.now;

/** A standard whose draft expires so many days after the model begins. */
function expiring(slug: string, days: number, more: Partial<Standard> = {}): Standard {
  const expires = plus(START, seconds(days * DAY));
  const dates = { published: minus(expires, seconds(185 * DAY)), expires, retired: null };
  return standard({ slug, status: "published", draft: `draft-misp-${slug}`, revision: "03", dates, ...more });
}

function registerOf(...standards: readonly Standard[]): Register {
  return { ...EMPTY_REGISTER, standards };
}

const renewedAt = (at: Instant) => (register: Register) =>
  updateRevision(register, "core", {
    ...revision({ draft: "draft-misp-core", revision: "04", proposal: null }),
    published: at,
    expires: plus(at, seconds(185 * DAY)),
  });

type Model = ReturnType<typeof createUpkeepModel>;
const branches = ({ world }: Model) =>
  world.pulls.map(({ repository, branch }) => `${repository.name} ${branch}`);
const RENEWAL = ["misp-standard.org secretariat/renew-core-04", "misp-rfc secretariat/renew-core-04"];
const MARK = ["misp-standard.org secretariat/expire-core-03", "misp-rfc secretariat/expire-core-03"];

let m: Model;
beforeEach(() => {
  m = createUpkeepModel(registerOf(expiring("core", 20), expiring("later", 100)));
});

describe("the issue", () => {
  test("is opened once, and said again by no later pass, whatever was lost", async () => {
    await m.pass();
    expect(m.world.writes).toEqual(["open issue 1"]);
    await m.pass();
    m.losesStore();
    await m.pass();
    expect(m.world.writes).toHaveLength(1);
    expect(m.world.issues[0]?.body).toMatch(
      /^<!-- secretariat:maintenance -->\n<!-- secretariat:due core-03 -->\n/,
    );
  });

  test("is left to the present name of a repository that was renamed, which is due at once", async () => {
    m.world.called = { owner: "MISP", name: "standards" };
    expect(await m.pass()).toBeNull();
    expect(m.world.writes).toEqual([]);
    const due: string[] = [];
    await m.store().runOne(
      () => m.world.now,
      async (subject) => {
        due.push(subject);
        return null;
      },
    );
    expect(due).toEqual(["maintenance misp/standards"]);
  });

  test("is not opened while nothing expires soon; the pass comes back in a day, or when something does", async () => {
    m = createUpkeepModel(registerOf(expiring("core", 30.5), expiring("later", 31.5)));
    expect(await m.pass()).toBe(plus(START, seconds(DAY / 2)));
    expect(m.world.writes).toEqual([]);
    m.forward(0.5);
    expect(await m.pass()).toBe(plus(m.world.now, DAY));
    expect(m.world.issues).toHaveLength(1);
  });

  test("is not opened twice where GitHub's list does not show it yet", async () => {
    m.world.staleIssues = [];
    await m.pass();
    expect(await m.pass()).toBe(plus(START, seconds(600)));
    expect(m.world.issues).toHaveLength(1);
  });

  test("is closed in the end, although an old copy of the store knows of none", async () => {
    const quiet = createUpkeepModel(registerOf(expiring("core", 150)));
    await quiet.pass();
    quiet.world.issues.push({
      ref: { ...HOME, number: 1 },
      state: "open",
      title: "Internet-Drafts that expire soon",
      body: "<!-- secretariat:maintenance -->",
      comments: [],
    });
    await quiet.pass();
    expect(quiet.world.writes).toEqual([]);
    quiet.forward(60);
    await quiet.pass();
    expect(quiet.world.issues[0]?.state).toBe("closed");
  });

  test("is closed, although the pass that opened it was stopped there", async () => {
    m = createUpkeepModel(registerOf(expiring("later", 100)));
    await m.pass();
    m.changeRegister(() => registerOf(expiring("core", 20)));
    m.world.writesLeft = 0;
    await expect(m.pass()).rejects.toThrow("the answer was lost");
    m.world.writesLeft = Number.POSITIVE_INFINITY;
    m.changeRegister(() => registerOf(expiring("core", 100)));
    await m.pass();
    expect(m.world.issues[0]?.state).toBe("closed");
  });

  test("of two, as an old list may have made them, one is kept", async () => {
    await m.pass();
    const [first] = m.world.issues;
    if (first !== undefined) m.world.issues.push({ ...first, ref: { ...first.ref, number: 2 } });
    await m.pass();
    expect(m.world.issues.map(({ state }) => state)).toEqual(["open", "closed"]);
  });

  test("closed by hand it stays closed, until something else falls due", async () => {
    await m.pass();
    Object.assign(m.world.issues[0] ?? {}, { state: "closed" });
    m.losesStore();
    m.forward(1);
    await m.pass();
    expect(m.world.issues).toHaveLength(1);
    m.changeRegister((register) => ({
      ...register,
      standards: [...register.standards, expiring("galaxy", 22)],
    }));
    await m.pass();
    expect(m.world.issues.map(({ state }) => state)).toEqual(["closed", "open"]);
  });

  test("says what is pending: proposals by their dockets, errata by label and name", async () => {
    const open = (number: number, title: string, labels: string[] = []) => {
      return { number, title, url: `https://github.com/MISP/misp-rfc/issues/${number}`, labels };
    };
    m.world.labelled.set("misp-rfc proposal", [open(11, "a"), open(12, "b"), open(13, "c"), open(14, "d")]);
    m.world.dockets.set(11, docketOf("update", "core"));
    m.world.dockets.set(12, docketOf("new", "core"));
    m.world.dockets.set(13, docketOf("retirement", "another"));
    m.world.labelled.set("misp-rfc errata", [
      open(21, "A mistake", ["errata", "Core"]),
      open(22, "Wrong word in core: section 2"),
      open(23, "The core-format is wrong"),
    ]);
    await m.pass();
    const [row] = (m.world.issues[0]?.body ?? "").split("\n").filter((line) => line.startsWith("| `core`"));
    expect(row).not.toContain("issues/12");
    expect(
      [...(row ?? "").matchAll(/(\w+): \[MISP\/misp-rfc (\d+)\]/g)].map(
        ([, what, number]) => `${what} ${number}`,
      ),
    ).toEqual(["update 11", "erratum 21", "erratum 22"]);
  });
});

function docketOf(proposal: string, slug: string): readonly Entry[] {
  const received = { kind: "received", author: null, title: "t", at: START };
  const documented = { kind: "documented", text: { proposal, slug }, at: START };
  return [received, documented] as unknown as readonly Entry[];
}

describe("a renewal", () => {
  beforeEach(() => m.pass());

  test.each(["adulau", "lena-k", "ADULAU"])("is for %s, who has a seat", async (login) => {
    m.says(login, "/renew");
    await m.pass();
    expect(branches(m)).toEqual(RENEWAL);
    expect(m.heard()).toEqual([]);
  });

  test("is for whoever sits in a team, by id", async () => {
    m.world.team = { known: true, value: [{ id: 7, login: "renamed", organization: null, sector: null }] };
    m.says("sofia-r", "/renew");
    await m.pass();
    expect(branches(m)).toEqual(RENEWAL);
  });

  test("is for nobody else, and the refusal is said once", async () => {
    m.says("mallory", "/renew");
    await m.pass();
    m.losesStore();
    await m.pass();
    expect(branches(m)).toEqual([]);
    expect(m.heard()).toEqual([
      expect.stringContaining("@mallory: `/renew` is for chairs, reviewers and members"),
    ]);
  });

  test("is refused in the end, where only the reaction got through", async () => {
    m.says("mallory", "/renew");
    m.world.writesLeft = 0;
    await expect(m.pass()).rejects.toThrow("the answer was lost");
    m.world.writesLeft = Number.POSITIVE_INFINITY;
    expect(await m.pass()).toBe(plus(m.world.now, seconds(600)));
    expect(m.heard()).toEqual([]);
    m.forward(0.01);
    await m.pass();
    expect(m.heard()).toHaveLength(1);
  });

  test("waits where a team cannot be read: nobody is refused for that, and people are told", async () => {
    m.world.team = { known: false, because: "the team MISP/standards cannot be read" };
    m.says("sofia-r", "/renew");
    await expect(m.pass()).rejects.toThrow("the team MISP/standards cannot be read");
    expect(m.heard()).toEqual([]);
    expect(m.world.issues[0]?.body).toContain("the team MISP/standards cannot be read");
    m.world.team = { known: true, value: [{ id: 7, login: "sofia-r", organization: null, sector: null }] };
    await m.pass();
    expect(branches(m)).toEqual(RENEWAL);
    expect(m.world.issues[0]?.body).not.toContain("cannot be read");
  });

  test("is made once, however often it is asked for, passed over or forgotten", async () => {
    m.says("adulau", "/renew core");
    m.says("lena-k", "/renew core");
    for (let times = 0; times < 3; times++) {
      await m.pass();
      m.losesStore();
    }
    expect(branches(m)).toEqual(RENEWAL);
    expect(m.world.issues[0]?.comments.map(({ reactions }) => reactions)).toEqual([
      { rocket: 1 },
      { rocket: 1 },
    ]);
  });

  test("stands, although whoever asked has lost the seat since", async () => {
    m.says("lena-k", "/renew");
    await m.pass();
    m.world.charterText = KEPT.replace("lena-k, ", "");
    for (const comment of m.world.issues[0]?.comments ?? []) comment.reactions = {};
    m.forward(1);
    await m.pass();
    expect(m.heard()).toEqual([]);
  });

  test("is refused in an edited comment, unless it was carried out before", async () => {
    const early = m.says("adulau", "Well.");
    m.forward(0.1);
    Object.assign(early, { body: "/renew core", updatedAt: m.world.now });
    await m.pass();
    expect(branches(m)).toEqual([]);
    expect(m.heard()).toEqual([expect.stringContaining("in a comment that was edited")]);
    const asked = m.says("adulau", "/renew core");
    await m.pass();
    m.forward(0.1);
    Object.assign(asked, { body: "/renew core please", updatedAt: m.world.now });
    await m.pass();
    expect(branches(m)).toEqual(RENEWAL);
    expect(m.heard()).toHaveLength(1);
  });

  test("once merged, the issue closes, and the request asks for no other", async () => {
    const { createdAt } = m.says("adulau", "/renew");
    await m.pass();
    m.forward(2);
    await m.closePull("secretariat/renew-core-04", "merged");
    m.changeRegister(renewedAt(createdAt));
    await m.pass();
    expect(m.world.issues[0]?.state).toBe("closed");
    expect(m.world.issues[0]?.body).toContain("Nothing is left to be done");
    m.forward(160);
    m.losesStore();
    await m.pass();
    expect(m.world.issues.map(({ state }) => state)).toEqual(["closed", "open"]);
    expect(branches(m)).toEqual([...RENEWAL, ...MARK_OF_LATER]);
  });

  test("closed unmerged: another request is told so, the old one is not answered again", async () => {
    m.says("adulau", "/renew");
    await m.pass();
    m.forward(1);
    await m.closePull("secretariat/renew-core-04", "closed");
    for (const comment of m.world.issues[0]?.comments ?? []) comment.reactions = {};
    m.forward(1);
    await m.pass();
    expect(m.heard()).toEqual([]);
    m.forward(1);
    m.says("adulau", "/renew");
    await m.pass();
    expect(m.heard()).toEqual([expect.stringContaining("was closed without being merged")]);
    expect(branches(m)).toEqual(RENEWAL);
  });
});

const MARK_OF_LATER = MARK.map((each) => each.replace("core", "later"));

describe("an expired draft", () => {
  test("is marked once", async () => {
    m.forward(20.1);
    await m.pass();
    const writes = m.world.writes.length;
    m.losesStore();
    await m.pass();
    expect(m.world.writes).toHaveLength(writes);
    expect(branches(m)).toEqual(MARK);
    expect(m.world.issues[0]?.body).toContain("(expired)");
    expect(m.world.issues[0]?.body).toMatch(/marking as expired: .* \(open\)/);
  });

  test("is not marked while its renewal is open, but when that was closed unmerged", async () => {
    await m.pass();
    m.says("adulau", "/renew");
    await m.pass();
    m.forward(21);
    await m.pass();
    expect(branches(m)).toEqual(RENEWAL);
    await m.closePull("secretariat/renew-core-04", "closed");
    await m.pass();
    expect(branches(m)).toEqual([...RENEWAL, ...MARK]);
  });

  test("is not marked again where people did not want it", async () => {
    m.forward(21);
    await m.pass();
    await m.closePull("secretariat/expire-core-03", "closed");
    await m.pass();
    expect(branches(m)).toEqual(MARK);
  });

  test("that is marked may still be renewed, on the issue that was closed", async () => {
    m.forward(21);
    await m.pass();
    m.changeRegister((register) => expire(register, "core", m.world.now));
    await m.closePull("secretariat/expire-core-03", "merged");
    await m.pass();
    expect(m.world.issues[0]?.state).toBe("closed");
    m.says("adulau", "/renew");
    m.says("adulau", "/renew core");
    await m.pass();
    expect(m.heard()).toEqual([expect.stringContaining("no draft is to be renewed now")]);
    expect(branches(m)).toEqual([...MARK, ...RENEWAL]);
  });
});

describe("trouble", () => {
  test("with the register is said in the issue, once, and taken back when it is mended", async () => {
    m.world.files.set("register.json", "{");
    for (let times = 0; times < 3; times++)
      await expect(m.pass()).rejects.toThrow("The register cannot be read");
    expect(m.world.writes).toEqual(["open issue 1"]);
    expect(m.world.issues[0]?.body).toContain(
      "The register cannot be read: it is not JSON. It is left as it is.",
    );
    m.world.files.delete("register.json");
    await m.pass();
    expect(m.world.issues).toMatchObject([{ state: "closed" }]);
  });

  test("with one draft keeps no other from being renewed", async () => {
    const press: UpkeepPress = {
      async make({
        expiring: {
          standard: { slug },
          draft,
        },
        standards: repository,
      }) {
        if (slug === "core") throw new CannotUpdate("The title block of `core/raw.md` cannot be changed.");
        const files = [{ path: "register.json", content: "x" }];
        return { draft, remarks: [], targets: [{ repository, carries: "standards", files, fixed: [] }] };
      },
    };
    m = createUpkeepModel(registerOf(expiring("core", 5), expiring("galaxy", 6)), press);
    await m.pass();
    m.says("adulau", "/renew core");
    m.says("adulau", "/renew galaxy");
    await expect(m.pass()).rejects.toThrow("cannot be changed");
    expect(branches(m)).toEqual(["misp-rfc secretariat/renew-galaxy-04"]);
    expect(m.world.issues[0]?.body).toContain("The title block of \\`core/raw.md\\` cannot be changed.");
    expect(m.world.issues[0]?.comments.map(({ reactions }) => reactions)).toEqual([{}, { rocket: 1 }]);
  });
});

describe("whose standards they are", () => {
  const elsewhere = { owner: "MISP", name: "elsewhere" };

  test.each([
    ["maintenance", KEPT.replace(/ {2}maintenance.*\n/, "")],
    ["anything that is valid", "committee: 3\n"],
  ])("nobody's without %s in the charter", async (_, charterText) => {
    m.world.charterText = charterText;
    expect(await m.pass()).toBe(null);
    expect(m.world.writes).toEqual([]);
  });

  test("an inherited charter's are kept where they are published, and by no other heir", async () => {
    m.world.charterAt = { owner: "MISP", name: ".github" };
    m.world.charterText = KEPT.replace("  register", "  standards: MISP/misp-rfc\n  register");
    expect(await m.pass(elsewhere)).toBe(null);
    await m.pass(HOME);
    expect(m.world.issues).toHaveLength(1);
  });

  test("a push to the repository of the standards wakes whoever keeps them", async () => {
    m.world.charterText = KEPT.replace("  register", "  standards: MISP/elsewhere\n  register");
    await m.pass(HOME);
    m.world.charterText = "committee: X\nmembers: [a]\n";
    expect(await m.store().nextDue()).toBe(null);
    await m.pass(elsewhere);
    expect(await m.store().nextDue()).toBe(m.world.now);
  });
});

test("a crash after any write is made good by the next pass, and nothing is done twice", async () => {
  const play = async (model: Model, pass: () => Promise<unknown>) => {
    await pass();
    model.forward(0.1);
    model.says("adulau", "/renew core");
    model.says("mallory", "/renew core");
    await pass();
    model.forward(25);
    await pass();
    return { writes: model.world.writes.toSorted(), branches: branches(model) };
  };
  const fresh = () => createUpkeepModel(registerOf(expiring("core", 20), expiring("galaxy", 21)));
  const whole = fresh();
  const expected = await play(whole, () => whole.pass());
  expect(expected.writes.length).toBeGreaterThan(10);
  let crashes = 0;
  for (let crash = 0; crash < expected.writes.length; crash++) {
    const model = fresh();
    model.world.writesLeft = crash;
    const tried = await play(model, async () => {
      await model.pass().catch(() => undefined);
      if (model.world.writesLeft >= 0) return;
      crashes += 1;
      model.world.writesLeft = Number.POSITIVE_INFINITY;
      // What was done a moment ago is believed to be missing only after a while.
      model.forward(0.01);
      await model.pass();
    });
    const once = tried.writes.filter((write) => !/^(?:branch|react|change)/.test(write));
    expect(once).toEqual(expected.writes.filter((write) => !/^(?:branch|react|change)/.test(write)));
    expect(tried.branches.toSorted()).toEqual(expected.branches.toSorted());
  }
  expect(crashes).toBe(expected.writes.length);
});
