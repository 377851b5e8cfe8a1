/** GitHub as nock plays it: a test fails on a request that nobody expected, and on an expected one that never came. */
import nock from "nock";
import { afterEach, beforeEach, expect } from "vitest";

const API = "https://api.github.com";

/** To be called once in a test file, before its tests. */
export function useNock(): void {
  const unmatched: string[] = [];
  const note = (request: unknown) =>
    unmatched.push(request instanceof Request ? `${request.method} ${request.url}` : String(request));

  beforeEach(() => {
    if (!nock.isActive()) nock.activate();
    nock.disableNetConnect();
    nock.emitter.on("no match", note);
  });

  afterEach(() => {
    const pending = nock.pendingMocks();
    const strange = unmatched.splice(0);
    nock.emitter.off("no match", note);
    nock.abortPendingRequests();
    nock.cleanAll();
    nock.enableNetConnect();
    // The next file of this process has real servers to talk to.
    nock.restore();
    expect({ pending, strange }).toEqual({ pending: [], strange: [] });
  });
}

/** What GitHub is expected to be asked, and answers. */
export function github(options?: nock.Options): nock.Scope {
  return nock(API, options);
}
