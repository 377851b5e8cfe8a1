/** The commands that `npm start` offers, pasted into a shell: they lead a proposal to its publication. */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeSandboxEnvironment } from "../../src/cli/sandbox-environment.ts";
import { SAMPLE_PROPOSAL, welcomeText } from "../../src/cli/welcome.ts";
import { type InSandbox, startInSandbox } from "../../src/in-sandbox.ts";

/** What stands indented below "in another terminal", without the words around it. */
function commandsIn(words: string): string {
  const lines = words.slice(words.indexOf("(bash):\n")).split("\n");
  return lines.filter((line) => line.startsWith("  ")).join("\n");
}

/** Answers when the App is at rest: what a person waits for, and the commands sleep for. */
async function startRest({ settled }: InSandbox) {
  const server = createServer((_, response) => {
    settled().then(
      () => response.end(),
      () => response.destroy(),
    );
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port");
  return { url: `http://127.0.0.1:${address.port}`, close: () => server.close() };
}

function bash(script: string, env: Record<string, string>) {
  const options = { env: { PATH: process.env.PATH, ...env } };
  return new Promise<{ out: string; err: string }>((ended) =>
    execFile("bash", ["-c", script], options, (_, out, err) => ended({ out, err })),
  );
}

test("they end with a published standard, its docket, and a proposal of one's own", async () => {
  const committee = readFileSync(".github/committee.yml", "utf8");
  const dataDir = mkdtempSync(join(tmpdir(), "secretariat-welcome-"));
  const running = await startInSandbox({ sandbox: { committee } });
  const { sandbox, app, settled, stop } = running;
  const rest = await startRest(running);
  try {
    writeSandboxEnvironment(dataDir, sandbox);
    const proposal = await sandbox.as("rafiot").openIssue("misp-rfc", SAMPLE_PROPOSAL);
    await settled();
    const now = sandbox.clock.now();
    const words = welcomeText({ seconds: 1, githubUrl: sandbox.url, appUrl: app.url, now, proposal });
    const script = `sleep() { curl -sf ${rest.url}; }\n${commandsIn(words)}`;
    const { out, err } = await bash(script, {
      HOME: dataDir,
      DATA_DIR: dataDir,
      npm_config_update_notifier: "false",
    });
    expect(err).toBe("");
    expect(await sandbox.see.labels("misp-rfc", proposal)).toContain("stage: published");
    const shown = ["Status: assessment", "Decision: approved", '"kind": "published"', "1 of 1 dockets hold."];
    expect(shown.filter((each) => !out.includes(each))).toEqual([]);
    // Every deed was accepted, and each answer is told by its code.
    expect(new Set(out.match(/^\d{3}$/gm))).toEqual(new Set(["200", "201"]));
    const own = out.slice(out.indexOf("dockets hold."));
    expect(own).toContain("Status: intake");
    expect(own).toContain("[ ] **Technical specification**");
  } finally {
    rest.close();
    await stop();
    rmSync(dataDir, { recursive: true });
  }
}, 30_000);
