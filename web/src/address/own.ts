/** A person's own data in a link: as the CSV text that the page reads. */
import type { DataInfo, Requests } from "../engine/protocol"
import type { OwnData } from "../state"

type Contents = Requests["contents"]["reply"]

const cell = (text: string): string => (/[",\r\n]|^\s|\s$|^$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** A name that is a number would be taken for a value when all of them are. */
const header = (name: string): string => (Number.isNaN(Number(name)) ? name : `column ${name}`)

/** The clustered columns and the true label, each number the shortest text that reads back as the same double. */
export function ownData(info: DataInfo, { columns, truth }: Contents): OwnData {
  const { n, d, labelTexts } = info
  const names = info.names.map(header)
  const label = info.label !== null && truth ? header(info.label) : ""
  const rows = Array.from({ length: n }, (_, i) => {
    const values: (string | number)[] = Array.from({ length: d }, (_, t) => columns[t * n + i])
    if (truth && label) values.push(labelTexts.length > 0 ? cell(labelTexts[truth[i]] ?? "") : truth[i])
    return values.join(",")
  })
  const csv = [[...names, ...(label ? [label] : [])].map(cell).join(","), ...rows].join("\n")
  return { name: info.name, csv, columns: names, label }
}
