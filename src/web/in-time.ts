/** Pages are answered soon, whatever they ask for. */

const MILLISECONDS = 2_000;

/** What comes of it within two seconds; null: it failed, or nothing came. */
export async function inTime<T>(work: Promise<T>): Promise<T | null> {
  const { promise: late, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(resolve, MILLISECONDS, null);
  try {
    return await Promise.race([work, late]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
