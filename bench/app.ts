/** The App in a process of its own, asked by the rows. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import type { AppIdentity } from "../src/sandbox/seed.ts";
import type { AppSettings } from "./children/app.ts";
import { startHelper } from "./processes.ts";

export type BenchedApp = {
  /** Where deliveries go. */
  readonly url: string;
  /** Settled when nothing is due any more. */
  idle(): Promise<void>;
  sweep(): Promise<void>;
  /** The most memory that the process has held so far, in MB. */
  memory(): Promise<number>;
  /** Ends it as a power cut would. */
  end(): Promise<void>;
};

type Identity = Pick<AppIdentity, "appId" | "slug" | "privateKey" | "webhookSecret" | "sealing">;

export async function startApp(
  identity: Identity,
  where: Pick<AppSettings, "apiUrl" | "storePath" | "databaseUrl">,
): Promise<BenchedApp> {
  const { appId, slug, privateKey, webhookSecret, sealing } = identity;
  const sealingKey = sealing.key.export({ type: "pkcs8", format: "pem" }).toString();
  const settings: AppSettings = { appId, slug, privateKey, webhookSecret, sealingKey, ...where };
  const helper = startHelper("app.ts", [JSON.stringify(settings)], startFlags());
  const url = await helper.ask({ wanted: "address" }, z.string());
  return {
    url,
    idle: async () => void (await helper.ask({ wanted: "idle" }, z.null())),
    sweep: async () => void (await helper.ask({ wanted: "sweep" }, z.null())),
    memory: () => helper.ask({ wanted: "memory" }, z.number()),
    end: helper.end,
  };
}

/** What `npm start` gives to Node: the App is measured as it is started. */
function startFlags(): readonly string[] {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  const { scripts } = z.object({ scripts: z.object({ start: z.string() }) }).parse(JSON.parse(text));
  return scripts.start.split(" ").filter((word) => word.startsWith("--"));
}

/** A folder for as long as the work lasts. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "secretariat-bench-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
