/**
 * The versions of a link's long state. A link says which it was written in, `#s1=...`; what has changed since is made
 * up for one version at a time. So that links keep working, a version is never edited: a change of the fields is a new
 * version, a function here from the one before, and a recorded link of that one in tests/web/links.json.
 */
export type Fields = Record<string, unknown>
/** From a version's fields to those of the next. */
export type Migration = (fields: Fields) => Fields

/** By the version they lead from. */
export const migrations: Readonly<Record<number, Migration>> = {
  // Before links had a long state, an address was a query alone: all that a link says now was as the page opens.
  0: () => ({}),
}

/** What links are written in. */
export const VERSION = 1

/** Fields of a version as those of the newest; the tables are told only by tests. */
export function upgrade(fields: Fields, from: number, table = migrations, to = VERSION): Fields {
  let now = fields
  for (let version = from; version < to; version++) {
    const next = table[version]
    if (!next) throw new Error(`There is no way from version ${version} of a link to the next`)
    now = next(now)
  }
  return now
}
