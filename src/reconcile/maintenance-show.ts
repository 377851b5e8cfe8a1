/** The maintenance issue as it should be, and the answers on it. */
import {
  announcedIn,
  announcements,
  MAINTENANCE_TITLE,
  type MaintenanceView,
  maintenanceBody,
  renewRefusal,
  saysSomething,
} from "../messages/maintenance.ts";
import type { ProposalRef, Repository } from "../proposal/facts.ts";
import { after, earliest, type Instant, instant, SETTLING } from "../proposal/instant.ts";
import { MAINTENANCE_KEY, replyKey, withKey } from "../proposal/keys.ts";
import { NOT_RENEWING, RENEWING } from "../publication/maintenance/renewals.ts";
import type { DeskPort, MaintenancePorts, OwnIssue } from "./maintenance-ports.ts";
import type { Answer } from "./maintenance-tend.ts";
import type { StorePort } from "./ports.ts";
import { subjectKey } from "./subjects.ts";

type ShowPorts = Pick<MaintenancePorts, "desk" | "store">;

/**
 * One issue, brought up to date where it differs, closed when nothing is left. One that was closed by hand is not followed by
 * another until there is something new to tell. Answers when an absence that is not believed yet is to be looked at again.
 */
export async function showIssue(
  ports: ShowPorts,
  home: Repository,
  own: readonly OwnIssue[],
  view: MaintenanceView,
  now: Instant,
): Promise<Instant | null> {
  const [current, ...spare] = own.filter(({ state }) => state === "open");
  for (const issue of spare) await ports.desk.changeIssue(issue.ref, { ...issue, state: "closed" });
  if (current !== undefined) {
    await bringUpToDate(ports.desk, current, view);
    return null;
  }
  const told = announcedIn(own.at(-1)?.body ?? "");
  if (!saysSomething(view) || announcements(view).every((each) => told.has(each))) return null;
  return begin(ports, home, view, now);
}

async function bringUpToDate(desk: DeskPort, current: OwnIssue, view: MaintenanceView): Promise<void> {
  const wanted = textOf(view);
  const state = saysSomething(view) ? "open" : "closed";
  const isSame = current.title === wanted.title && plain(current.body) === plain(wanted.body);
  if (!isSame || state === "closed") await desk.changeIssue(current.ref, { ...wanted, state });
}

/** A list of issues can be minutes old: one that was opened just now is not opened again. */
async function begin(
  { desk, store }: ShowPorts,
  home: Repository,
  view: MaintenanceView,
  now: Instant,
): Promise<Instant | null> {
  const note = `maintenance issue ${subjectKey({ kind: "maintenance", repository: home })}`;
  const believedAt = await justDone(store, note, now);
  if (believedAt !== null) return believedAt;
  await store.remember(note, now);
  await desk.openIssue(home, textOf(view));
  return null;
}

function textOf(view: MaintenanceView): { readonly title: string; readonly body: string } {
  return { title: MAINTENANCE_TITLE, body: withKey(MAINTENANCE_KEY, maintenanceBody(view)) };
}

/** Until when something that the App did a moment ago may not be seen yet; null: it would be seen by now. */
async function justDone(
  store: Pick<StorePort, "recall">,
  note: string,
  now: Instant,
): Promise<Instant | null> {
  const before = await store.recall(note);
  if (before === null) return null;
  const believedAt = after(instant(before), SETTLING);
  return now < believedAt ? believedAt : null;
}

/**
 * Each request is answered once: with a reaction, and a refusal with a word as well. Answers when one that an earlier pass may
 * have answered is to be looked at again.
 */
export async function answerAll(
  { github, store }: Pick<MaintenancePorts, "github" | "store">,
  issue: ProposalRef,
  answers: readonly Answer[],
  now: Instant,
): Promise<Instant | null> {
  let dueAt: Instant | null = null;
  for (const { request, refusal } of answers) {
    const { comment, isAcknowledged, by } = request;
    if (refusal === null && isAcknowledged) continue;
    const note = `renewal answered ${subjectKey({ kind: "proposal", ref: issue })} ${comment}`;
    const believedAt = await justDone(store, note, now);
    dueAt = earliest([dueAt, believedAt]);
    if (believedAt !== null) continue;
    await store.remember(note, now);
    const content = refusal === null ? RENEWING : NOT_RENEWING;
    await github.act(issue, { do: "acknowledge", comment, content });
    if (refusal === null) continue;
    const key = replyKey(comment);
    await github.act(issue, { do: "create comment", key, body: withKey(key, renewRefusal(by, refusal)) });
  }
  return dueAt;
}

/** Line ends and the space around a text are not a person's change. */
function plain(body: string): string {
  return body.replaceAll("\r\n", "\n").trim();
}
