// The program panel as a person uses it.
import { copy } from "./browser.mjs"

export const editorOf = (page) => page.getByRole("textbox", { name: "Program" })

/** The lines that are on screen; programs of tests fit. */
export const textOf = (page) => editorOf(page).evaluate((element) => [...element.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\n"))

/** Pastes the whole text anew with a part of it replaced. */
export async function replace(page, from, to) {
  await copy(page, (await textOf(page)).replace(from, to))
  await editorOf(page).click()
  await page.keyboard.press("Control+a")
  await page.keyboard.press("Control+v")
}

export async function openProgram(browser, query = "?data=blobs&k=3&seed=1") {
  const page = await browser.open({ query })
  await editorOf(page).waitFor()
  return page
}
