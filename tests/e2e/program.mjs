// The program panel as a person uses it.

export const editorOf = (page) => page.getByRole("textbox", { name: "Program" })

/** The lines that are on screen; programs of tests fit. */
export const textOf = (page) => editorOf(page).evaluate((element) => [...element.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\n"))

/** Types the whole text anew with a part of it replaced. */
export async function replace(page, from, to) {
  await editorOf(page).click()
  const text = (await textOf(page)).replace(from, to)
  await page.keyboard.press("Control+a")
  await page.keyboard.insertText(text)
}

export async function openProgram(browser, query = "?data=blobs&k=3&seed=1") {
  const page = await browser.open({ query })
  await editorOf(page).waitFor()
  return page
}
