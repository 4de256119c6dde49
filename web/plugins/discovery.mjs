// What other sites ask of a page they are given a link to: oEmbed, which makes a link an embed in course platforms and
// blogs, and Open Graph, which gives it a picture in a chat. Both need the address the page will have: $SITE, e.g.
// https://example.org/kmeans/. Without it they are left out.

const size = { width: 800, height: 450 }
const picture = { file: "preview.png", width: 1200, height: 630 }

const attribute = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;")

/** The answer of an oEmbed provider (https://oembed.com, 2.3.4.3) for the page at `site`. */
function oembed(site, title) {
  const address = attribute(new URL("index.html?embed=1", site).href)
  return {
    version: "1.0",
    type: "rich",
    title,
    provider_name: title,
    provider_url: site,
    html: `<iframe src="${address}" title="${attribute(title)}" width="${size.width}" height="${size.height}" style="border:0" loading="lazy"></iframe>`,
    ...size,
    thumbnail_url: new URL(picture.file, site).href,
    thumbnail_width: picture.width,
    thumbnail_height: picture.height,
  }
}

/** The elements of the head that lead to it. */
function links(site, title, description) {
  const property = (name, content) => ({ tag: "meta", attrs: { property: `og:${name}`, content }, injectTo: "head" })
  return [
    { tag: "link", attrs: { rel: "canonical", href: site }, injectTo: "head" },
    {
      tag: "link",
      attrs: { rel: "alternate", type: "application/json+oembed", href: new URL("oembed.json", site).href, title },
      injectTo: "head",
    },
    property("type", "website"),
    property("url", site),
    property("title", title),
    property("description", description),
    property("image", new URL(picture.file, site).href),
    property("image:width", String(picture.width)),
    property("image:height", String(picture.height)),
    property(
      "image:alt",
      "Points in coloured clusters round their numbered centroids, and the falling curve of the inertia.",
    ),
  ]
}

const between = (text, pattern) => text.match(pattern)?.[1] ?? ""

export function discovery(site = process.env.SITE) {
  if (!site) return null
  const base = site.endsWith("/") ? site : `${site}/`
  let title = ""
  return {
    name: "discovery",
    apply: "build",
    transformIndexHtml(html) {
      title = between(html, /<title>([^<]*)<\/title>/)
      return links(base, title, between(html, /<meta name="description" content="([^"]*)"/))
    },
    generateBundle: {
      // The title is known when the page has been made.
      order: "post",
      handler() {
        this.emitFile({
          type: "asset",
          fileName: "oembed.json",
          source: `${JSON.stringify(oembed(base, title), null, 2)}\n`,
        })
      },
    },
  }
}
