/** One action, made on GitHub. */
import { MESSAGE_LIMIT } from "../messages/parts.ts";
import type { Action } from "../proposal/actions.ts";
import type { ProposalRef } from "../proposal/facts.ts";
import type { Outcome } from "../reconcile/ports.ts";
import { makeBranch } from "./branches.ts";
import type { Client } from "./client.ts";
import { orNull } from "./failure.ts";
import { anything, type Parameters } from "./gate.ts";
import type { Labels } from "./labels.ts";
import { commentFact } from "./observe.ts";
import { openPullRequest } from "./pulls.ts";
import { comment } from "./shapes.ts";

export type Actor = (ref: ProposalRef, action: Action) => Promise<Outcome>;

const REPOSITORY = "/repos/{owner}/{repo}";
const ISSUE = `${REPOSITORY}/issues/{issue_number}`;
const COMMENT = `${REPOSITORY}/issues/comments/{comment_id}`;

const CHANGE: Outcome = { made: "change" };

export function createActor(client: Client, labels: Labels): Actor {
  return async function act(ref, action) {
    switch (action.do) {
      case "add labels":
        for (const label of action.labels) await labels.ensure(ref, label);
        return send(client, ref, `POST ${ISSUE}/labels`, { labels: action.labels.map(({ name }) => name) });
      case "remove label":
        await orNull(send(client, ref, `DELETE ${ISSUE}/labels/{name}`, { name: action.name }));
        return CHANGE;
      case "create comment":
        return createComment(client, ref, action.body);
      case "update comment":
        return send(client, ref, `PATCH ${COMMENT}`, {
          comment_id: action.comment,
          body: fitting(action.body),
        });
      case "acknowledge": {
        const { comment: comment_id, content } = action;
        return send(client, ref, `POST ${COMMENT}/reactions`, { comment_id, content });
      }
      case "close issue":
        return send(client, ref, `PATCH ${ISSUE}`, { state: "closed", state_reason: action.reason });
      case "reopen issue":
        return send(client, ref, `PATCH ${ISSUE}`, { state: "open" });
      case "make branch":
        await makeBranch(client, action);
        return CHANGE;
      case "open pull request":
        return { made: "pull request", pullRequest: await openPullRequest(client, action) };
    }
  };
}

async function send(
  client: Client,
  ref: ProposalRef,
  route: string,
  parameters: Parameters,
): Promise<Outcome> {
  const gate = await client.of(ref);
  await gate.send(route, { ...placeOf(ref, route), ...parameters }, anything);
  return CHANGE;
}

async function createComment(client: Client, ref: ProposalRef, body: string): Promise<Outcome> {
  const gate = await client.of(ref);
  const route = `POST ${ISSUE}/comments`;
  const made = await gate.send(route, { ...placeOf(ref, route), body: fitting(body) }, comment);
  return { made: "comment", comment: commentFact(made, true) };
}

/** What a route does not name would be sent in the body. */
function placeOf({ owner, name, number }: ProposalRef, route: string): Parameters {
  const issue = route.includes("{issue_number}") ? { issue_number: number } : {};
  return { owner, repo: name, ...issue };
}

function fitting(body: string): string {
  if (body.length <= MESSAGE_LIMIT) return body;
  throw new RangeError(`A comment of ${body.length} characters: at most ${MESSAGE_LIMIT} are written`);
}
