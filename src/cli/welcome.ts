/** What a newcomer reads and finds when the App starts in its sandbox. */
import { docketPath } from "../proposal/docket.ts";
import { type Instant, inWords } from "../proposal/instant.ts";

/** A proposal as the issue form makes it, complete enough to be assessed. */
export const SAMPLE_PROPOSAL = {
  title: "Proposal: A format for sharing the tags of a community",
  labels: ["proposal"],
  body: `### Kind of proposal

New standard

### Short name

misp-tag-format

### Description

Communities label what they share with tags, and each writes down its tags in a way of its own. This proposal describes one
small JSON format for a list of tags, so that they can be exchanged, reviewed and kept under version control.

### Objectives

Tags written by one community can be read by any other, without a tool in between and without loss of meaning.

### Technical specification

A tag list is a JSON object with two members. \`name\` is a string that names the community. \`tags\` is an array of objects,
each with a \`value\` that is unique within the list, a \`description\` for people, and optionally a \`colour\` of six hexadecimal digits.
`,
} as const;

export type Welcome = {
  readonly seconds: number;
  readonly githubUrl: string;
  readonly appUrl: string;
  readonly now: Instant;
  readonly proposal: number;
};

/** A few lines: what runs where, and a proposal's whole life in commands to paste. */
export function welcomeText({ seconds, githubUrl, appUrl, now, proposal }: Welcome): string {
  const comments = `$API/issues/${proposal}/comments`;
  const docket = docketPath({ owner: "MISP", name: "misp-rfc", number: proposal });
  // Raw: the backslashes are the shell's.
  return String.raw`Secretariat is ready, after ${seconds.toFixed(1)} s.

  GitHub   ${githubUrl}   a sandbox in memory: the organization MISP with misp-rfc and misp-standard.org
  The App  ${appUrl}   the App itself, as it runs in production
  Date     ${inWords(now)}   in the sandbox, where it can be turned forward

rafiot has proposed a standard there: MISP/misp-rfc#${proposal}. To play its life, in another terminal (bash):

  API=${githubUrl}/repos/MISP/misp-rfc
  read_comments() { curl -s $API/issues/${"$"}{1:-${proposal}}/comments | node -p 'JSON.parse(fs.readFileSync(0)).map(c => c.body).join("\n\n----\n\n")'; }
  by() { local who=$1; shift; curl -s -o /dev/null -w "%{http_code}\n" -H "Authorization: token $who" "$@"; sleep 1; }
  turn_clock() { curl -s -w "\n" ${githubUrl}/_sandbox/clock -d "{\"forward\": \"$1\"}"; sleep 5; }

  # What the App has written so far. Then a reviewer accepts: the comment period opens.
  read_comments
  by iglocska ${comments} -d '{"body": "/accept"}'
  # It ends, and the ballot opens: members vote with reactions on the App's comment.
  turn_clock "31 days"
  BALLOT=$(curl -s ${comments} | node -p 'JSON.parse(fs.readFileSync(0)).find(c => c.body.startsWith("<!-- secretariat:ballot ")).id')
  for who in adulau iglocska chrisr3d; do by $who $API/issues/comments/$BALLOT/reactions -d '{"content": "+1"}'; done
  # The ballot ends, and its votes are looked at twice, minutes apart: the decision, and two pull requests. A maintainer
  # merges both: the standard is published.
  turn_clock "15 days"; turn_clock "10 minutes"
  first_pull() { curl -s $1/pulls | node -p 'JSON.parse(fs.readFileSync(0))[0].number'; }
  SITE=${githubUrl}/repos/MISP/misp-standard.org
  for at in $API $SITE; do by cedric -X PUT $at/pulls/$(first_pull $at)/merge -d '{}'; done
  read_comments
  # The official record of all that, and whether it holds (in the project's folder).
  curl -s "$API/contents/${docket}?ref=dockets" | node -p 'Buffer.from(JSON.parse(fs.readFileSync(0)).content, "base64").toString()'
  npm run verify -- MISP/misp-rfc
  # A proposal of your own, as from the form: the App says what is missing.
  PROPOSED='{"title": "A proposal", "labels": ["proposal"], "template": "proposal.yml", "body": "## Description\n\nTo be written."}'
  NUMBER=$(curl -s -H "Authorization: token rafiot" $API/issues -d "$PROPOSED" | node -p 'JSON.parse(fs.readFileSync(0)).number'); sleep 2
  read_comments $NUMBER

${githubUrl}/_sandbox/people lists who there is; a login is its own token. Ctrl+C stops everything.
`;
}
