import type * as en from "../en/static"

export const fixed: Record<keyof typeof en, string> = {
  description:
    "K-Means sehen und bearbeiten: Halbschritt für Halbschritt auf echten Daten laufen lassen, Zentroide ziehen, den Algorithmus ändern.",
  title: "K-Means, Halbschritt für Halbschritt",
  skip: "Zum Bild springen",
  lead: "Jeden Punkt dem nächsten Zentroid zuordnen, jedes Zentroid zum Mittelwert seiner Punkte bewegen, und wiederholen.",
  experiment: "Experiment",
  dataAndSettings: "Daten und Optionen",
  panels: "Ansichten",
  lessons: "Lektionen",
  results: "Ergebnisse",
  tryThis: "Zum Ausprobieren",
  tryThisLead:
    "Jedes Experiment richtet Daten und Programm ein, läuft und sagt, worauf zu achten ist, mit den soeben gemessenen Zahlen. Der Reihe nach füllen sie eine Stunde: was k bewirkt, was der Start entscheidet, was K-Means nicht sehen kann, wozu jeder seiner Teile dient.",
  mathsTitle: "Die Mathematik, hergeleitet",
  mathsLead:
    "Fünf Schritte. Auf eine Gleichung zeigen, oder sie mit Tab erreichen, hebt ihre Zeile im Programm und ihren Teil des Bildes hervor.",
  questions: "Fragen",
  references: "Literatur",
  dataAndCredits: "Daten und Quellen",
  onThisDevice: "Alles wird auf diesem Gerät berechnet; keine Daten verlassen es.",
  mitLicence: "MIT-Lizenz.",
  licences: "Lizenzen der verwendeten Bibliotheken",
}
