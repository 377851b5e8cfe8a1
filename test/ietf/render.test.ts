import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createRenderer } from "../../src/ietf/render.ts";
import { instant } from "../../src/proposal/instant.ts";
import { programPath } from "../support/programs.ts";

const NOW = instant("2026-11-23T12:00:00Z");

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "renderer-"));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

/** A program in the renderer's place; it finds the folder of this test in `HERE`. */
async function stub(script: string, limits: { timeoutMs?: number; mostBytes?: number } = {}) {
  const program = join(folder, "xml2rfc");
  await writeFile(program, `#!/bin/sh\nHERE='${folder}'\n${script}\n`);
  await chmod(program, 0o755);
  return createRenderer({ program, ...limits });
}

async function isGone(pidFile: string): Promise<boolean> {
  const pid = Number(await readFile(join(folder, pidFile), "utf8"));
  expect(pid).toBeGreaterThan(1);
  for (let look = 0; look < 50; look++) {
    // A zombie that nobody has waited for still has a number, and no command line.
    const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    if (command === "") return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}

describe("the renderer", () => {
  it("gives both files and what was said", async () => {
    const renderer = await stub(
      "cp draft.xml draft.txt; echo '<p>' > draft.html; echo 'Warning: wide' >&2; echo hello",
    );
    expect(await renderer.render("<rfc/>", NOW)).toEqual({
      made: "both",
      text: "<rfc/>",
      html: "<p>\n",
      warnings: ["Warning: wide"],
    });
  });

  it("has an empty folder, no shell, no network and none of the App's environment", async () => {
    vi.stubEnv("WEBHOOK_SECRET", "not for others");
    const renderer = await stub(
      'env > "$HERE/env"; ls > "$HERE/ls"; ls -A "$HOME" > "$HERE/home"; echo "$@" > "$HERE/args"',
    );
    await renderer.render("<rfc/>", NOW);
    const seen = async (name: string) => readFile(join(folder, name), "utf8");
    expect(await seen("ls")).toBe("draft.xml\nhome\n");
    expect(await seen("home")).toBe("");
    expect(await seen("args")).toMatch(/^--v3 --no-network .*--date 2026-11-23 /);
    expect(await seen("env")).not.toContain("WEBHOOK_SECRET");
    expect(await seen("env")).toContain("https_proxy=http://127.0.0.1:9");
  });

  it("leaves nothing behind", async () => {
    const temporary = join(folder, "tmp");
    await mkdir(temporary);
    vi.stubEnv("TMPDIR", temporary);
    const renderer = await stub('pwd > "$HERE/pwd"; exit 1');
    await renderer.render("<rfc/>", NOW);
    expect(await readFile(join(folder, "pwd"), "utf8")).toContain(temporary);
    expect(await readdir(temporary)).toEqual([]);
  });

  it("says that it is not there", async () => {
    expect(await createRenderer({ program: "no-such-xml2rfc" }).render("<rfc/>", NOW)).toEqual({
      made: "nothing",
      why: "not installed",
      because: "xml2rfc is not installed here, so the text and HTML are left to the repository's own build.",
    });
  });

  it("says what failed, and not where", async () => {
    const renderer = await stub('echo "$PWD/draft.xml(3): Error: no \x1b[31m such element"; exit 1');
    expect(await renderer.render("<rfc/>", NOW)).toEqual({
      made: "nothing",
      why: "failed",
      because: "xml2rfc could not render the draft.",
      says: ["draft.xml(3): Error: no  [31m such element"],
    });
  });

  it("does not take an empty or a missing file for a result", async () => {
    const renderer = await stub("echo text > draft.txt; : > draft.html");
    expect(await renderer.render("<rfc/>", NOW)).toMatchObject({ made: "nothing", why: "failed" });
  });

  it("ends one that hangs, with all that it started", async () => {
    const renderer = await stub('sleep 600 & echo $! > "$HERE/child"; echo $$ > "$HERE/self"; wait', {
      timeoutMs: 300,
    });
    expect(await renderer.render("<rfc/>", NOW)).toMatchObject({
      why: "failed",
      because: "xml2rfc did not finish in time, and was stopped.",
    });
    expect(await isGone("self")).toBe(true);
    expect(await isGone("child")).toBe(true);
  });

  it("is not held up by a child that outlives it", async () => {
    const begun = performance.now();
    const renderer = await stub("setsid sleep 3 & sleep 0.1; echo t > draft.txt; echo h > draft.html");
    expect(await renderer.render("<rfc/>", NOW)).toMatchObject({ made: "both" });
    expect(performance.now() - begun).toBeLessThan(2_500);
  });

  it.each([
    ["prints", "head -c 1000000000 /dev/zero"],
    ["prints as errors", "head -c 1000000000 /dev/zero >&2"],
    ["writes", "head -c 1000000000 /dev/zero > draft.txt; sleep 600"],
    ["writes, and ends,", "head -c 1000000000 /dev/zero > draft.txt"],
  ])("ends one that %s a gigabyte", async (_, script) => {
    const renderer = await stub(`echo $$ > "$HERE/self"; ${script}`, { mostBytes: 1024 * 1024 });
    expect(await renderer.render("<rfc/>", NOW)).toMatchObject({
      why: "failed",
      because: "xml2rfc wrote more than 1048576 bytes, and was stopped.",
    });
    expect(await isGone("self")).toBe(true);
  });

  it("renders one draft at a time", async () => {
    const renderer = await stub(
      'mkdir "$HERE/busy" || exit 1; sleep 0.05; rmdir "$HERE/busy"; echo t > draft.txt; echo h > draft.html',
    );
    const all = await Promise.all([1, 2, 3].map(() => renderer.render("<rfc/>", NOW)));
    expect(all.map(({ made }) => made)).toEqual(["both", "both", "both"]);
  });
});

describe("xml2rfc itself", () => {
  it("renders without a network and without a warning", async () => {
    const program = programPath("xml2rfc");
    if (program === null) return;
    const xml = `<?xml version="1.0" encoding="UTF-8"?>
      <rfc version="3" ipr="trust200902" docName="draft-example-thing-00" submissionType="independent" category="info">
        <front><title>A Thing</title><seriesInfo name="Internet-Draft" value="draft-example-thing-00"/>
          <author fullname="Ada Example" initials="A." surname="Example"><organization>Example</organization></author>
          <date year="2026" month="11" day="23"/><abstract><t>A thing.</t></abstract></front>
        <middle><section anchor="introduction"><name>Introduction</name><t>Words &amp; more.</t></section></middle></rfc>`;
    const rendered = await createRenderer({ program }).render(xml, NOW);
    expect(rendered).toMatchObject({ made: "both", warnings: [] });
    expect(rendered.made === "both" && rendered.text).toContain("Words & more.");
  });
});
