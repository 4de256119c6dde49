import { defineConfig, type Plugin, type UserConfig } from "vite"
import { credits } from "./plugins/credits.mjs"
import { discovery } from "./plugins/discovery.mjs"
import { fontLicence, lessons } from "./plugins/lessons.mjs"
import { offline } from "./plugins/offline.mjs"
import { texts } from "./plugins/texts.mjs"

/**
 * The page's policy: nothing from elsewhere, no script or style but its own. The worker is a blob because sandboxed
 * frames allow no other.
 */
const policy = ({ script, style, own, service = "" }: Record<string, string>): string =>
  [
    "default-src 'none'",
    `script-src ${script} 'wasm-unsafe-eval'`,
    `style-src ${style}`,
    `worker-src ${service}blob:`,
    "img-src 'self' data: blob:",
    `font-src ${own}`,
    `connect-src ${own}`,
    // The preview of an embed.
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ")

const meta = (content: string) => ({
  tag: "meta",
  attrs: { "http-equiv": "Content-Security-Policy", content },
  injectTo: "head-prepend" as const,
})

/** Only in the build: the development server injects styles and a socket that the policy forbids. */
function contentSecurityPolicy(): Plugin {
  return {
    name: "content-security-policy",
    apply: "build",
    transformIndexHtml: () => [meta(policy({ script: "'self'", style: "'self'", own: "'self'", service: "'self' " }))],
  }
}

async function hash(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))
  return `'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`
}

/** One file, kmeans.html: script and style stand in it, and the policy names them by their hashes. */
function singleFile(): Plugin {
  return {
    name: "single-file",
    enforce: "post",
    async generateBundle(_, bundle) {
      const files = Object.values(bundle)
      const page = files.find((file) => file.fileName === "index.html")
      const scripts = files.filter((file) => file.type === "chunk")
      const styles = files.filter((file) => file.fileName.endsWith(".css"))
      if (page?.type !== "asset" || scripts.length !== 1 || styles.length !== 1 || styles[0].type !== "asset")
        throw new Error(`The page should be one script and one style: ${files.map((file) => file.fileName).join(", ")}`)
      // What would end the element, or comment it out, cannot stand in a script; as an escape it can in strings.
      const script = scripts[0].code.replaceAll(/<(?=\/script|script|!--)/gi, "\\x3C")
      const style = String(styles[0].source)
      // Written by the build before this one.
      const licences = await this.fs.readFile("dist/licenses.txt", { encoding: "utf8" })
      const content = policy({ script: await hash(script), style: await hash(style), own: "data:" })
      const text = String(page.source)
        .replace(/<script type="module"[^>]*src=[^>]*><\/script>\s*/, "")
        .replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${style}</style>`)
        .replace(
          "<head>",
          () => `<head>
    <meta http-equiv="Content-Security-Policy" content="${content}">`,
        )
        .replace("</body>", () => `<script type="module">${script}</script>\n  </body>`)
        // There is no file beside this one to link to.
        .replace(
          /<a href="licenses.txt">([^<]*)<\/a>\./,
          (_, words) =>
            `</p><details><summary>${words}</summary><pre>${licences.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</pre></details><p>`,
        )
      for (const name of Object.keys(bundle)) delete bundle[name]
      this.emitFile({ type: "asset", fileName: "kmeans.html", source: text })
    },
  }
}

/**
 * Vite wraps every import() in a helper that waits for the style sheets of chunks. The page has one, which index.html
 * loads, and plain imports are a kilobyte less of script.
 */
function plainImports(): Plugin {
  const wrapper = "native:import-analysis-build"
  return {
    name: "plain-imports",
    apply: "build",
    configResolved({ plugins }) {
      const at = plugins.findIndex(({ name }) => name === wrapper)
      if (at < 0) throw new Error(`Vite has no plugin ${wrapper} any more`)
      ;(plugins as Plugin[]).splice(at, 1)
    },
  }
}

const shared = { base: "./", worker: { format: "iife" }, server: { fs: { allow: [".."] } } } satisfies UserConfig

/** Small modules that every visit loads: compressed as one they weigh a kilobyte less than apart. */
const common =
  /\/src\/(view\/(address|format|marks|palette|rise|story|tabs)|view\/picture\/(camera|motion|units)|controller\/(report|latest)|generated\/(late|language)|lessons\/slugs|program\/(lines|offsets)|sources|engine\/client)\.ts$/

/** What the first script and those after it share, compressed as one for the same reason. */
const first =
  /\/(lit-html|@preact\/signals-core)\/|\/src\/(text\/text|embed\/query|embed\/lock|view\/(render|fields)|generated\/tables)\.ts$/

/**
 * Parts of one purpose, each loaded as a whole when some of it is first asked for: together they weigh 8 kB less than
 * in files of their own.
 */
const purposes = {
  explore: /\/src\/(view\/(how|explore\/(?!section))|controller\/explore\/|styles\/(how|explore-panels))/,
  lessons:
    /\/src\/(lessons\/(?!slugs|mount|room)|controller\/lessons|styles\/(flip|lesson\b|reading|maths))|manifest\.json\?credits/,
  dialogs:
    /\/src\/(export\/|view\/(export\/|share\/|dialog|owndata)|controller\/export|embed\/snippets|styles\/dialog)|\/(gifenc|uqr)\//,
  address:
    /\/src\/(address\/|controller\/(link|open|keep|lock)|embed\/(address|lockable|talk|messages|resize|autoplay))/,
}

const groups = [
  { name: "first", test: first },
  { name: "common", test: common },
  ...Object.entries(purposes).map(([name, test]) => ({ name, test })),
]

/** Texts of the catalogue (src/text/en.ts) stand where they are used, so that English needs no catalogue at run time. */
const optimization = { inlineConst: { mode: "all" as const } }

/** `--mode`: the page in chunks (the default), `single` for the page in one file, `element` for embed.js. */
const builds: Record<string, UserConfig> = {
  production: {
    plugins: [
      plainImports(),
      contentSecurityPolicy(),
      credits(),
      lessons(),
      texts(),
      fontLicence(),
      discovery(),
      offline(),
    ],
    build: {
      target: "es2022",
      // A data: address could not be fetched under the policy, and would weigh on the first script.
      assetsInlineLimit: 0,
      license: { fileName: "licenses.txt" },
      // The polyfill costs more of the first script than it saves later.
      modulePreload: false,
      rolldownOptions: {
        optimization,
        output: {
          codeSplitting: { groups, includeDependenciesRecursively: false },
        },
      },
    },
  },
  single: {
    plugins: [plainImports(), credits(), lessons(), texts(), singleFile()],
    build: {
      target: "es2022",
      assetsInlineLimit: Number.POSITIVE_INFINITY,
      cssCodeSplit: false,
      modulePreload: false,
      emptyOutDir: false,
      rolldownOptions: { optimization, output: { codeSplitting: false } },
    },
  },
  element: {
    build: {
      target: "es2022",
      emptyOutDir: false,
      lib: { entry: "src/embed/element.ts", formats: ["iife"], name: "kmeans", fileName: () => "embed.js" },
    },
  },
}

export default defineConfig(({ mode }) => ({ ...shared, ...(builds[mode] ?? builds.production) }))
