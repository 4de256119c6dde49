/** The pieces of Python that scripts are put together from, each a file of its own that Python can read. */
const files = import.meta.glob<string>("./python/**/*.py", { query: "?raw", import: "default", eager: true })

/** A condition that lines of a piece can be marked with: `moves = 0  #: min_size`. */
export type Flags = Record<string, boolean>

/** A piece, e.g. `distance/cosine`, without the lines whose marks do not all hold. */
export function part(name: string, flags: Flags = {}): string {
  const text = files[`./python/${name}.py`]
  if (text === undefined) throw new Error(`There is no piece ${name}`)
  return text
    .split("\n")
    .flatMap((line) => {
      const [code, marks] = line.split("  #: ")
      return marks?.split(" ").every((mark) => flags[mark]) === false ? [] : [code]
    })
    .join("\n")
    .trim()
}
