/** The commands that `npm start` offers: the clock is turned as often as a proposal needs to be published. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { SAMPLE_PROPOSAL, welcomeText } from "../../src/cli/welcome.ts";
import { startInSandbox } from "../../src/in-sandbox.ts";
import { instant } from "../../src/proposal/instant.ts";
import { parseSpan } from "../../src/sandbox/clock.ts";

const WORDS = welcomeText({
  seconds: 1,
  githubUrl: "http://127.0.0.1:1",
  appUrl: "http://127.0.0.1:2",
  now: instant("2026-11-23T08:39:00Z"),
  proposal: 1,
});

/** What stands between two of the text's commands: the spans that the clock is turned by there. */
function spansBetween(from: string, to: string) {
  const part = WORDS.slice(WORDS.indexOf(from), WORDS.lastIndexOf(to));
  return [...part.matchAll(/turn_clock "([^"]+)"/g)].map(([, span = ""]) => parseSpan(span));
}

test("they end with a published standard", async () => {
  const committee = readFileSync(".github/committee.yml", "utf8");
  const { sandbox, settled, stop } = await startInSandbox({ sandbox: { committee } });
  try {
    const pass = async (spans: ReturnType<typeof spansBetween>) => {
      for (const span of spans) {
        sandbox.clock.forward(span);
        await settled();
      }
    };
    const number = await sandbox.as("rafiot").openIssue("misp-rfc", SAMPLE_PROPOSAL);
    await settled();
    await sandbox.as("iglocska").comment("misp-rfc", number, "/accept");
    await settled();
    await pass(spansBetween("/accept", "BALLOT="));
    const comments = await sandbox.see.comments("misp-rfc", number);
    const ballot = comments.find(({ body }) => String(body).startsWith("<!-- secretariat:ballot "));
    for (const who of ["adulau", "iglocska", "chrisr3d"])
      await sandbox.as(who).react("misp-rfc", { comment: Number(ballot?.id) }, "+1");
    await pass(spansBetween("BALLOT=", "/merge"));
    for (const repository of ["misp-rfc", "misp-standard.org"]) {
      expect(WORDS).toContain(`MISP/${repository}`);
      const [pull] = await sandbox.see.pulls(repository);
      await sandbox.as("cedric").mergePull(repository, Number(pull?.number));
    }
    await settled();
    expect(await sandbox.see.labels("misp-rfc", number)).toContain("stage: published");
  } finally {
    await stop();
  }
});
