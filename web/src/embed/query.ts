/** What an embedding page asks of the frame in its address: how much of the page to show, and who sets the height. */

/** What `hide` can name: sections, as they are called in index.html, and the way to the export. */
export const parts = ["controls", "tools", "transport", "status", "chart", "program", "results", "export"]

/** The values of the other parameters, the default first. */
export const choices = {
  embed: ["0", "1"],
  ui: ["full", "plot", "min"],
  height: ["fill", "auto"],
  autoplay: ["0", "1"],
  lang: ["en", "de"],
}

/** What each `ui` leaves out. */
export const without: Record<string, string[]> = {
  full: [],
  plot: ["controls", "program", "results"],
  min: ["controls", "tools", "chart", "program", "results", "export"],
}

const asked = new URLSearchParams(location.search)
const chosen = (key: keyof typeof choices): string =>
  choices[key].find((value) => value === asked.get(key)) ?? choices[key][0]

const listed = (key: string): string[] => asked.get(key)?.split(/[ ,]+/) ?? []
/** What the address names to be hidden, and to be locked; not all of it may be something that can. */
export const hide = listed("hide")
export const lock = listed("lock")

/** How this page is framed; a value that is none is as good as absent (address.ts complains). */
export const embedding = {
  /** In course notes: no masthead, no reading column. */
  on: chosen("embed") === "1",
  ui: chosen("ui"),
  hidden: new Set([...without[chosen("ui")], ...hide]),
  /** The content sets the height and reports it, instead of filling the height it is given. */
  autoHeight: chosen("height") === "auto",
  /** What a viewer cannot change (lock.ts). */
  locked: new Set(lock),
  /** It runs by itself, once it is seen. */
  autoplay: chosen("autoplay") === "1",
  /** Not even an experiment does: on the page it runs when it is opened, in a frame when it is asked to. */
  still: asked.get("autoplay") === "0" || chosen("embed") === "1",
}
