/** What CodeMirror says, in the language of the page. */
import { EditorState, type Extension } from "@codemirror/state"
import { language, t } from "../text/text"

/** Every phrase of CodeMirror by its English, which is what it is asked for by. */
const catalogue = new Proxy<Record<string, string>>(
  {},
  {
    getOwnPropertyDescriptor: (_, phrase) => ({ configurable: true, value: t(String(phrase)) }),
    get: (_, phrase) => t(String(phrase)),
  },
)

export const phrases: Extension = language === "en" ? [] : EditorState.phrases.of(catalogue)
