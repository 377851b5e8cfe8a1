/** A draft as RFCXML: ours in this process, and `mmark`'s as it is run, a process a draft. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readDraft } from "../../src/publication/draft/read.ts";
import { toRfcXml } from "../../src/publication/draft/to-rfcxml.ts";
import { BIBLIOGRAPHY } from "../../test/publication/draft/bibliography.ts";
import { inputPath } from "../../test/support/inputs.ts";
import { programPath } from "../../test/support/programs.ts";
import { inFolder } from "../app.ts";
import { figureOf, median, type Result, unmeasured } from "../figures.ts";
import { madeUpDraft } from "../made-up-draft.ts";
import type { Sizes } from "../sizes.ts";

export async function drafts({ drafts: times }: Sizes): Promise<readonly Result[]> {
  return inFolder(async (folder) => {
    const given = inputPath("drafts/misp-core-format.md");
    const path = given ?? join(folder, "draft.md");
    if (given === null) writeFileSync(path, madeUpDraft());
    const text = readFileSync(path, "utf8");
    const size = `${Math.round(Buffer.byteLength(text) / 1024)} KB`;
    const about = given === null ? `a made-up draft of ${size}` : `the MISP core format (${size})`;
    const ours = timed(times, () => convert(text));
    const mmark = programPath("mmark");
    const peer = `mmark, ${about} to RFCXML`;
    if (mmark === null)
      return [ourFigure(about, ours), unmeasured(peer, "ms", "mmark is not installed here")];
    const theirs = timed(times, () => execFileSync(mmark, [path], { stdio: ["ignore", "ignore", "ignore"] }));
    return [ourFigure(about, ours, median(theirs)), figureOf({ what: peer, unit: "ms", runs: theirs })];
  });
}

/** At most as long as mmark in the same run, where that is there. */
function ourFigure(about: string, runs: readonly number[], atMost?: number): Result {
  const target = atMost === undefined ? {} : { target: { atMost } };
  return figureOf({ what: `ours, ${about} to RFCXML`, unit: "ms", runs, ...target });
}

/** What the App needs once it has run for a while: as many runs before these only warm up. */
function timed(times: number, work: () => void): readonly number[] {
  return Array.from({ length: times * 2 }, () => {
    const began = performance.now();
    work();
    return performance.now() - began;
  }).slice(times);
}

function convert(text: string): void {
  const read = readDraft(text);
  if ("refused" in read) throw new Error(read.refused);
  toRfcXml(read.draft, BIBLIOGRAPHY);
}
