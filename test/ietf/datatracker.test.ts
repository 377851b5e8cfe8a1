import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createDatatracker } from "../../src/ietf/datatracker.ts";
import type { DraftSubmission } from "../../src/reconcile/ports.ts";
import { createClock, type SandboxClock } from "../../src/sandbox/clock.ts";
import { type SandboxDatatracker, startDatatracker } from "../../src/sandbox/datatracker.ts";
import { type Listening, listenLocally } from "../../src/sandbox/listening.ts";

const NAME = "draft-dulaunoy-misp-core-format";

let clock: SandboxClock;
let sandbox: SandboxDatatracker;
beforeEach(async () => {
  clock = createClock({ runs: false });
  sandbox = await startDatatracker(clock);
});
afterEach(() => sandbox.close());

function submission(rev = "20"): DraftSubmission {
  const xml = `<?xml version="1.0"?>\n<rfc version="3" ipr="trust200902" docName="${NAME}-${rev}"><front><title>Ünï</title></front></rfc>`;
  return { user: "secretary@example.org", name: `${NAME}-${rev}`, xml };
}

function datatracker() {
  return createDatatracker({ url: sandbox.url, timeoutMs: 300 });
}

async function submitted(rev?: string) {
  const outcome = await datatracker().submit(submission(rev));
  if (outcome.outcome !== "submitted") throw new Error(JSON.stringify(outcome));
  return outcome;
}

describe("submitting to the datatracker", () => {
  it("sends the user, the very XML and what is replaced", async () => {
    const replaces = ["draft-old-one", "draft-old-two"];
    expect(await datatracker().submit({ ...submission(), replaces })).toEqual({
      outcome: "submitted",
      id: "1",
      name: NAME,
      rev: "20",
      statusUrl: `${sandbox.url}/api/submission/1/status`,
    });
    expect(sandbox.submissions).toMatchObject([
      { user: "secretary@example.org", replaces: "draft-old-one,draft-old-two", xml: submission().xml },
    ]);
  });

  it("goes from processing to the authors to the public", async () => {
    const one = await submitted();
    expect(await datatracker().state(one)).toEqual({ known: true, value: "validating" });
    clock.forward(60);
    expect(await datatracker().state(one)).toEqual({ known: true, value: "auth" });
    sandbox.confirm(NAME);
    expect(await datatracker().state(one)).toEqual({ known: true, value: "posted" });
    expect(() => sandbox.cancel(NAME)).toThrow("is validating or auth");
  });

  it("ends where processing fails, or where somebody cancels it", async () => {
    sandbox.misbehave("fails validation");
    const failing = await submitted("00");
    clock.forward(60);
    expect(await datatracker().state(failing)).toEqual({ known: true, value: "cancel" });
    const canceled = await submitted("00");
    sandbox.cancel(NAME);
    expect(await datatracker().state(canceled)).toEqual({ known: true, value: "cancel" });
  });

  it("tells a revision that is there already from other refusals", async () => {
    await submitted();
    expect(await datatracker().submit(submission())).toEqual({
      outcome: "known already",
      error: "Validation Error",
      messages: [
        "A submission with same name and revision is currently being processed. Check the status here.",
      ],
    });
    clock.forward(60);
    sandbox.confirm(NAME);
    expect(await datatracker().submit(submission("22"))).toEqual({
      outcome: "refused",
      error: "Validation Error",
      messages: ["Invalid revision (revision 21 is expected)"],
    });
    sandbox.forget("secretary@example.org");
    expect(await datatracker().submit(submission("21"))).toEqual({
      outcome: "refused",
      error: "No such user: secretary@example.org",
      messages: [],
    });
    expect(
      await datatracker().submit({ ...submission("21"), user: "s@example.org", xml: "<rfc/>" }),
    ).toMatchObject({
      outcome: "refused",
    });
  });

  it("never posts twice by itself, whatever the answer", async () => {
    sandbox.misbehave("down");
    expect(await datatracker().submit(submission())).toEqual({
      outcome: "unknown",
      because: "The datatracker answered 502, and not in the way that it documents.",
    });
    sandbox.misbehave("lost answer");
    expect(await datatracker().submit(submission())).toMatchObject({ outcome: "unknown" });
    sandbox.misbehave("slow");
    expect(await datatracker().submit(submission("21"))).toEqual({
      outcome: "unknown",
      because: "The datatracker could not be asked: it did not answer within 0.3 seconds.",
    });
    expect(sandbox.posts).toBe(3);
    expect(sandbox.submissions).toHaveLength(1);
    // The one whose answer was lost is found out by asking again, and is not submitted twice.
    expect(await datatracker().submit(submission())).toMatchObject({ outcome: "known already" });
    expect(sandbox.submissions).toHaveLength(1);
  });

  it("finds what a lost answer has left", async () => {
    const name = `${NAME}-20`;
    expect(await datatracker().find(name)).toEqual({ known: true, value: null });
    sandbox.misbehave("lost answer");
    await datatracker().submit(submission());
    const search = await datatracker().find(name);
    const one = { id: "1", statusUrl: `${sandbox.url}/api/submission/1/status` };
    expect(search).toEqual({ known: true, value: one });
    expect(await datatracker().state(one)).toEqual({ known: true, value: "validating" });
    expect(await datatracker().find(`${NAME}-21`)).toEqual({ known: true, value: null });
    sandbox.cancel(NAME);
    expect(await datatracker().find(name)).toEqual({ known: true, value: null });
    await submitted();
    clock.forward(60);
    sandbox.confirm(NAME);
    expect(await datatracker().find(name)).toMatchObject({ value: { id: "2" } });
  });

  it("does not know a submission that there is not", async () => {
    expect(await datatracker().state({ id: "7", statusUrl: "" })).toEqual({
      known: false,
      because: "The datatracker answered 404 and named no state.",
    });
  });
});

describe("an answer that is not as documented", () => {
  let other: Listening;
  let paths: string[];
  let answer: { status: number; body: string; location?: string };
  beforeEach(async () => {
    paths = [];
    other = await listenLocally((request, response) => {
      paths.push(`${request.method} ${request.url}`);
      request.resume();
      const { location } = answer;
      response.writeHead(answer.status, location === undefined ? {} : { location }).end(answer.body);
    });
  });
  afterEach(() => other.close());

  it.each([
    ["", 200],
    ["{}", 200],
    ["[]", 201],
    ["<html>", 200],
    ['{"id":"../x","name":"draft-a-b","rev":"00","status_url":"x"}', 200],
    ['{"id":"1","name":"draft-a-b\\n@team","rev":"00","status_url":"x"}', 200],
    ["{}", 400],
    ["nonsense", 500],
    ['{"error":"x"}', 302],
  ])("%s with %i is neither a success nor a refusal", async (body, status) => {
    answer = { status, body };
    expect(await createDatatracker({ url: other.url }).submit(submission())).toMatchObject({
      outcome: "unknown",
    });
  });

  it("is not followed elsewhere", async () => {
    answer = { status: 307, body: "", location: `${sandbox.url}/api/submission` };
    expect(await createDatatracker({ url: other.url }).submit(submission())).toMatchObject({
      outcome: "unknown",
    });
    expect(sandbox.posts).toBe(0);
  });

  it("has a bound", async () => {
    answer = {
      status: 400,
      body: JSON.stringify({ error: "e".repeat(5_000), messages: Array(100).fill("m") }),
    };
    const outcome = await createDatatracker({ url: other.url }).submit(submission());
    expect(outcome).toMatchObject({ outcome: "refused", error: "e".repeat(1_000) });
    expect(outcome.outcome === "refused" && outcome.messages).toHaveLength(20);
  });

  it("cannot send the App to somebody else's address", async () => {
    answer = { status: 200, body: '{"state":"posted"}' };
    const theirs = createDatatracker({ url: other.url });
    expect(await theirs.state({ id: "5", statusUrl: `${sandbox.url}/api/submission/1/status` })).toEqual({
      known: true,
      value: "posted",
    });
    expect(await theirs.state({ id: "5", statusUrl: `${other.url}/elsewhere` })).toMatchObject({
      known: true,
    });
    expect(paths).toEqual(["GET /api/submission/5/status", "GET /elsewhere"]);
  });

  it.each([
    ["uploaded", "validating"],
    ["aut-appr", "auth"],
    ["grp-appr", "approval"],
    ["manual", "approval"],
  ])("the state %s counts as %s", async (state, counted) => {
    answer = { status: 200, body: JSON.stringify({ id: "1", state }) };
    const reading = await createDatatracker({ url: other.url }).state({ id: "1", statusUrl: "" });
    expect(reading).toEqual({ known: true, value: counted });
  });

  it.each([
    ["nothing", 404],
    ["[]", 200],
    ['{"objects":[{"id":"1"}]}', 200],
  ])("%s with %i is not taken for an empty list", async (body, status) => {
    answer = { status, body };
    expect(await createDatatracker({ url: other.url }).find(`${NAME}-20`)).toMatchObject({ known: false });
  });

  it("a new state is not guessed at", async () => {
    answer = { status: 200, body: '{"state":"somewhere"}' };
    expect(await createDatatracker({ url: other.url }).state({ id: "1", statusUrl: "" })).toEqual({
      known: false,
      because: "The datatracker named a state that is not known here.",
    });
  });
});
