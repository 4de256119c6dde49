/** The language of the page, and its texts in it. */

export type Language = "en" | "de"

/** As the address asks. Not as the browser prefers: a page of a course looks the same to all who read it. */
export const language: Language = new URLSearchParams(location.search).get("lang") === "de" ? "de" : "en"

/** The names in braces of a text. */
type Names<T> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never
type Values<T> = Record<Names<T>, string | number>

const numbers = new Intl.NumberFormat(language)

/** 12345.5 as "12,345.5", with at most three decimals. */
export const written = (n: number): string => numbers.format(n)

let translate = (text: string): string => text

/** Loads the language, if it is not English; until then the page shows no text, and without it English ones. */
export async function speak(): Promise<void> {
  if (language === "en") return
  const { style } = document.documentElement
  style.visibility = "hidden"
  try {
    translate = (await import("./speak")).speak()
  } catch {
    // The page is as good in English.
  }
  style.visibility = ""
}

/** A text of en.ts, or of the tables, in the language of the page. Numbers are written as it writes them. */
export function t<const T extends string>(text: T, ...[values]: [Names<T>] extends [never] ? [] : [Values<T>]): string {
  const said = translate(text)
  if (!values) return said
  const given: Record<string, string | number> = values
  const [one, others] = said.split("|")
  return (others && given.n !== 1 ? others : one).replace(/{(\w+)}/g, (_, name) =>
    typeof given[name] === "number" ? written(given[name]) : given[name],
  )
}
