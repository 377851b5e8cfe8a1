import { createHash } from "node:crypto";

/** SHA-256 in hex: the simulation's own, so that it need not believe the App's. */
export function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
