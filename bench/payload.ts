/** Deliveries as GitHub sends them: a comment on an issue, about as long as the real ones, signed. */
import { createHmac } from "node:crypto";

/** The body of an `issue_comment` event: the fields and addresses that GitHub sends, about 11 KB. */
export function commentPayload(repository: string, issue: number): string {
  const [owner = "", name = ""] = repository.split("/");
  const repo = `https://api.github.com/repos/${repository}`;
  const here = `${repo}/issues/${issue}`;
  const page = `https://github.com/${repository}/issues/${issue}`;
  return JSON.stringify({
    action: "created",
    issue: {
      ...addresses(here, ["", "labels{/name}", "comments", "events", "timeline", "reactions"]),
      id: 2_000_000 + issue,
      number: issue,
      title: `Proposal: a format, the ${issue}th`,
      html_url: page,
      user: account("rafiot"),
      labels: [{ id: 1, name: "proposal", color: "1d76db", default: false, url: `${repo}/labels/proposal` }],
      state: "open",
      comments: 3,
      created_at: "2026-11-01T09:00:00Z",
      updated_at: "2026-11-20T09:00:00Z",
      author_association: "CONTRIBUTOR",
      body: `### Kind of proposal\n\nNew standard\n\n### Description\n\n${sentences(10)}`,
    },
    comment: {
      ...addresses(`${repo}/issues/comments/${9_000_000 + issue}`, ["", "reactions"]),
      id: 9_000_000 + issue,
      html_url: `${page}#issuecomment-${9_000_000 + issue}`,
      user: account("mallory"),
      created_at: "2026-11-20T09:00:00Z",
      updated_at: "2026-11-20T09:00:00Z",
      author_association: "MEMBER",
      body: sentences(4),
    },
    repository: {
      ...addresses(repo, REPOSITORY_ADDRESSES),
      id: 42,
      name,
      full_name: repository,
      private: false,
      owner: account(owner),
      html_url: `https://github.com/${repository}`,
      default_branch: "main",
    },
    organization: { login: owner, id: 7, ...addresses(`https://api.github.com/orgs/${owner}`, ORGANIZATION) },
    sender: account("mallory"),
    installation: { id: 4_200_420, node_id: "MDIzOkludGVncmF0aW9uSW5zdGFsbGF0aW9u" },
  });
}

export function signatureOf(body: string, secret: string): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}

const ACCOUNT = "followers following{/other_user} gists{/gist_id} starred{/owner}{/repo} subscriptions".split(
  " ",
);
const ORGANIZATION = "repos events hooks issues members{/member} public_members{/member}".split(" ");
const REPOSITORY_ADDRESSES = (
  "forks keys{/key_id} collaborators{/collaborator} teams hooks issues/events{/number} events assignees{/user} " +
  "branches{/branch} tags git/blobs{/sha} git/tags{/sha} git/refs{/sha} git/trees{/sha} statuses/{sha} languages " +
  "stargazers contributors subscribers subscription commits{/sha} git/commits{/sha} comments{/number} " +
  "issues/comments{/number} contents/{+path} compare/{base}...{head} merges {archive_format}{/ref} downloads " +
  "issues{/number} pulls{/number} milestones{/number} notifications{?since,all,participating} labels{/name} " +
  "releases{/id} deployments"
).split(" ");

export function account(login: string) {
  const at = `https://api.github.com/users/${login}`;
  return { login, id: 1_000, type: "User", site_admin: false, ...addresses(at, ["", ...ACCOUNT]) };
}

/** `labels{/name}` becomes `labels_url`: GitHub sends dozens of them. */
export function addresses(base: string, paths: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    paths.map((path) => [path === "" ? "url" : `${path.replace(/[^a-z]+/g, "_")}_url`, `${base}/${path}`]),
  );
}

export function sentences(count: number): string {
  return "A sighting carries its time, its source, and how often the indicator was seen. ".repeat(count);
}
