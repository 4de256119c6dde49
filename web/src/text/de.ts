/** The texts of the interface in German: by the names of en.ts, and those of the tables by their English. */
import { explore } from "./de/explore"
import { page } from "./de/page"
import { panels } from "./de/panels"
import { run } from "./de/run"
import { sharing } from "./de/sharing"
import { fixed } from "./de/static"
import { tables, told } from "./de/tables"
import type * as en from "./en"

export const named: Record<keyof typeof en, string> = { ...page, ...panels, ...explore, ...sharing, ...run, ...fixed }

export const byText: Record<string, string> = { ...tables, ...told }
