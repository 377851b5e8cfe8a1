import { XmlDocument } from "libxml2-wasm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bibliographyPath } from "../../src/ietf/bibliography.ts";
import { checkReference } from "../../src/ietf/reference.ts";
import { DRAFTS, RFCS, SERIES } from "../../src/sandbox/bibliography-table.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ clock: { runs: false } });
});
afterAll(() => sandbox.close());

const NAMES = [
  ...[...RFCS.keys()].map((number) => `RFC${number}`),
  ...[...SERIES.keys()].map((name) => name.replace(" ", "")),
  ...[...DRAFTS.keys()].map((name) => `I-D.${name}`),
];

describe("the IETF in a box", () => {
  it.each(NAMES)("has a reference for %s as the App takes it", async (name) => {
    const response = await fetch(`${sandbox.bibliographyUrl}${bibliographyPath(name)}`);
    expect(response.status).toBe(200);
    const xml = await response.text();
    XmlDocument.fromString(xml).dispose();
    expect(checkReference(xml, name)).toMatchObject({ ok: true });
  });

  it("knows nothing else", async () => {
    const path = "/public/rfc/bibxml/reference.RFC.9999.xml";
    expect((await fetch(`${sandbox.bibliographyUrl}${path}`)).status).toBe(404);
    expect((await fetch(sandbox.datatrackerUrl)).status).toBe(404);
    expect((await fetch(`${sandbox.datatrackerUrl}/api/submission/1/status`)).status).toBe(404);
  });

  it("moves drafts on by the sandbox's clock", async () => {
    const form = new FormData();
    form.set("user", "secretary@example.org");
    form.set("xml", new Blob(['<rfc docName="draft-example-thing-00"/>']), "draft.xml");
    const post = { method: "POST", body: form };
    const answer = await fetch(`${sandbox.datatrackerUrl}/api/submission`, post);
    expect(await answer.json()).toEqual({
      id: "1",
      name: "draft-example-thing",
      rev: "00",
      status_url: `${sandbox.datatrackerUrl}/api/submission/1/status`,
    });
    expect(sandbox.ietf.datatracker.submissions).toMatchObject([{ state: "validating" }]);
    sandbox.clock.forward(60);
    expect(sandbox.ietf.datatracker.submissions).toMatchObject([{ state: "auth" }]);
  });

  it("refuses what is not a form", async () => {
    const answer = await fetch(`${sandbox.datatrackerUrl}/api/submission`, { method: "POST", body: "{}" });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ error: "Validation Error", messages: ["This field is required."] });
  });

  it("is not asked of GitHub", () => {
    expect(sandbox.requests.total).toBe(0);
  });
});
