/** Which process holds a lease: `host pid nonce`, so that the next one can tell whether it is still there. */
import { randomUUID } from "node:crypto";
import { hostname } from "node:os";

export function newHolder(): string {
  return `${hostname()} ${process.pid} ${randomUUID()}`;
}

/**
 * Is the process behind a lease gone? SQLite's file belongs to one machine, so another host name is an earlier
 * container of ours; and our own pid with another nonce is an earlier run that had the same number.
 */
export function isGone(holder: string): boolean {
  const [host, pid] = holder.split(" ");
  return host !== hostname() || Number(pid) === process.pid || !isAlive(Number(pid));
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and belongs to somebody else.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
