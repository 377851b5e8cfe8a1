/** The committee's four drafts, as they stand in its repository, through reader and writer. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { complete } from "../../../src/publication/draft/complete.ts";
import type { ReadDraft } from "../../../src/publication/draft/model.ts";
import { readDraft } from "../../../src/publication/draft/read.ts";
import { toRfcXml } from "../../../src/publication/draft/to-rfcxml.ts";
import { input, inputPath } from "../../support/inputs.ts";
import { programPath } from "../../support/programs.ts";
import { BIBLIOGRAPHY } from "./bibliography.ts";
import { schema, shapeOf } from "./rfcxml.ts";

const DRAFTS = ["misp-core-format", "misp-query-format", "misp-taxonomy-format", "sightingdb-format"];

/** What the `mmark` program of Debian makes of them is well-formed but for the query format. */
const COMPARED = ["misp-core-format", "misp-taxonomy-format", "sightingdb-format"];

const folder = mkdtempSync(join(tmpdir(), "secretariat-draft-"));
afterAll(() => rmSync(folder, { recursive: true }));

const validate = schema();
const mmark = programPath("mmark");
const xml2rfc = programPath("xml2rfc");

function read(name: string): ReadDraft | null {
  const text = input(`drafts/${name}.md`);
  if (text === null) return null;
  const draft = readDraft(text);
  if ("refused" in draft) throw new Error(draft.refused);
  return draft;
}

describe.each(DRAFTS)("%s", (name) => {
  it("says nothing that a draft cannot say", () => {
    const found = read(name);
    if (found !== null) expect(found.unexpressed).toEqual([]);
  });

  it("is valid RFCXML, as it is and completed", () => {
    const found = read(name);
    if (found === null || validate === null) return;
    expect(validate(toRfcXml(found.draft, BIBLIOGRAPHY))).toEqual([]);
    expect(validate(completedXml(found))).toEqual([]);
  });

  it("renders without an error or a warning", () => {
    const found = read(name);
    if (found === null || xml2rfc === null) return;
    const file = join(folder, `${name}.xml`);
    writeFileSync(file, completedXml(found));
    const options = [
      "--v3",
      "--text",
      "--html",
      "--no-network",
      "--date",
      "2026-11-23",
      "--cache",
      folder,
      file,
    ];
    const said = execFileSync(xml2rfc, options, {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
    expect(said.split("\n").filter((line) => /error|warning/i.test(line))).toEqual([]);
  }, 60_000);
});

function completedXml({ draft }: ReadDraft): string {
  const docName = `${(draft.front.docName ?? "draft-a-b").replace(/-\d\d$/, "")}-00`;
  const details = { docName, date: { year: 2026, month: 11, day: 23 } };
  return toRfcXml(complete(draft, details).draft, BIBLIOGRAPHY);
}

describe.each(COMPARED)("%s and what mmark makes of it", (name) => {
  const path = inputPath(`drafts/${name}.md`);

  it("have the same sections, anchors, lists, tables and text", () => {
    const found = read(name);
    if (found === null || path === null || mmark === null) return;
    const theirs = shapeOf(
      execFileSync(mmark, [path], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
    );
    const ours = shapeOf(toRfcXml(found.draft, BIBLIOGRAPHY));
    expect(ours.sections.length).toBeGreaterThan(15);
    expect(ours.sections).toEqual(theirs.sections);
    expect(ours.lines).toEqual(theirs.lines);
  });
});
