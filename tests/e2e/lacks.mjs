// What is not tested in a browser, and why: of what a test needs, the reason to skip it.
const reasons = {
  firefox: {
    axe: "the same rules on the same page, in Chromium already",
    layoutShifts: "it does not report them",
    media: "Playwright emulates no media over BiDi",
    serviceWorkers: "Playwright cannot do this over BiDi",
    texts: "the same texts on the same page, in Chromium already",
    touch: "Playwright has no touch over BiDi",
  },
}

/** `{ skip: lacks.touch }` skips a test where there is no touch. */
export const lacks = reasons[process.env.BROWSER] ?? {}
