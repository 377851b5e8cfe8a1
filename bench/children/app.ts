/** The App, whole, as it runs in production, in a process of its own: `node app.ts OPTIONS`, which are JSON. */
import { createPrivateKey } from "node:crypto";
import { z } from "zod";
import { instant } from "../../src/proposal/instant.ts";
import { startSecretariat } from "../../src/server.ts";
import { answerQuestions } from "../processes.ts";

const settings = z.object({
  appId: z.number(),
  slug: z.string(),
  privateKey: z.string(),
  webhookSecret: z.string(),
  /** The key that dockets are sealed with, as PEM. */
  sealingKey: z.string(),
  apiUrl: z.string(),
  storePath: z.string(),
  databaseUrl: z.string().nullable(),
});
export type AppSettings = z.infer<typeof settings>;

const { webhookSecret, sealingKey, ...rest } = settings.parse(JSON.parse(process.argv[2] ?? "null"));
const nowhere = "http://127.0.0.1:9";
const app = await startSecretariat({
  ...rest,
  webhookSecrets: [webhookSecret],
  sealing: { key: createPrivateKey(sealingKey), previous: null },
  webUrl: rest.apiUrl,
  datatrackerUrl: nowhere,
  ietf: { xml2rfc: null, bibliographyUrl: nowhere },
  webhookProxy: null,
  // How fast it can work is asked, not how politely.
  paced: false,
  host: "127.0.0.1",
  port: 0,
  sweepMinutes: 1_440,
  logLevel: "fatal",
  logFormat: "json",
  clock: { now: () => instant(Date.now()) },
});

answerQuestions(async (asked) => {
  const { wanted } = z.object({ wanted: z.enum(["address", "idle", "sweep", "memory"]) }).parse(asked);
  switch (wanted) {
    case "address":
      return app.webhookUrl;
    case "idle":
      return app.idle();
    case "sweep":
      return app.sweep();
    case "memory":
      // Linux and Node count in KiB.
      return process.resourceUsage().maxRSS / 1024;
  }
});
