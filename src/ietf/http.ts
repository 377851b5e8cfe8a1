/** Requests to the IETF's services, with a limit on time and on size. */

export type BoundedAnswer = { readonly status: number; readonly text: string } | { readonly failed: string };

export type Bounds = {
  readonly timeoutMs: number;
  readonly mostBytes: number;
  readonly accept: string;
};

/** Reads one address; tries once more where the service failed at once. Never throws. */
export async function boundedGet(url: string, bounds: Bounds): Promise<BoundedAnswer> {
  const first = await boundedFetch(url, { headers: { accept: bounds.accept } }, bounds);
  const worthAnother = "status" in first && first.status >= 500;
  return worthAnother ? boundedFetch(url, { headers: { accept: bounds.accept } }, bounds) : first;
}

/** One request, never repeated. `failed` says why there is no answer, as the end of a sentence. Never throws. */
export async function boundedFetch(url: string, init: RequestInit, bounds: Bounds): Promise<BoundedAnswer> {
  const { timeoutMs, mostBytes } = bounds;
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, { ...init, signal });
    const bytes = await boundedBytes(response, mostBytes);
    if (bytes === null) return { failed: `its answer was longer than ${mostBytes} bytes` };
    return { status: response.status, text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch (error) {
    if (signal.aborted) return { failed: `it did not answer within ${timeoutMs / 1000} seconds` };
    return { failed: inWords(error) };
  }
}

async function boundedBytes(response: Response, most: number): Promise<Uint8Array | null> {
  if (response.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop early cancels the rest of the answer.
  for await (const chunk of response.body) {
    size += chunk.length;
    if (size > most) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function inWords(error: unknown): string {
  if (error instanceof TypeError && error.message.includes("encoded data")) return "its answer was not UTF-8";
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : null;
  return code === null ? "the connection failed" : `the connection failed (${code})`;
}
