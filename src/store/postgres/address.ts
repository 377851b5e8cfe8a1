/** A database's address, `postgres://USER:PASSWORD@HOST:PORT/DATABASE`. */

/** What people may read of it: the database's name and place, without what opens it. */
export function databaseName(url: string): string {
  const { pathname, host } = new URL(url);
  return `the database ${pathname.slice(1)} at ${host}`;
}

/** The address with settings for each session added to those that it has. */
export function withSettings(url: string, settings: Readonly<Record<string, string | number>>): string {
  const address = new URL(url);
  const added = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  const given = address.searchParams.get("options");
  address.searchParams.set("options", [...(given === null ? [] : [given]), ...added].join(" "));
  // As a form, a space would be a plus, which PostgreSQL's addresses do not know.
  address.search = address.search.replaceAll("+", "%20");
  return address.href;
}
