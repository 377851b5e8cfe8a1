/** What becomes of the branch `dockets` as a whole, and of one file on it: by the App's hand, and by others'. */
import { commit, type DocketBranch, type DocketFile, filesOf, hasText } from "./dockets.ts";
import { change } from "./timeline.ts";
import type { Thread, World } from "./world.ts";

/** A file is changed, by whomever. Answers the commit. */
export function putFile(world: World, thread: Thread, file: DocketFile): string {
  change(thread.file, file, world.now);
  return commit(world.dockets, thread.number, { file });
}

/** Somebody with write access changes a docket. */
export function tamper(world: World, thread: Thread, file: DocketFile, how: string): void {
  putFile(world, thread, file);
  thread.deeds.push({ at: world.now, kind: "tampered", how });
}

/** Somebody deletes the branch. */
export function deleteBranch(world: World): void {
  world.dockets.head = null;
  for (const thread of world.threads.values()) {
    if (thread.file.now === null) continue;
    change(thread.file, null, world.now);
    thread.deeds.push({ at: world.now, kind: "tampered", how: "the branch was deleted" });
  }
}

/** The branch is made again where it ended at a commit: every docket is as it was then. */
export function branchFrom(world: World, head: DocketBranch["head"]): void {
  world.dockets.head = head;
  for (const thread of world.threads.values()) {
    const [file = null] = filesOf(head, thread.number);
    if (file === thread.file.now) continue;
    change(thread.file, file, world.now);
    const kind = file === thread.written ? "mended" : "tampered";
    thread.deeds.push({ at: world.now, kind, how: "the branch was brought back" });
  }
}

/** Somebody who has a clone pushes back what the App wrote last. */
export function putBack(world: World, thread: Thread): void {
  for (const text of thread.texts.values())
    if (!hasText(world.dockets, thread.number, text)) commit(world.dockets, thread.number, { text });
  if (thread.written === null || thread.file.now === thread.written) return;
  putFile(world, thread, thread.written);
  thread.deeds.push({ at: world.now, kind: "mended", how: "somebody put the docket back" });
}

/** Whether the docket stands as the App wrote it last. */
export function isWhole({ file, written }: Thread): boolean {
  return file.now === written;
}

/** Whether every text that was kept beside the docket is still there. */
export function hasTexts({ dockets }: World, { number, texts }: Thread): boolean {
  return texts.values().every((text) => hasText(dockets, number, text));
}
