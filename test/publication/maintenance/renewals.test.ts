/** `/renew`, by whom and for what: read from the comments, held against what is due. */
import { describe, expect, it } from "vitest";
import type { CommentFact } from "../../../src/proposal/facts.ts";
import {
  DAY,
  HOUR,
  type Instant,
  instant,
  before as minus,
  after as plus,
  seconds,
} from "../../../src/proposal/instant.ts";
import { maintenanceOf } from "../../../src/publication/maintenance/expiry.ts";
import { renewRequests, requested } from "../../../src/publication/maintenance/renewals.ts";
import { EMPTY_REGISTER, type Register, type Standard } from "../../../src/publication/register/model.ts";
import { EXPIRES, PUBLISHED, standard } from "../register/samples.ts";

const TERMS = { before: seconds(30 * DAY) };
const NOW = minus(EXPIRES, DAY);

function comment(body: string, more: Partial<CommentFact> = {}): CommentFact {
  return {
    id: 7,
    url: "https://github.example/c/7",
    author: { id: 1, login: "adulau" },
    authorIsBot: false,
    byApp: false,
    body,
    createdAt: NOW,
    updatedAt: NOW,
    reactions: {},
    ...more,
  };
}

function published(slug: string, more: Partial<Standard> = {}): Standard {
  return standard({
    slug,
    status: "published",
    draft: `draft-misp-${slug}`,
    revision: "03",
    dates: { published: PUBLISHED, expires: EXPIRES, retired: null },
    ...more,
  });
}

const RENEWED = (at: Instant) => ({
  revision: "04",
  dates: { published: at, expires: plus(at, seconds(185 * DAY)), retired: null },
});

/** What becomes of a comment: the short names to renew, or why it is refused. */
function asked(body: string, standards: readonly Standard[], at: Instant = NOW, now: Instant = NOW) {
  const register: Register = { ...EMPTY_REGISTER, standards };
  const [request] = renewRequests([comment(body, { createdAt: at, updatedAt: at })]);
  if (request === undefined) return null;
  const given = requested(request, register, maintenanceOf(register, now, TERMS), TERMS);
  return "refusal" in given ? given.refusal : given.wanted.map((each) => each.standard.slug);
}

describe("a request", () => {
  it.each([
    ["/renew core", ["core"]],
    ["Please do.\n\n/renew core, galaxy and `taxonomy`.", ["core", "galaxy", "taxonomy"]],
    ["/RENEW Core core", ["core"]],
    ["/renew", []],
  ])("%j names %j", (body, names) => {
    expect(renewRequests([comment(body)])).toMatchObject([{ comment: 7, at: NOW, names, isEdited: false }]);
  });

  it.each([
    "renew core",
    "> /renew core",
    "    /renew core",
    "`/renew core`",
    "/renewal core",
    "- /renew core",
  ])("is none: %j", (body) => {
    expect(renewRequests([comment(body)])).toEqual([]);
  });

  it("is none of a bot, of the App itself, or of a deleted account", () => {
    for (const more of [{ authorIsBot: true }, { byApp: true }, { author: null }])
      expect(renewRequests([comment("/renew", more)])).toEqual([]);
  });

  it("was answered once the App has replied to it; somebody else's reply is none", () => {
    const reply = (byApp: boolean) =>
      comment("<!-- secretariat:reply-7 -->\nno", { id: 8, byApp, author: { id: 9, login: "x" } });
    expect(renewRequests([comment("/renew"), reply(true)])).toEqual([]);
    expect(renewRequests([comment("/renew"), reply(false)])).toHaveLength(1);
  });

  it("knows that it was edited", () => {
    const edited = comment("/renew", { createdAt: minus(NOW, HOUR) });
    expect(renewRequests([edited])).toMatchObject([{ isEdited: true, at: NOW }]);
  });

  it("is read in no time, however it was made to be slow", () => {
    const started = performance.now();
    renewRequests([comment(`/renew ${"> ".repeat(30_000)}`), comment("/renew\n".repeat(9_000))]);
    renewRequests([comment(`/renew ${"a,".repeat(30_000)}`), comment(`/renew ${"x".repeat(60_000)}`)]);
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe("what is renewed", () => {
  const later = published("later", RENEWED(minus(NOW, DAY)));

  it("by short name, by the draft's name, with its revision or without", () => {
    const standards = [published("core"), published("galaxy")];
    for (const name of ["core", "draft-misp-core", "draft-misp-core-03"])
      expect(asked(`/renew ${name}`, standards)).toEqual(["core"]);
    expect(asked("/renew galaxy core", standards)).toEqual(["galaxy", "core"]);
  });

  it("without a name, where only one is due", () => {
    expect(asked("/renew", [published("core"), later], plus(NOW, HOUR))).toEqual(["core"]);
    expect(asked("/renew", [published("core"), published("galaxy")])).toEqual({
      why: "name missing",
      known: ["core", "galaxy"],
    });
    expect(asked("/renew", [later], plus(NOW, HOUR))).toEqual({ why: "nothing due" });
  });

  it("only what the register knows", () => {
    expect(asked("/renew nothing", [published("core")])).toEqual({
      why: "unknown name",
      name: "nothing",
      known: ["core"],
    });
    expect(asked("/renew old", [published("core"), published("old", { status: "retired" })])).toMatchObject({
      why: "unknown name",
      name: "old",
    });
  });

  it("not before it is due, but also after it has expired and was marked", () => {
    const from = minus(plus(minus(NOW, DAY), seconds(185 * DAY)), TERMS.before);
    expect(asked("/renew later", [later])).toEqual({ why: "not due", slug: "later", from });
    expect(asked("/renew core", [published("core", { status: "expired" })])).toEqual(["core"]);
  });

  it("all of the names or none", () => {
    expect(asked("/renew core nothing", [published("core")])).toMatchObject({ why: "unknown name" });
  });

  it("once: a request is spent when the register holds what came of it", () => {
    for (const body of ["/renew core", "/renew"])
      expect(asked(body, [published("core", RENEWED(NOW))], NOW, plus(NOW, DAY))).toEqual([]);
    const laterOn = plus(NOW, seconds(170 * DAY));
    expect(asked("/renew core", [published("core", RENEWED(NOW))], NOW, laterOn)).toEqual([]);
    expect(asked("/renew core", [published("core", RENEWED(NOW))], laterOn, laterOn)).toEqual(["core"]);
  });

  it("once, also where a draft is due from its first day on", () => {
    const terms = { before: seconds(400 * DAY) };
    const register: Register = { ...EMPTY_REGISTER, standards: [published("core", RENEWED(NOW))] };
    const [request] = renewRequests([comment("/renew")]);
    if (request === undefined) return expect.fail("a request");
    const given = requested(request, register, maintenanceOf(register, NOW, terms), terms);
    expect(given).toEqual({ wanted: [] });
  });

  it("never what fell due only after an unnamed request was written", () => {
    const expires = plus(EXPIRES, seconds(20 * DAY));
    const other = published("galaxy", { dates: { published: PUBLISHED, expires, retired: null } });
    const now = plus(NOW, seconds(21 * DAY));
    const early = minus(NOW, seconds(20 * DAY));
    expect(asked("/renew", [published("core", RENEWED(early)), other], early, now)).toEqual([]);
    expect(asked("/renew", [other], instant(early), now)).toEqual({ why: "nothing due" });
    expect(asked("/renew", [published("core"), other], early, now)).toEqual(["core"]);
  });
});
