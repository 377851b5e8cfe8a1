/**
 * Probot as it comes, with a handler that does nothing: the peer of our receiver. It logs nothing, as little as the App
 * logs of a delivery. Answers with its address.
 */
import { Probot, Server } from "probot";
import { z } from "zod";
import { choosePort } from "../../src/web/port.ts";
import { answerQuestions } from "../processes.ts";

const settings = z.object({ appId: z.number(), privateKey: z.string(), secret: z.string() });
export type ProbotSettings = z.infer<typeof settings>;

const options = { ...settings.parse(JSON.parse(process.argv[2] ?? "null")), logLevel: "fatal" as const };
const { log } = await new Probot(options).ready();
const port = await choosePort("127.0.0.1", 0);
const server = new Server({ host: "127.0.0.1", port, log, Probot: Probot.defaults({ ...options, log }) });
await server.load((app) => {
  app.on("issue_comment", () => undefined);
});
await server.start();

answerQuestions(async () => `http://127.0.0.1:${port}/api/github/webhooks`);
