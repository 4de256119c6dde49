// State in the address: a link opens the very picture it was made from, and a hostile one only says so.
import assert from "node:assert/strict"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { after, beforeEach, test } from "node:test"
import { deflateRawSync } from "node:zlib"
import { hurry, paste, root, setNumber, startBrowser, statusSays, watchClipboard } from "./browser.mjs"
import { lacks } from "./lacks.mjs"

const browser = await startBrowser()
after(browser.close)
beforeEach(() => browser.fresh())

const pack = (fields) => `#s1=${deflateRawSync(typeof fields === "string" ? fields : JSON.stringify(fields)).toString("base64url")}`
const slider = (page) => page.getByRole("slider", { name: "Iteration" })
const programOf = (page) => page.getByRole("textbox", { name: "Program" }).evaluate((editor) => [...editor.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\n").trimEnd())

/** Copies the link as a person would; where there is no clipboard it is shown. */
async function copyLink(page) {
  await watchClipboard(page)
  await page.getByRole("button", { name: "Copy link" }).click()
  await page.getByRole("button", { name: "Copied" }).waitFor()
  return page.evaluate(() => window.copied)
}

/** All that shows which picture it is: pixels, centroids, numbers, texts. */
async function picture(page) {
  // Of a page behind another Chromium takes four seconds to make a screenshot.
  await page.bringToFront()
  await page.mouse.move(2, 2)
  await page.evaluate(() => document.activeElement?.blur())
  await page.waitForTimeout(400)
  const shown = await page.evaluate(() => ({
    // Whether the step was a whole iteration or its last half is told apart here only.
    status: document.querySelector("#status").textContent.replace(/^(Iteration \d+)(, update)?: .*?(inertia [\d.]+\d).*$/, "$1: $3"),
    moment: document.querySelector(".moment").textContent,
    step: document.querySelector("#iteration").value,
    made: document.querySelector("#iteration").max,
    centroids: [...document.querySelectorAll(".centroid")].map((handle) => handle.style.transform || handle.style.cssText),
    results: document.querySelector("#results").innerText,
    speed: document.querySelector("#speed").value,
    toggles: [...document.querySelectorAll(".toggles input")].map((input) => input.checked),
  }))
  return { ...shown, program: await programOf(page), pixels: (await page.locator("#picture").screenshot()).toString("base64") }
}

/** The largest difference of two pictures in one channel. */
async function mostApart(pictures) {
  const [a, b] = await Promise.all(pictures.map(async (text) => {
    const image = new Image()
    image.src = `data:image/png;base64,${text}`
    await image.decode()
    const context = new OffscreenCanvas(image.width, image.height).getContext("2d")
    context.drawImage(image, 0, 0)
    return context.getImageData(0, 0, image.width, image.height)
  }))
  if (a.width !== b.width || a.height !== b.height) return 255
  return a.data.reduce((most, value, i) => Math.max(most, Math.abs(value - b.data[i])), 0)
}

async function opensTheSame(page) {
  const expected = await picture(page)
  const link = await copyLink(page)
  const other = await browser.open({ address: link })
  await other.locator(`#iteration[max="${expected.made}"]`).waitFor()
  await other.waitForFunction((step) => document.querySelector("#iteration").value === step, expected.step)
  const found = await picture(other)
  const { pixels: a, ...texts } = expected
  const { pixels: b, ...others } = found
  assert.deepEqual(others, texts)
  // A centroid's number is text, and may be drawn a shade apart.
  const apart = await page.evaluate(mostApart, [a, b])
  assert.ok(apart <= 4, `a pixel is ${apart} levels apart`)
  assert.deepEqual(browser.problems(), [])
  return link
}

test("a link opens the exact picture at the exact half-step", async () => {
  const page = await browser.open({ query: "?data=unequal_variance&k=4&seed=3" })
  for (const _ of "1234567") await page.getByRole("button", { name: "Half step" }).click()
  await page.waitForFunction(() => document.querySelector("#iteration").max === "7")
  await page.getByRole("button", { name: "Back", exact: true }).click()
  await page.getByRole("button", { name: "Back", exact: true }).click()
  await page.getByRole("button", { name: "Zoom in" }).click()
  await page.getByLabel("Trails").uncheck()
  const link = await opensTheSame(page)
  assert.match(link, /\?data=unequal_variance&k=4&seed=3#s1=/)

  // Of a race the best is shown; of data with more columns another plane.
  await page.goto(`${browser.origin}/?data=iris&restarts=8&init=random`)
  await statusSays(page, /Start: 3/)
  await hurry(page)
  await page.getByRole("button", { name: "Run", exact: true }).click()
  await statusSays(page, /Best of 8/)
  await page.getByLabel("X axis").selectOption("2")
  await opensTheSame(page)
})

test("a link carries dragged centroids, points of one's own, and a text that says no more than its values", async () => {
  const page = await browser.open({ query: "?data=penguins" })
  await paste(page, 'flipper,"bill, ""depth""",kind\n1.25,2.5,a\n0.1,0.30000000000000004,b\n8,9,a\n9,8.5,b\n9.5,9,b\n1,1,"x, y"')
  await statusSays(page, /Start: 3 centroids/)
  await setNumber(page.getByRole("spinbutton", { name: "k", exact: true }), 2)
  await statusSays(page, /Start: 2 centroids/)
  await page.getByRole("textbox", { name: "Program" }).click()
  await page.keyboard.press("Control+End")
  await page.keyboard.type("\n# mine")
  await page.getByRole("button", { name: "Centroid 1" }).first().focus()
  await page.keyboard.press("Shift+ArrowRight")
  await page.keyboard.press("Enter")
  await statusSays(page, /placed by hand|Iteration|Converged/)
  await page.getByRole("button", { name: "Reset", exact: true }).click()
  await page.getByRole("button", { name: "Step", exact: true }).click()
  await statusSays(page, /Iteration 1: |Converged/)
  await opensTheSame(page)
  // What a reload would lose is in the address itself, too.
  await page.waitForFunction(() => location.hash.startsWith("#s1="))
  const before = await picture(page)
  await page.reload()
  await page.locator(`#iteration[max="${before.made}"]`).waitFor()
  assert.deepEqual({ ...(await picture(page)), pixels: "" }, { ...before, pixels: "" })
})

test("a program of a link is shown, and runs when a person says so", async () => {
  const program = 'k = 2\n\ndef distance(x, c):    # <img src=x onerror=alert(1)>\n    return np.abs(x - c).max(-1) + 0.5\n'
  const address = `${browser.origin}/?k=2&autoplay=1${pack({ program, step: 3 })}`
  const page = await browser.open({ address })
  const notice = page.getByText("This link came with a program of its own.")
  await notice.waitFor()
  assert.equal(await programOf(page), program.trimEnd())
  await page.waitForTimeout(500)
  assert.equal(await slider(page).inputValue(), "0")
  await statusSays(page, /Start: 2/)
  await page.getByRole("button", { name: "Run it to half-step 3" }).click()
  await statusSays(page, /Iteration 2, assign/)
  assert.equal(await slider(page).inputValue(), "3")
  assert.equal(await notice.count(), 0)
  assert.deepEqual(browser.problems(), [])
  // The same by the button of the transport, from the start.
  await page.goto("about:blank")
  await page.goto(address)
  await notice.waitFor()
  await page.getByRole("button", { name: "Half step" }).click()
  await statusSays(page, /Iteration 1, assign/)
  assert.equal(await notice.count(), 0)
})

test("step alone freezes a run, and the hash of a link goes when it is no longer true", async () => {
  const page = await browser.open({ query: `?k=4&step=3${pack({ speed: 8 })}` })
  await statusSays(page, /Iteration 2, assign/)
  assert.equal(await page.getByLabel("Speed", { exact: true }).inputValue(), "8")
  await page.waitForTimeout(500)
  assert.match(await page.evaluate(() => location.search + location.hash), /^\?k=4&step=3#s1=/)
  await page.getByRole("button", { name: "Half step" }).click()
  await page.waitForFunction(() => location.search === "?k=4" && location.hash === "")
  // Another link, put into the address of the open page.
  await page.evaluate((hash) => { location.hash = hash }, pack({ step: 2, speed: 16 }))
  await statusSays(page, /Iteration 1, update/)
  assert.equal(await page.getByLabel("Speed", { exact: true }).inputValue(), "16")
  // In a page of its own: this one is about to write its address, which Firefox may take for a navigation.
  await statusSays(await browser.open({ query: "?step=100000", ready: false }), /Converged/)
  assert.deepEqual(browser.problems(), [])
})

test("own data that do not fit are left out, and the link says so", async () => {
  const page = await browser.open()
  const rows = Array.from({ length: 20_000 }, (_, i) => `${Math.sin(i) * 1e3},${Math.cos(7 * i)},${Math.tan(i)}`)
  await paste(page, `x,y,z\n${rows.join("\n")}`)
  await page.getByText(/20,000 points/).first().waitFor()
  await page.getByRole("button", { name: "Copy link" }).click()
  const dialog = page.getByRole("dialog", { name: "A link to this" })
  await dialog.getByText(/leaves out your own data \(20,000 points\)/).waitFor()
  await page.keyboard.press("Escape")
  assert.equal(await dialog.isVisible(), false)
})

test("hostile links are refused in words, and the page works", async () => {
  const folder = join(root, "tests/fuzz/seeds/hash")
  const seeds = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"))
  assert.ok(seeds.length >= 18)
  const many = `#${Array.from({ length: 20_000 }, (_, i) => `a${i}=1`).join("&")}`
  const bomb = pack(" ".repeat(50e6))
  assert.ok(bomb.length < 65_536)
  // Each as it is, and in the place of a long state.
  const hashes = [...seeds, many, bomb, bomb.replace("#s1=", "#code="), ...seeds.slice(0, 3).map((seed) => `#s1=${seed.slice(1)}`), "#s2=AAAA", pack("[]")]
  const long = [
    { k: 1e9, step: -1, seed: "18446744073709551616", start: [1, 2, 3], data: "<img src=x onerror=alert(1)>" },
    { program: "import os\nos.system('x')\n", step: 5 },
    { own: { name: "<img src=x onerror=alert(1)>", csv: "x,y\n1,Infinity\n", columns: ["x", "y"], label: "" } },
    { own: { name: "a", csv: "x\n1\n2\n", columns: ["__proto__"], label: "" }, start: [1e308], zoom: [1e9, 0, 0], plane: [7, 9] },
    JSON.parse('{"__proto__": {"k": 5}, "constructor": 1}'),
  ]
  const page = await browser.open()
  page.on("dialog", () => assert.fail("a script ran"))
  for (const hash of [...hashes, ...long.map(pack)]) {
    await page.goto("about:blank")
    // Without editor and chart it is there sooner; what is wrong with a text is said beside it.
    const text = hash === pack(long[1])
    await page.goto(`${browser.origin}/${text ? "" : "?embed=1&ui=min"}${hash}`)
    await page.locator("#transport .primary:enabled").waitFor()
    await statusSays(page, /Start: 3/)
    const said = text ? page.getByRole("group", { name: "Problems in the program" }) : page.getByRole("alert").first()
    if (hash.includes("=")) assert.match(await said.textContent(), /not understood|could not|import/, hash.slice(0, 80))
    assert.equal(await page.locator("img[src=x]").count(), 0)
    const failed = browser.problems()
    assert.deepEqual(failed, [], hash.slice(0, 80))
  }
})

test("a printed page says the link that opens what it shows", { skip: lacks.media }, async () => {
  /** What stands on paper: a browser tells the page before it lays it out for that. */
  const printed = async (page) => {
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")))
    await page.emulateMedia({ media: "print" })
    const { width, height } = await page.locator("#picture").boundingBox()
    assert.ok(width > 300 && height > 200, `the picture is ${width} x ${height}`)
    assert.equal(await page.getByRole("button", { name: "Copy link" }).isVisible(), false)
    const link = page.locator("#address a")
    assert.equal(await link.isVisible(), true)
    const address = await link.textContent()
    await page.emulateMedia({ media: "screen" })
    return address
  }
  const placed = async (page) => {
    const { step, made, centroids, status } = await picture(page)
    return { step, made, centroids, status }
  }
  const page = await browser.open()
  for (const _ of "123") await page.getByRole("button", { name: "Half step" }).click()
  await page.waitForFunction(() => document.querySelector("#iteration").value === "3")
  const other = await browser.open({ address: await printed(page) })
  await other.waitForFunction(() => document.querySelector("#iteration").value === "3")
  assert.deepEqual(await placed(other), await placed(page))

  // With a centroid placed by hand, a closer look and a half-step back.
  await page.getByRole("button", { name: "Centroid 1" }).first().focus()
  await page.keyboard.press("Shift+ArrowRight")
  await page.keyboard.press("Enter")
  await statusSays(page, /Iteration|Converged/)
  await page.getByRole("button", { name: "Zoom in" }).click()
  await page.getByRole("button", { name: "Back", exact: true }).click()
  await page.waitForTimeout(500)
  const expected = await placed(page)
  await other.goto(await printed(page))
  await other.locator(`#iteration[max="${expected.made}"]`).waitFor()
  await other.waitForFunction((step) => document.querySelector("#iteration").value === step, expected.step)
  assert.deepEqual(await placed(other), expected)
  assert.deepEqual(browser.problems(), [])
})
