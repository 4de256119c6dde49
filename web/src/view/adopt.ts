/**
 * Styles that come with a late part of the page. As constructed style sheets they need no leave of the policy and no
 * file of their own, in the page in one file as in the page in chunks.
 */
const adopted = new Set<string>()

export function adopt(css: string): void {
  if (adopted.has(css)) return
  adopted.add(css)
  const sheet = new CSSStyleSheet()
  // It stands after the page's own, which ends with this.
  sheet.replaceSync(`${css}[hidden=""]{display:none}`)
  document.adoptedStyleSheets.push(sheet)
}
