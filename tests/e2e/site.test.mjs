// The page in a folder of some site: it asks that folder alone, and says its address to those who are given a link to it.
import assert from "node:assert/strict"
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { after, test } from "node:test"
import { brotliDecompressSync, gunzipSync } from "node:zlib"
import { hurry, statusSays } from "./browser.mjs"
import { startHosts } from "./hosts.mjs"
import { lacks } from "./lacks.mjs"
import { serve } from "./serve.mjs"
import { folder, SITE, top } from "./site.mjs"

const { browser, server: hosts, close } = await startHosts()
const server = await serve(top)
/** Where the page is. */
const here = server.origin + new URL(SITE).pathname
browser.allow(here)
after(async () => {
  await close()
  server.close()
})

test("in a folder of a site every request stays in the folder", { skip: lacks.serviceWorkers }, async () => {
  const asked = new Set()
  const page = await browser.open({ address: here, serviceWorkers: "allow", onRequest: (url) => asked.add(url) })
  await hurry(page)
  await page.getByRole("button", { name: "Run", exact: true }).click()
  await statusSays(page, /converged/i)
  await page.getByLabel("Dataset", { exact: true }).selectOption("faithful")
  await statusSays(page, /^Start: 2/)
  for (const button of ["Export", "Embed"]) {
    await page.getByRole("button", { name: button }).click()
    await page.getByRole("dialog").waitFor()
    await page.keyboard.press("Escape")
  }
  await page.getByRole("heading", { name: "Try this" }).scrollIntoViewIfNeeded()
  await page.getByRole("link", { name: "Random points" }).first().waitFor()
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.goto(`${here}?lang=de&embed=1`)
  await page.getByRole("button", { name: "Starten", exact: true }).waitFor()
  assert.ok(asked.size > 15, [...asked].join())
  assert.deepEqual(browser.problems(), [])
})

test("the head leads to the picture and to what makes a link an embed", async () => {
  const page = await browser.open({ address: here })
  const head = await page.evaluate(() => {
    const attribute = (selector, name) => document.head.querySelector(selector)?.getAttribute(name)
    const property = (name) => attribute(`meta[property="og:${name}"]`, "content")
    return {
      canonical: attribute("link[rel=canonical]", "href"),
      oembed: attribute('link[type="application/json+oembed"]', "href"),
      url: property("url"),
      title: property("title"),
      image: property("image"),
      size: [Number(property("image:width")), Number(property("image:height"))],
    }
  })
  assert.deepEqual([head.canonical, head.url, head.oembed, head.image], [SITE, SITE, `${SITE}oembed.json`, `${SITE}preview.png`])
  const picture = readFileSync(join(folder, "preview.png"))
  assert.deepEqual(head.size, [picture.readUInt32BE(16), picture.readUInt32BE(20)])

  const answer = JSON.parse(readFileSync(join(folder, "oembed.json"), "utf8"))
  assert.deepEqual([answer.version, answer.type, answer.provider_url, answer.thumbnail_url], ["1.0", "rich", SITE, head.image])
  // What it gives to paste is a frame with the page, which is there.
  const html = answer.html.replace(SITE, here)
  await page.goto(`${hosts.origin}/iframe.html?snippet=${encodeURIComponent(html)}`)
  const frame = page.locator("iframe")
  assert.deepEqual(await frame.evaluate(({ title, width, height }) => [title, Number(width), Number(height)]), [head.title, answer.width, answer.height])
  await frame.contentFrame().locator("html[data-embed] #transport .primary:enabled").waitFor()
  assert.deepEqual(browser.problems(), [])
})

test("each file has copies that a host can send compressed", () => {
  const files = readdirSync(folder, { recursive: true }).map((name) => join(folder, name)).filter((name) => statSync(name).isFile() && !/\.(br|gz)$/.test(name))
  assert.ok(files.length > 20)
  for (const file of files) {
    const bytes = readFileSync(file)
    assert.ok(brotliDecompressSync(readFileSync(`${file}.br`)).equals(bytes), file)
    assert.ok(gunzipSync(readFileSync(`${file}.gz`)).equals(bytes), file)
  }
  assert.equal(existsSync(join(folder, "index.html.br.gz")), false)
})
