import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { filesIn, filesOnGitHub, verify } from "../../src/cli/verify.ts";
import { HOME, type Story, story } from "../support/story.ts";
import { inVote } from "../support/story-life.ts";

const onGitHub = ({ sandbox }: Story) =>
  filesOnGitHub({ owner: "MISP", repo: HOME }, { baseUrl: sandbox.url, token: undefined });

story("the dockets on GitHub, and in a clone, hold; one that was altered does not", async (s) => {
  const p = await inVote(s);
  await p.votes({ for: 3 });
  await s.passes("2 hours");
  const files = await onGitHub(s);
  const held = await verify(files);
  expect(held.exit).toBe(0);
  expect(held.lines[0]).toMatch(/^0001 {2}holds, \d+ entries$/);

  const clone = mkdtempSync(join(tmpdir(), "secretariat-clone-"));
  try {
    for (const path of files.paths) {
      mkdirSync(dirname(join(clone, path)), { recursive: true });
      writeFileSync(join(clone, path), await files.read(path));
    }
    expect(await verify(await filesIn(clone))).toEqual(held);
    const path = join(clone, "0001/docket.json");
    const docket = JSON.parse(new TextDecoder().decode(await files.read("0001/docket.json")));
    docket.entries[3].closesAt = "2020-01-01T00:00:00Z";
    writeFileSync(path, JSON.stringify(docket));
    const doubted = await verify(await filesIn(clone));
    expect(doubted.exit).toBe(1);
    expect(doubted.lines[0]).toBe("0001  DOES NOT HOLD: entry 4 does not match its hash");
    writeFileSync(path, "{");
    expect((await verify(await filesIn(clone))).lines[0]).toBe(
      "0001  DOES NOT HOLD: The docket 0001/docket.json of #1 is damaged: it is not JSON.",
    );
  } finally {
    rmSync(clone, { recursive: true });
  }
});

story("a docket of one entry is counted in the singular", async (s) => {
  const p = await s.proposes({ body: "## Description\n\nTo be written." });
  await p.hears("status");
  expect((await verify(await onGitHub(s))).lines[0]).toBe("0001  holds, 1 entry");
});
