import { Octokit } from "@octokit/rest";
import { expect, test } from "vitest";
import { observe } from "../../src/github/observe.ts";
import { github, useNock } from "../support/nock.ts";
import { client, HERE, issueAnswer, quiet, REF } from "./support.ts";

useNock();

const OTHER = { owner: "MISP", name: "other", number: 12 };
const elsewhere = issueAnswer({ repository_url: "https://api.github.com/repos/MISP/other" });

test("a repository's installation is asked for once, as the App, and then used", async () => {
  const ours = client();
  github()
    .get("/repos/MISP/other/installation")
    .matchHeader("authorization", "token token-of-app")
    .once()
    .reply(200, { id: 8 });
  const issue = (path: string) =>
    github().get(path).matchHeader("authorization", "token token-of-8").reply(200, elsewhere);
  issue("/repos/MISP/other/issues/12");
  expect(await observe(ours, OTHER)).not.toBeNull();
  issue("/repos/misp/OTHER/issues/12");
  expect(await observe(ours, { owner: "misp", name: "OTHER", number: 12 })).not.toBeNull();
});

test("where the App is not installed, that is a failure, not a missing issue", async () => {
  github().get("/repos/MISP/other/installation").reply(404, { message: "Not Found" });
  const failed = observe(client(), OTHER);
  await expect(failed).rejects.toMatchObject({
    message: "The App is not installed on MISP/other",
    status: 404,
  });
});

test("an installation taken away is a failure, not a missing issue, and is looked up anew", async () => {
  let gone = true;
  const request = async () => {
    if (!gone) return new Octokit({ auth: "t", log: quiet }).request;
    const octokit = new Octokit({ auth: "t", log: quiet });
    // What the App's authentication does before the first request of an installation.
    octokit.hook.before("request", async () => {
      await new Octokit({ log: quiet }).request("POST /app/installations/{installation_id}/access_tokens", {
        installation_id: 7,
      });
    });
    return octokit.request;
  };
  const ours = client({ authenticate: async () => ({ request: await request() }) });
  github().post("/app/installations/7/access_tokens").reply(404, { message: "Not Found" });
  const failed = observe(ours, REF);
  await expect(failed).rejects.toMatchObject({
    status: null,
    message: expect.stringContaining("gives no access"),
  });
  gone = false;
  github().get(`${HERE}/installation`).reply(200, { id: 9 });
  github().get(`${HERE}/issues/12`).reply(200, issueAnswer());
  expect(await observe(ours, REF)).not.toBeNull();
});
