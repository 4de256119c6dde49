// Takes the picture that stands for the page in chats and feeds: `make preview` writes web/public/preview.png. It is
// kept in the repository: the fonts of another machine would make another.
import { join } from "node:path"
import { hurry, root, startBrowser, statusSays } from "./browser.mjs"

const browser = await startBrowser()
try {
  const page = await browser.open({ query: "?embed=1&ui=plot&data=anisotropic&k=3&seed=4&theme=light", width: 1200, height: 630, ready: false })
  await page.getByRole("button", { name: "Run", exact: true }).and(page.locator(":enabled")).waitFor()
  await hurry(page)
  await page.getByRole("button", { name: "Run", exact: true }).click()
  await statusSays(page, /converged/i)
  await page.waitForLoadState("networkidle")
  await page.waitForTimeout(500)
  await page.screenshot({ path: join(root, "web/public/preview.png") })
} finally {
  await browser.close()
}
