/** The texts of c/defs and of datasets/manifest.json, by their English. */
import type { builtins, hooks } from "../../generated/language"
import type { events, metrics } from "../../generated/late"
import type { params, shapes } from "../../generated/tables"

type Param = (typeof params)[number]
type Choice = Param["choices"][number]
type Shape = (typeof shapes)[number]
type Metric = (typeof metrics)[number]

type Text =
  | Param["label" | "help"]
  | Choice["label" | "help"]
  | Shape["label"]
  | Shape["dial"]["label"]
  | Metric["label" | "help"]
  | (typeof events)[number]["sentence"]
  | (typeof hooks)[number]["formula" | "help"]
  | (typeof builtins)[number]["help"]

/** A text the tables have, and this lacks, is a type error. */
export const tables: Record<Text, string> = {
  k: "k",
  "Number of clusters.": "Anzahl der Cluster.",
  Initialization: "Initialisierung",
  "How the first centroids are chosen.": "Wie die ersten Zentroide gewählt werden.",
  "k-means++": "k-means++",
  "Each next centroid is a point drawn with chance proportional to its distance from the nearest one chosen (Arthur, Vassilvitskii 2007).":
    "Jedes nächste Zentroid ist ein Punkt, gezogen mit einer Chance proportional zu seinem Abstand vom nächsten schon gewählten (Arthur, Vassilvitskii 2007).",
  "Greedy k-means++": "Gieriges k-means++",
  "k-means++ that draws 2 + floor(ln k) candidates each time and keeps the best: what scikit-learn runs.":
    "k-means++, das jedes Mal 2 + floor(ln k) Kandidaten zieht und den besten behält: so rechnet scikit-learn.",
  "Random points": "Zufällige Punkte",
  "k different points, each equally likely (Forgy).": "k verschiedene Punkte, jeder gleich wahrscheinlich (Forgy).",
  "First k points": "Die ersten k Punkte",
  "The first k rows of the data.": "Die ersten k Zeilen der Daten.",
  "Placed by hand": "Von Hand gesetzt",
  "The centroids you place: drag them on the picture, or give them in a file.":
    "Zentroide, die von Hand gesetzt werden: im Bild gezogen oder in einer Datei angegeben.",
  Seed: "Startwert",
  "Start of the random numbers: the same seed gives the same run. Restart r uses seed + r.":
    "Anfang der Zufallszahlen: Derselbe Startwert ergibt denselben Lauf. Neustart r verwendet Startwert + r.",
  Restarts: "Neustarts",
  "Runs from different seeds; the one with the least inertia is kept.":
    "Läufe mit verschiedenen Startwerten; der mit der kleinsten Trägheit bleibt.",
  "Max iterations": "Max. Iterationen",
  "Most iterations of one run.": "Höchstzahl der Iterationen eines Laufs.",
  Batch: "Batch",
  "Points drawn for each update, with replacement: mini-batch k-means, in which a centroid moves part of the way to the center of those drawn. 0 takes all.":
    "Punkte, die für jedes Aktualisieren mit Zurücklegen gezogen werden: Mini-Batch-k-means, bei dem ein Zentroid ein Stück des Weges zum Zentrum der gezogenen geht. 0 nimmt alle.",
  Tolerance: "Toleranz",
  "Stop when the summed squared centroid shift is at most tol times the mean column variance; 0 stops when nothing moves.":
    "Ende, wenn die Summe der quadrierten Verschiebungen der Zentroide höchstens tol mal die mittlere Varianz der Spalten ist; 0 endet, wenn sich nichts bewegt.",
  Distance: "Distanz",
  "Assign: a point belongs to the centroid that is nearest by this.":
    "Zuordnen: Ein Punkt gehört zu dem Zentroid, das ihm hiernach am nächsten ist.",
  "Euclidean (squared)": "Euklidisch (quadriert)",
  "Sum of squared differences: the distance of k-means, minimised by the mean.":
    "Summe der quadrierten Differenzen: die Distanz von k-Means, die der Mittelwert minimiert.",
  Manhattan: "Manhattan",
  "Sum of absolute differences, minimised by the coordinate-wise median.":
    "Summe der absoluten Differenzen, die der koordinatenweise Median minimiert.",
  Chebyshev: "Tschebyschow",
  "Largest absolute difference over the coordinates.": "Größte absolute Differenz über die Koordinaten.",
  Cosine: "Kosinus",
  "One minus the cosine of the angle at the origin; a zero vector is at distance 1 from everything.":
    "Eins minus den Kosinus des Winkels am Ursprung; ein Nullvektor hat von allem den Abstand 1.",
  Center: "Zentrum",
  "Update: where a centroid moves, given its points.": "Aktualisieren: wohin ein Zentroid geht, gegeben seine Punkte.",
  Mean: "Mittelwert",
  "The mean of the cluster's points: minimises the sum of squared Euclidean distances.":
    "Der Mittelwert der Punkte des Clusters: minimiert die Summe der quadrierten euklidischen Distanzen.",
  Median: "Median",
  "The median of each coordinate (mid-point of the two middle values when even): minimises the sum of Manhattan distances.":
    "Der Median jeder Koordinate (die Mitte der beiden mittleren Werte bei gerader Zahl): minimiert die Summe der Manhattan-Distanzen.",
  Medoid: "Medoid",
  "The member with the least total distance to the other members; the current one stays on a tie.":
    "Das Mitglied mit der kleinsten Gesamtdistanz zu den anderen; bei Gleichstand bleibt das bisherige.",
  "Empty cluster": "Leeres Cluster",
  "What happens to a cluster that loses its last point.":
    "Was mit einem Cluster geschieht, das seinen letzten Punkt verliert.",
  "Farthest point": "Fernster Punkt",
  "An empty cluster takes the point farthest from its centroid, as scikit-learn does.":
    "Ein leeres Cluster nimmt den Punkt, der von seinem Zentroid am weitesten entfernt ist, wie scikit-learn.",
  Keep: "Behalten",
  "An empty cluster's centroid stays where it is.": "Das Zentroid eines leeren Clusters bleibt, wo es ist.",
  "Split the worst": "Das schlechteste teilen",
  "The cluster with the largest inertia is cut in two at its mean, across its widest coordinate.":
    "Das Cluster mit der größten Trägheit wird an seinem Mittelwert geteilt, quer zu seiner breitesten Koordinate.",
  "Minimum size": "Mindestgröße",
  "A cluster with fewer points is dissolved and the one with the largest inertia is split. This changes the objective: inertia may rise. 0 is off.":
    "Ein Cluster mit weniger Punkten wird aufgelöst und das mit der größten Trägheit geteilt. Das ändert die Zielfunktion: Die Trägheit kann steigen. 0 ist aus.",
  "Minimum-size moves": "Mindestgröße: Umzüge",
  "Most min_size splits in one run.": "Höchstzahl der Teilungen durch min_size in einem Lauf.",

  Blobs: "Haufen",
  "Stretched blobs": "Gestreckte Haufen",
  Stretch: "Streckung",
  "Unequal sizes": "Ungleiche Größen",
  "Distance of the small group": "Abstand der kleinen Gruppe",
  "Unequal spreads": "Ungleiche Streuungen",
  "Ratio of spreads": "Verhältnis der Streuungen",
  Moons: "Monde",
  Gap: "Abstand",
  Rings: "Ringe",
  "Inner radius": "Innerer Radius",
  Uniform: "Gleichverteilt",
  "Width to height": "Breite zu Höhe",
  "Grid of blobs": "Gitter aus Haufen",
  "Blobs a side": "Haufen je Seite",
  "Blobs and an outlier": "Haufen mit Ausreißer",
  "Distance of the outlier": "Abstand des Ausreißers",

  Inertia: "Trägheit",
  "Sum over points of weight times the distance to the own centroid (squared for Euclidean).":
    "Summe über die Punkte von Gewicht mal Distanz zum eigenen Zentroid (quadriert bei euklidischer).",
  Silhouette: "Silhouette",
  "Mean of (b - a) / max(a, b) with Euclidean distances (Rousseeuw 1987); exact up to 5,000 points, from a seeded sample above.":
    "Mittel von (b - a) / max(a, b) mit euklidischen Distanzen (Rousseeuw 1987); exakt bis 5.000 Punkte, darüber aus einer Stichprobe mit Startwert.",
  "Davies-Bouldin": "Davies-Bouldin",
  "Mean over clusters of the worst ratio of spreads to separation (Davies, Bouldin 1979).":
    "Mittel über die Cluster des schlechtesten Verhältnisses von Streuungen zu Trennung (Davies, Bouldin 1979).",
  "Calinski-Harabasz": "Calinski-Harabasz",
  "Between-cluster over within-cluster variance, each per degree of freedom (Calinski, Harabasz 1974).":
    "Varianz zwischen den Clustern zu der in ihnen, je Freiheitsgrad (Calinski, Harabasz 1974).",
  "Adjusted Rand": "Adjustierter Rand-Index",
  "Agreement with the true labels, corrected for chance (Hubert, Arabie 1985).":
    "Übereinstimmung mit den wahren Gruppen, um den Zufall bereinigt (Hubert, Arabie 1985).",
  "Normalized mutual information": "Normierte Transinformation",
  "Mutual information with the true labels over the arithmetic mean of the entropies.":
    "Transinformation mit den wahren Gruppen zum arithmetischen Mittel der Entropien.",
  Purity: "Reinheit",
  "Share of points whose cluster's most common true label is their own.":
    "Anteil der Punkte, deren wahre Gruppe die häufigste ihres Clusters ist.",

  "Cluster %a is empty; its centroid stays.": "Cluster %a ist leer; sein Zentroid bleibt.",
  "Cluster %a was empty; its centroid moves to point %r, the farthest from its own.":
    "Cluster %a war leer; sein Zentroid geht zu Punkt %r, dem von seinem eigenen am weitesten entfernten.",
  "Cluster %a was empty; cluster %b is split for it.": "Cluster %a war leer; Cluster %b wird dafür geteilt.",
  "Cluster %a is below min_size; it is dissolved and cluster %b is split. Inertia may rise.":
    "Cluster %a liegt unter min_size; es wird aufgelöst und Cluster %b geteilt. Die Trägheit kann steigen.",
  "Stopped by max_iter before converging.": "Von max_iter vor der Konvergenz beendet.",
  "k is larger than the number of distinct points: a cluster has no point to take.":
    "k ist größer als die Zahl verschiedener Punkte: Für ein Cluster gibt es keinen Punkt.",

  "assign: argmin over c of distance(x, c)": "Zuordnen: argmin über c von distance(x, c)",
  "Distance of point x to centroid c; a point joins its nearest centroid.":
    "Distanz von Punkt x zu Zentroid c; ein Punkt gehört zum nächsten Zentroid.",
  "update: c becomes center(points, c)": "Aktualisieren: c wird zu center(points, c)",
  "Where the centroid c of a cluster moves, given its points.":
    "Wohin das Zentroid c eines Clusters geht, gegeben seine Punkte.",
  "k-means++: chance proportional to seed_weight(d)": "k-means++: Chance proportional zu seed_weight(d)",
  "Chance of a point to become the next centroid, given its distance d to the nearest one chosen.":
    "Chance eines Punktes, das nächste Zentroid zu werden, gegeben seinen Abstand d vom nächsten schon gewählten.",
  "converged when stop(...) is true": "konvergiert, wenn stop(...) wahr ist",
  "Whether to stop after an update; asked from the second iteration on.":
    "Ob nach einem Aktualisieren Schluss ist; gefragt ab der zweiten Iteration.",
  "Absolute value, element by element.": "Betrag, Element für Element.",
  "Square root, element by element.": "Quadratwurzel, Element für Element.",
  "e to the power a, element by element.": "e hoch a, Element für Element.",
  "Natural logarithm, element by element.": "Natürlicher Logarithmus, Element für Element.",
  "Sine of radians, element by element.": "Sinus im Bogenmaß, Element für Element.",
  "Cosine of radians, element by element.": "Kosinus im Bogenmaß, Element für Element.",
  "Hyperbolic tangent, element by element.": "Tangens hyperbolicus, Element für Element.",
  "The smaller of two, element by element.": "Das kleinere von zweien, Element für Element.",
  "The larger of two, element by element.": "Das größere von zweien, Element für Element.",
  "a where the condition holds, else b, element by element.": "a, wo die Bedingung gilt, sonst b, Element für Element.",
  "Sum of a vector's coordinates; of a point set with axis 0, a vector.":
    "Summe der Koordinaten eines Vektors; bei einer Punktmenge mit Achse 0 ein Vektor.",
  "Mean of a vector's coordinates; of a point set with axis 0, a vector.":
    "Mittelwert der Koordinaten eines Vektors; bei einer Punktmenge mit Achse 0 ein Vektor.",
  "Median of a point set in each coordinate, with axis 0.": "Median einer Punktmenge in jeder Koordinate, mit Achse 0.",
  "Smallest coordinate of a vector; of a point set with axis 0, a vector.":
    "Kleinste Koordinate eines Vektors; bei einer Punktmenge mit Achse 0 ein Vektor.",
  "Largest coordinate of a vector; of a point set with axis 0, a vector.":
    "Größte Koordinate eines Vektors; bei einer Punktmenge mit Achse 0 ein Vektor.",
  "A vector of numbers written out, one a dimension.": "Ein Vektor aus ausgeschriebenen Zahlen, eine je Dimension.",
}

/**
 * Of shapes, of data sets, of what the engine refuses most often (the rest of that is said in English), and of what
 * CodeMirror says.
 */
export const told: Record<string, string> = {
  "Round Gaussian groups of equal size: what k-means is made for.":
    "Runde normalverteilte Gruppen gleicher Größe: dafür ist k-Means gemacht.",
  "Three stretched groups. k-means cuts across them: it wants round ones.":
    "Drei gestreckte Gruppen. k-Means schneidet quer hindurch: Es will runde.",
  "A big, a medium and a small group. Halving the big one may save more than isolating the small one.":
    "Eine große, eine mittlere und eine kleine Gruppe. Die große zu halbieren kann mehr sparen, als die kleine abzutrennen.",
  "A tight, a middling and a wide group. The border lies half-way, so the wide one loses its rim.":
    "Eine enge, eine mittlere und eine weite Gruppe. Die Grenze liegt in der Mitte; so verliert die weite ihren Rand.",
  "Two interleaved half circles: no two centroids can follow them.":
    "Zwei verschränkte Halbkreise: Keine zwei Zentroide können ihnen folgen.",
  "A ring inside a ring share one centre; k-means can only cut them in half.":
    "Zwei Ringe mit gemeinsamem Mittelpunkt; k-Means kann sie nur halbieren.",
  "No groups at all. k-means finds k of them all the same.": "Gar keine Gruppen. k-Means findet trotzdem k davon.",
  "Blobs on a square grid: where the start decides which optimum is reached.":
    "Haufen auf einem quadratischen Gitter: Der Start entscheidet, welches Optimum erreicht wird.",
  "Three round groups, and one point of the third far off: squared distances make it count for many.":
    "Drei runde Gruppen, und ein Punkt der dritten weit weg: Quadrierte Distanzen lassen ihn für viele zählen.",

  "Old Faithful": "Old Faithful",
  Iris: "Schwertlilien",
  Penguins: "Pinguine",
  Wine: "Wein",
  Digits: "Ziffern",
  "272 eruptions of the geyser in Yellowstone: how long each lasted and how long the wait for the next was. Short ones and long ones, and little between.":
    "272 Ausbrüche des Geysirs im Yellowstone: wie lange jeder dauerte und wie lange der nächste auf sich warten ließ. Kurze und lange, und wenig dazwischen.",
  "150 irises of three species by four lengths of their flowers. One species stands apart; the other two touch.":
    "150 Schwertlilien dreier Arten nach vier Längen ihrer Blüten. Eine Art steht abseits; die beiden anderen berühren sich.",
  "342 penguins of three species at Palmer Station, Antarctica. Body mass is in grams and the rest in millimetres, so the columns are standardized.":
    "342 Pinguine dreier Arten an der Palmer-Station in der Antarktis. Die Körpermasse ist in Gramm und alles andere in Millimetern; darum sind die Spalten standardisiert.",
  "178 wines from three cultivars by 13 chemical measurements. On the raw columns proline outweighs everything else; standardize off shows it.":
    "178 Weine aus drei Rebsorten nach 13 chemischen Messungen. Auf den rohen Spalten überwiegt Prolin alles andere; ohne Standardisieren sieht man es.",
  "1,797 handwritten digits of 8 by 8 pixels. Each pixel is a coordinate, so k-means works in 64 dimensions; the picture shows the two that vary most.":
    "1.797 handgeschriebene Ziffern aus 8 mal 8 Pixeln. Jedes Pixel ist eine Koordinate, k-Means rechnet also in 64 Dimensionen; das Bild zeigt die beiden, die am meisten streuen.",

  "k must be between 1 and the number of points": "k muss zwischen 1 und der Zahl der Punkte liegen",
  "the medoid compares every pair of points and is limited to 20,000 points":
    "der Medoid vergleicht jedes Paar von Punkten und ist auf 20.000 Punkte beschränkt",
  "The program has errors.": "Das Programm hat Fehler.",
  "The last point stays: there is nothing to cluster without it.":
    "Der letzte Punkt bleibt: Ohne ihn gibt es nichts einzuteilen.",
  "The picture is too large for this browser.": "Das Bild ist zu groß für diesen Browser.",

  Find: "Suchen",
  Replace: "Ersetzen",
  next: "weiter",
  previous: "zurück",
  all: "alle",
  "match case": "Groß/klein",
  regexp: "RegExp",
  "by word": "ganze Wörter",
  replace: "ersetzen",
  "replace all": "alle ersetzen",
  close: "schließen",
  "current match": "Treffer",
  "on line": "in Zeile",
  "replaced match on line $": "Treffer in Zeile $ ersetzt",
  "replaced $ matches": "$ Treffer ersetzt",
  Completions: "Vorschläge",
  Diagnostics: "Probleme",
  "No diagnostics": "Keine Probleme",
  "Selection deleted": "Auswahl gelöscht",
  "Control character": "Steuerzeichen",
}
