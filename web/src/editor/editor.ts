/** The program in CodeMirror, in a shadow root so that its styles need no exception from the page's policy. */
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands"
import { bracketMatching, indentUnit, StreamLanguage } from "@codemirror/language"
import { python } from "@codemirror/legacy-modes/mode/python"
import { lintKeymap } from "@codemirror/lint"
import { EditorState } from "@codemirror/state"
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view"
import { locked } from "../embed/lock"
import type { Context } from "../state"
import * as en from "../text/en"
import { t } from "../text/text"
import { emphasis } from "./emphasis"
import { hoverFunctions, hoverParameters } from "./hover"
import { applyFix, problems } from "./problems"
import { running } from "./running"
import { bindText } from "./sync"
import { look } from "./theme"

/** Runs only the first time. */
function once<T>(act: (argument: T) => void): (argument: T) => void {
  let done = false
  return (argument) => {
    if (!done) act(argument)
    done = true
  }
}

/** Once it is here, its own keys are heard first. */
const loadFind = once((view: EditorView) => import("./find").then(({ addFind }) => addFind(view)))
const loadTyping = once((view: EditorView) => import("./typing").then(({ addTyping }) => addTyping(view)))
const helpOnFocus = EditorView.domEventHandlers({ focus: (_, view) => loadTyping(view) })

/** Opens the editor inside `host`, bound to the store's program. */
export async function mountEditor(host: HTMLElement, { store, actions }: Context): Promise<void> {
  const root = host.attachShadow({ mode: "open" })
  const sync = bindText(store, actions)
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: store.program.value,
      extensions: [
        EditorState.readOnly.of(locked("program")),
        lineNumbers(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        drawSelection(),
        history(),
        bracketMatching(),
        indentUnit.of("    "),
        // A tokenizer is all that highlighting needs, at a fifth of the grammar's weight; the compiler in C does the rest.
        StreamLanguage.define(python),
        hoverParameters,
        hoverFunctions,
        helpOnFocus,
        problems(store),
        running(store),
        emphasis(store),
        sync.extension,
        look,
        EditorView.contentAttributes.of({
          "aria-label": t(en.program),
          spellcheck: "false",
          autocapitalize: "off",
          tabindex: "0",
        }),
        keymap.of([
          {
            key: "Mod-Enter",
            run: () => {
              actions.rerun()
              return true
            },
          },
          {
            key: "Mod-f",
            run: (view) => {
              loadFind(view)
              return true
            },
          },
          { key: "Mod-.", run: applyFix },
          // Tab stays free to leave the editor by.
          ...defaultKeymap,
          ...historyKeymap,
          ...lintKeymap,
        ]),
      ],
    }),
  })
  sync.follow(view)
}
