/** Find and replace, loaded when first asked for: most visits do without. */
import { openSearchPanel, search, searchKeymap } from "@codemirror/search"
import { Prec, StateEffect } from "@codemirror/state"
import { EditorView, keymap } from "@codemirror/view"
import { phrases } from "./phrases"
import { tint } from "./theme"

const look = EditorView.theme({
  // A row of fields that wraps, so that it fits the narrow column and a phone.
  ".cm-panel.cm-search": {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: "0.25rem 0.4rem",
    padding: "0.4rem 2rem 0.4rem 0.5rem",
    fontFamily: "var(--sans)",
  },
  ".cm-panel.cm-search br": { flexBasis: "100%", content: "''" },
  ".cm-panel.cm-search :is(input, button, label)": { margin: "0", fontSize: "var(--text-small)" },
  ".cm-panel.cm-search label": { display: "inline-flex", alignItems: "center", minHeight: "1.5rem" },
  ".cm-panel.cm-search .cm-textfield": {
    flex: "1 1 7rem",
    minWidth: "0",
    height: "1.75rem",
    padding: "0 0.5em",
    boxSizing: "border-box",
    fontFamily: "var(--mono)",
    color: "var(--ink)",
    backgroundColor: "var(--sheet)",
    border: "1px solid var(--edge)",
    borderRadius: "var(--radius)",
  },
  ".cm-panel.cm-search .cm-button": {
    height: "1.75rem",
    padding: "0 0.5em",
    color: "var(--accent)",
    backgroundImage: "none",
    border: "1px solid var(--edge)",
    borderRadius: "var(--radius)",
  },
  ".cm-panel.cm-search :is(input, button):focus-visible": { outline: "2px solid var(--accent)", outlineOffset: "1px" },
  ".cm-panel.cm-search [name=close]": { top: "0.35rem", right: "0.4rem", width: "1.75rem", height: "1.75rem" },
  "& .cm-searchMatch": { backgroundColor: tint("--accent", 22) },
  "& .cm-searchMatch.cm-searchMatch-selected": { backgroundColor: tint("--accent", 45) },
})

/** Gives an editor the panel and its keys, which from now on come before the one that loaded them, and opens it. */
export function addFind(view: EditorView): void {
  const keys = Prec.high(keymap.of(searchKeymap))
  view.dispatch({ effects: StateEffect.appendConfig.of([phrases, search({ top: true }), keys, look]) })
  openSearchPanel(view)
}
