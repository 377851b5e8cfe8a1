/** What it costs to find that nothing has changed: sweeps over a repository full of open proposals. */
import { startInSandbox } from "../../src/in-sandbox.ts";
import { MINUTE, seconds } from "../../src/proposal/instant.ts";
import { CHARTER, openProposals } from "../committee.ts";
import { figureOf, type Result } from "../figures.ts";
import type { Sizes } from "../sizes.ts";

export async function sweep({ sweepProposals, sweeps }: Sizes): Promise<readonly Result[]> {
  const { sandbox, app, settled, stop } = await startInSandbox({ sandbox: { committee: CHARTER } });
  const swept = async () => {
    await app.sweep();
    await settled();
  };
  try {
    await settled();
    sandbox.setWebhookUrl(null);
    await openProposals(sandbox, sweepProposals);
    // Each proposal is received; and seen once more, when GitHub shows all that was written about it.
    for (let times = 0; times < 3; times++) {
      await swept();
      sandbox.clock.forward(seconds(11 * MINUTE));
    }
    const [took, counted, asked]: [number[], number[], number[]] = [[], [], []];
    for (let times = 0; times < sweeps; times++) {
      sandbox.requests.reset();
      const began = performance.now();
      await swept();
      took.push((performance.now() - began) / 1000);
      counted.push(sandbox.requests.total - sandbox.requests.notModified);
      asked.push(sandbox.requests.total);
    }
    const what = `an idle sweep over ${sweepProposals} open proposals`;
    return [
      figureOf({ what: `${what}: requests that count`, unit: "", runs: counted, target: { atMost: 12 } }),
      figureOf({ what: `${what}: requests in all`, unit: "", runs: asked }),
      figureOf({ what, unit: "s", runs: took, target: { atMost: 10 } }),
    ];
  } finally {
    await stop();
  }
}
