/** At most the `mmark` program's wall time for the 96 KB core format, in the same run. */
import { execFileSync } from "node:child_process";
import { bench, describe } from "vitest";
import { readDraft } from "../../../src/publication/draft/read.ts";
import { toRfcXml } from "../../../src/publication/draft/to-rfcxml.ts";
import { input, inputPath } from "../../support/inputs.ts";
import { programPath } from "../../support/programs.ts";
import { BIBLIOGRAPHY } from "./bibliography.ts";

const path = inputPath("drafts/misp-core-format.md");
const text = input("drafts/misp-core-format.md");
const mmark = programPath("mmark");

describe.skipIf(path === null || text === null)("the core format as RFCXML", () => {
  bench("in process (at most as long as mmark)", () => {
    const read = readDraft(text ?? "");
    if ("refused" in read) throw new Error(read.refused);
    toRfcXml(read.draft, BIBLIOGRAPHY);
  });

  bench.skipIf(mmark === null)("the mmark program", () => {
    execFileSync(mmark ?? "", [path ?? ""], { stdio: ["ignore", "ignore", "ignore"] });
  });
});
