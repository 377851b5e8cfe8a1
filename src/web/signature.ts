/** GitHub signs each delivery: https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries. */
import { createHmac, timingSafeEqual } from "node:crypto";

/** `sha256=` and the HMAC of the body in hexadecimal. */
const SIGNATURE = /^sha256=([0-9a-f]{64})$/;

/**
 * Was exactly this body signed with one of the secrets? There are two while a secret is being changed. How long the
 * answer takes says nothing about how much of a signature was right, nor with which secret.
 */
export function isSigned(
  body: Uint8Array,
  signature: string | undefined,
  secrets: readonly string[],
): boolean {
  const [, digest] = SIGNATURE.exec(signature ?? "") ?? [];
  if (digest === undefined) return false;
  const given = Buffer.from(digest, "hex");
  const fits = secrets.map((secret) =>
    timingSafeEqual(createHmac("sha256", secret).update(body).digest(), given),
  );
  return fits.includes(true);
}
