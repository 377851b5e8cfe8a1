/** Ways in which GitHub, or a person, may mislead the App, for the tests of what it does then. */
import { GitHubFailure } from "../../src/reconcile/ports.ts";
import type { Committee } from "./committee.ts";

/** GitHub fails whenever a fact of this kind is asked for; the answer ends that. */
export function failingRead(committee: Committee, fact: string, status = 502): () => void {
  const read = committee.port.read;
  committee.port.read = async (ref, want) => {
    if (want.fact === fact) throw new GitHubFailure("GitHub answered 502", { status, retryAt: null });
    return read(ref, want);
  };
  return () => {
    committee.port.read = read;
  };
}

/** GitHub's list of comments stays as it is now; the answer ends that. */
export function oldComments(committee: Committee, keep: (text: string) => boolean = () => true): () => void {
  const { observe } = committee.port;
  const then = committee.world.comments.filter((each) => keep(each.body)).map((each) => each.id);
  committee.port.observe = async (ref) => {
    const now = await observe(ref);
    return now && { ...now, comments: now.comments.filter((each) => then.includes(each.id)) };
  };
  return () => {
    committee.port.observe = observe;
  };
}

/** The App's comments with a key, as they are. */
export const of = (committee: Committee, key: string) =>
  committee.world.comments.filter(
    (each) => each.byApp && each.body.startsWith(`<!-- secretariat:${key} -->`),
  );

/** GitHub fails once when it is asked for a fact. */
export function failOnce(committee: Committee, fact: string): void {
  const mend = failingRead(committee, fact);
  const failing = committee.port.read;
  committee.port.read = async (ref, want) => {
    if (want.fact === fact) mend();
    return failing(ref, want);
  };
}
