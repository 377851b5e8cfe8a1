/**
 * A GitHub of one repository with nothing but proposals that were closed long ago: as many as wanted, in answers as long
 * as the real ones, made up when they are asked for. It can only be read.
 */
import { createServer, type ServerResponse } from "node:http";
import { instant } from "../src/proposal/instant.ts";
import { account, addresses, sentences } from "./payload.ts";

export type OldGitHub = { readonly url: string; close(): Promise<void> };

const PAGE = 100;
const COMMENTS = 3;
const LONG_AGO = "2024-03-01T09:00:00Z";
const HERE = "/repos/MISP/misp-rfc";

export async function startOldGitHub(proposals: number): Promise<OldGitHub> {
  const server = createServer((request, response) => {
    request.resume();
    answer(response, proposals, new URL(request.url ?? "/", url));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port was given");
  const url = `http://127.0.0.1:${address.port}`;
  return {
    url,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

function answer(response: ServerResponse, proposals: number, url: URL): void {
  const value = contentOf(url, proposals);
  const page = Number(url.searchParams.get("page") ?? 1);
  const isCut = url.pathname === `${HERE}/issues` && page * PAGE < proposals;
  response.writeHead(value === null ? 404 : 200, {
    "content-type": "application/json; charset=utf-8",
    ...(value === null ? {} : { etag: `W/"${url.pathname}${url.search}"` }),
    ...(isCut ? { link: `<${url.origin}${HERE}/issues?${nextOf(url, page)}>; rel="next"` } : {}),
  });
  response.end(JSON.stringify(value ?? { message: "Not Found" }));
}

function nextOf({ searchParams }: URL, page: number): URLSearchParams {
  const query = new URLSearchParams(searchParams);
  query.set("page", String(page + 1));
  return query;
}

/** null: there is no such thing. */
function contentOf(url: URL, proposals: number): unknown {
  const [, number, comments] =
    /^\/repos\/misp\/misp-rfc\/issues\/([0-9]+)(\/comments)?$/i.exec(url.pathname) ?? [];
  if (number !== undefined)
    return comments === undefined ? issueOf(Number(number)) : commentsOf(Number(number));
  switch (url.pathname) {
    case "/app/hook/deliveries":
    case `${HERE}/pulls`:
      return [];
    case "/app/installations":
      return [{ id: 1 }];
    case "/app/installations/1/access_tokens":
      return { token: "ghs_bench", expires_at: inAnHour(), permissions: { issues: "write" } };
    case "/installation/repositories":
      return {
        repositories: [
          { id: 42, name: "misp-rfc", owner: { login: "MISP" }, private: false, default_branch: "main" },
        ],
      };
    case `${HERE}/issues`:
      return pageOf(Number(url.searchParams.get("page") ?? 1), proposals);
    default:
      return null;
  }
}

function pageOf(page: number, proposals: number) {
  const first = (page - 1) * PAGE + 1;
  const length = Math.max(0, Math.min(PAGE, proposals - first + 1));
  return Array.from({ length }, (_, index) => issueOf(first + index));
}

function inAnHour(): string {
  return instant(Date.now() + 3_600_000);
}

function issueOf(number: number) {
  const repository = `https://api.github.com${HERE}`;
  return {
    ...addresses(`${repository}/issues/${number}`, ["", "labels{/name}", "comments", "events", "timeline"]),
    repository_url: repository,
    html_url: `https://github.com/MISP/misp-rfc/issues/${number}`,
    id: 2_000_000 + number,
    number,
    title: `Proposal: the ${number}th format`,
    user: account("rafiot"),
    labels: [
      { id: 1, name: "proposal", color: "1d76db", default: false, url: `${repository}/labels/proposal` },
    ],
    state: "closed",
    closed_by: account("adulau"),
    comments: COMMENTS,
    created_at: LONG_AGO,
    updated_at: LONG_AGO,
    closed_at: LONG_AGO,
    author_association: "CONTRIBUTOR",
    body: `### Kind of proposal\n\nNew standard\n\n### Description\n\n${sentences(25)}`,
  };
}

function commentsOf(issue: number) {
  return Array.from({ length: COMMENTS }, (_, index) => ({
    ...addresses(`https://api.github.com${HERE}/issues/comments/${issue * 10 + index}`, ["", "reactions"]),
    html_url: `https://github.com/MISP/misp-rfc/issues/${issue}#issuecomment-${issue * 10 + index}`,
    id: issue * 10 + index,
    user: account("mallory"),
    created_at: LONG_AGO,
    updated_at: LONG_AGO,
    author_association: "MEMBER",
    body: sentences(6),
    performed_via_github_app: null,
  }));
}
