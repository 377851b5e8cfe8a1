/** The App's own issues that are no proposals, and issues by their label. */
import { z } from "zod";
import { MESSAGE_LIMIT } from "../messages/parts.ts";
import type { Repository } from "../proposal/facts.ts";
import { keyOf } from "../proposal/keys.ts";
import type { DeskPort } from "../reconcile/maintenance-ports.ts";
import type { Client } from "./client.ts";
import { orNull } from "./failure.ts";
import { anything, type Gate, type Parameters } from "./gate.ts";
import { issue, listedIssue } from "./shapes.ts";

const found = listedIssue.extend({
  html_url: z.string(),
  state: z.enum(["open", "closed"]),
  labels: issue.shape.labels,
});

const LIST = "GET /repos/{owner}/{repo}/issues";

export function createDesk(client: Client): DeskPort {
  return {
    async ownIssues(repository, key) {
      const gate = await client.of(repository);
      const bot = `${await client.slug()}[bot]`;
      const all = await list(gate, { ...placeOf(repository), creator: bot, state: "all" });
      return all
        .filter(({ user, body }) => user?.isBot === true && user.login === bot && keyOf(body) === key)
        .sort((one, other) => one.number - other.number)
        .map(({ number, state, title, body }) => ({ ref: { ...repository, number }, state, title, body }));
    },
    async labelled(repository, label) {
      const gate = await client.of(repository);
      const open = await list(gate, { ...placeOf(repository), labels: label, state: "open" });
      return open.map(({ number, title, html_url, labels }) => ({
        ref: { ...repository, number },
        title,
        url: html_url,
        labels: labels.map((each) => (typeof each === "string" ? each : each.name)),
      }));
    },
    async openIssue(repository, { title, body }) {
      const gate = await client.of(repository);
      const text = { title, body: fitting(body) };
      const shape = z.object({ number: z.number() });
      const route = "POST /repos/{owner}/{repo}/issues";
      const { number } = await gate.send(route, { ...placeOf(repository), ...text }, shape);
      return { ...repository, number };
    },
    async changeIssue(ref, { title, body, state }) {
      const gate = await client.of(ref);
      const reason = state === "closed" ? { state_reason: "completed" } : {};
      const change = {
        ...placeOf(ref),
        issue_number: ref.number,
        title,
        body: fitting(body),
        state,
        ...reason,
      };
      await gate.send("PATCH /repos/{owner}/{repo}/issues/{issue_number}", change, anything);
    },
  };
}

/** A repository whose issues were switched off answers 410. */
async function list(gate: Gate, parameters: Parameters): Promise<readonly z.infer<typeof found>[]> {
  const all = (await orNull(gate.list(LIST, parameters, z.array(found)))) ?? [];
  return all.filter(({ pull_request }) => pull_request === undefined);
}

function placeOf({ owner, name }: Repository): Parameters {
  return { owner, repo: name };
}

function fitting(body: string): string {
  if (body.length <= MESSAGE_LIMIT) return body;
  throw new RangeError(`An issue of ${body.length} characters: at most ${MESSAGE_LIMIT} are written`);
}
