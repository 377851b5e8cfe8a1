/** The IETF in a box: its bibliography and its datatracker, each on a port of its own. */
import { type SandboxBibliography, startBibliography } from "./bibliography.ts";
import type { SandboxClock } from "./clock.ts";
import { type SandboxDatatracker, startDatatracker } from "./datatracker.ts";

export type SandboxIetf = {
  readonly bibliography: SandboxBibliography;
  readonly datatracker: SandboxDatatracker;
  close(): Promise<void>;
};

/** Starts both. Close them, or the process stays. */
export async function startIetf(clock: SandboxClock): Promise<SandboxIetf> {
  const bibliography = await startBibliography();
  try {
    const datatracker = await startDatatracker(clock);
    return {
      bibliography,
      datatracker,
      async close() {
        await Promise.all([bibliography.close(), datatracker.close()]);
      },
    };
  } catch (error) {
    await bibliography.close();
    throw error;
  }
}
