/** The editor's look, by the page's own variables, so that both themes hold inside the shadow root too. */
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language"
import { EditorView } from "@codemirror/view"
import { tags } from "@lezer/highlight"

export const tint = (color: string, percent: number): string =>
  `color-mix(in srgb, var(${color}) ${percent}%, transparent)`

const frame = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--sheet)", fontSize: "var(--text-small)", height: "100%" },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "-2px" },
  // On paper there is no scrolling.
  "@media print": { "&": { height: "auto" } },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  // Not transparent: a long line scrolls under it.
  ".cm-gutters": { color: "var(--muted)", backgroundColor: "var(--sheet)", border: "none" },
  ".cm-activeLine": { backgroundColor: tint("--ink", 4) },
  ".cm-running": { backgroundColor: tint("--accent", 14), boxShadow: "inset 3px 0 var(--accent)" },
  ".cm-activeLineGutter": { color: "var(--ink)", backgroundColor: "transparent" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: tint("--accent", 25),
  },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: tint("--accent", 20) },
  ".cm-tooltip": {
    color: "var(--ink)",
    backgroundColor: "var(--paper)",
    border: "1px solid var(--edge)",
    borderRadius: "var(--radius)",
  },
  ".cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { color: "var(--on-accent)", backgroundColor: "var(--accent)" },
  ".cm-tooltip .about": { maxWidth: "24rem", fontFamily: "var(--sans)", lineHeight: "1.4" },
  ".cm-tooltip-hover .about": { padding: "0.4rem 0.6rem" },
  ".cm-signature": { padding: "0.3rem 0.6rem" },
  ".cm-signature b": { color: "var(--accent)", textDecoration: "underline", textUnderlineOffset: "0.2em" },
  ".cm-panels": { color: "var(--ink)", backgroundColor: "var(--paper)", borderColor: "var(--edge)" },
  ".cm-panels button": { color: "inherit", background: "none" },
  ".cm-diagnostic": { fontFamily: "var(--sans)", borderLeftColor: "var(--edge)" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--rise)" },
  ".cm-diagnosticAction": {
    color: "var(--on-accent)",
    backgroundColor: "var(--accent)",
    borderRadius: "var(--radius)",
  },
})

/** Contrast at least 4.5:1 on --sheet in both themes. */
const colours = HighlightStyle.define([
  {
    tag: [tags.keyword, tags.operatorKeyword, tags.definitionKeyword, tags.controlKeyword],
    color: "light-dark(#7a2e8e, #d3a4e6)",
  },
  { tag: tags.string, color: "light-dark(#2f6b1f, #a5d18f)" },
  { tag: [tags.number, tags.bool, tags.null], color: "light-dark(#9a4a00, #e8b07a)" },
  { tag: tags.comment, color: "var(--muted)" },
  {
    tag: [tags.definition(tags.variableName), tags.standard(tags.variableName)],
    color: "light-dark(#1c5aa6, #93bdf2)",
  },
])

export const look = [frame, syntaxHighlighting(colours)]
