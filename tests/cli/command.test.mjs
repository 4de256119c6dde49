// What the command accepts, prints and refuses.
import assert from "node:assert/strict"
import { test } from "node:test"
import { file, kmeans, result } from "./command.mjs"

const blobs = ["x,y,label", "0,0,0", "0,1,0", "1,0,0", "10,10,1", "10,11,1", "11,10,1"].join("\n")
const data = file("blobs.csv", blobs)

/** The message of a run that must fail with status 2 and print nothing on standard output. */
function failure(args, input) {
  const { status, stdout, stderr } = kmeans(args, input)
  assert.equal(status, 2, `status of ${args.join(" ")}: ${status}, ${stdout}`)
  assert.equal(stdout, "")
  return stderr.trim()
}

test("JSON has everything", () => {
  const got = result(["--set", "k=2", data])
  assert.deepEqual(Object.keys(got), [
    "data", "n", "d", "k", "columns", "truth", "dropped", "params", "iterations", "converged", "inertia", "inertia_history",
    "sizes", "centroids", "labels", "restarts", "best", "metrics", "silhouette_points", "events", "digest",
  ])
  assert.deepEqual([got.n, got.d, got.k, got.columns, got.truth], [6, 2, 2, ["x", "y"], "label"])
  assert.equal(got.converged, true)
  assert.equal(got.inertia, got.inertia_history.at(-1))
  assert.equal(got.inertia.toFixed(12), (8 / 3).toFixed(12))
  assert.deepEqual(got.sizes, [3, 3])
  assert.deepEqual(got.labels.slice(1).map((l) => l === got.labels[0]), [true, true, false, false, false])
  assert.equal(got.metrics.ari, 1)
  assert.match(got.digest, /^[0-9a-f]{16}$/)
  assert.deepEqual(got.params, {
    k: 2, init: "kmeans++", seed: 0, restarts: 1, max_iter: 100, batch: 0, tol: 0, distance: "euclidean",
    center: "mean", empty: "farthest", min_size: 0, n_moves: 10,
  })
  assert.equal(got.restarts.length, 1)
  assert.deepEqual(Object.keys(got.restarts[0]), ["seed", "start", "inertia", "iterations"])
})

test("the report is for people", () => {
  const { status, stdout, stderr } = kmeans(["--set", "k=2", "--set", "init=first", data])
  assert.deepEqual([status, stderr], [0, ""])
  for (const line of [
    /^blobs\.csv: 6 points, 2 columns \(x, y\)$/m, /^k = 2, init = "first", seed = 0/m, /^Converged after \d+ iterations$/m,
    /^cluster +size +x +y$/m, /^ +1 +3 +0\.333333 +0\.333333$/m, /^ +2 +3 +10\.3333 +10\.3333$/m, /^Inertia +2\.66667$/m,
    /^Adjusted Rand +1$/m, /^digest [0-9a-f]{16}$/m,
  ])
    assert.match(stdout, line)
})

test("restarts keep the best and report every one", () => {
  const got = result(["--set", "k=9", "--set", "restarts=12", "--set", "seed=5", "--set", "init=random", "shape:grid,n=300,seed=2"])
  assert.equal(got.restarts.length, 12)
  assert.deepEqual(got.restarts.map((r) => r.seed), Array.from({ length: 12 }, (_, i) => 5 + i))
  const best = got.restarts[got.best]
  assert.equal(best.inertia, Math.min(...got.restarts.map((r) => r.inertia)))
  assert.deepEqual([got.inertia, got.iterations], [best.inertia, best.iterations])
  for (const r of got.restarts) {
    assert.equal(new Set(r.start).size, 9)
    // A restart's seed alone gives the same run.
    const alone = result(["--set", "k=9", "--set", `seed=${r.seed}`, "--set", "init=random", "shape:grid,n=300,seed=2"])
    assert.deepEqual(alone.restarts, [r])
  }
  const report = kmeans(["--set", "k=9", "--set", "restarts=30", "shape:grid,n=300,seed=2"]).stdout
  assert.match(report, /^restart +seed +iterations +inertia$/m)
  assert.match(report, /^10 more restarts: --json has them all$/m)
  assert.match(report, /^kept: restart \d+ \(seed \d+\)$/m)
})

test("max_iter ends a run with one more assign, and says so", () => {
  const got = result(["--set", "k=40", "--set", "max_iter=2", "shape:uniform,n=2000"])
  assert.deepEqual([got.converged, got.iterations, got.inertia_history.length], [false, 2, 5])
  assert.deepEqual(got.events.map((e) => [e.iteration, e.type, e.cluster, e.other]), [[2, "max_iter", null, null]])
  const report = kmeans(["--set", "k=40", "--set", "max_iter=2", "shape:uniform,n=2000"])
  assert.equal(report.status, 0)
  assert.match(report.stdout, /^Stopped before converging, after 2 iterations$/m)
  assert.match(report.stdout, /^iteration 2: Stopped by max_iter before converging\.$/m)
})

test("empty clusters are events with their iteration", () => {
  const init = file("far.csv", "0,0\n1000,1000")
  const got = result(["--init", init, data])
  assert.equal(got.events[0].type, "empty_farthest")
  assert.deepEqual([got.events[0].iteration, got.events[0].cluster], [1, 1])
  const kept = result(["--init", init, "--set", "empty=keep", data])
  assert.equal(kept.events[0].type, "empty_kept")
  assert.equal(kept.metrics.silhouette, null)
  assert.deepEqual(kept.centroids[1], [1000, 1000])
})

test("--init by name, by position, with and without header", () => {
  const expected = result(["--init", file("a.csv", "0,1\n10,11"), data])
  assert.deepEqual(expected.restarts[0], { seed: null, start: null, inertia: expected.inertia, iterations: expected.iterations })
  assert.equal(expected.params.init, "manual")
  for (const [name, text] of [["b.csv", "x,y\n0,1\n10,11\n"], ["c.csv", "y;x;note\n1;0;a\n11;10;b\n"], ["d.csv", "u\tv\n0\t1\n10\t11"]])
    assert.equal(result(["--init", file(name, text), data]).digest, expected.digest, name)
  assert.equal(result(["--init", "a.csv", "--set", "k=2", data]).digest, expected.digest)
  assert.match(failure(["--init", "a.csv", "--set", "k=3", data]), /a\.csv has 2 centroids, but k is 3/)
  assert.match(failure(["--init", file("e.csv", "1,2,3"), data]), /e\.csv has 3 columns, but the data have 2/)
  assert.match(failure(["--init", file("f.csv", "x,y\n1,\n2,3"), data]), /f\.csv: Row 2 has a missing cell/)
  assert.match(failure(["--init", file("g.csv", "x,y\n1,a\n2,b"), data]), /g\.csv: column 2 is not of numbers/)
  assert.match(failure(["--init", "none.csv", data]), /cannot open none\.csv: No such file/)
  assert.match(failure(["--set", "init=manual", data]), /--init FILE\.csv/)
  const note = kmeans(["--init", "a.csv", "--set", "restarts=5", data])
  assert.equal(note.status, 0)
  assert.match(note.stderr, /one run is made/)
})

test("columns, labels and weights are chosen by name", () => {
  const table = file("table.csv", "id;width;height;kind;label;w\n1;0,5;1;red;7;1\n2;0,75;2;red;7;2\n3;9,5;3;blue;8;0\n4;9,75;;blue;8;1\n")
  assert.deepEqual(result([table, "--set", "k=2"]).columns, ["id", "width", "height", "w"])
  assert.equal(result([table, "--set", "k=2"]).dropped, 1)
  const got = result([table, "--columns", "width", "--label", "kind", "--weight", "w", "--set", "k=2"])
  // The row without a height is kept when the height is not asked for.
  assert.deepEqual([got.n, got.dropped, got.columns, got.truth], [4, 0, ["width"], "kind"])
  assert.equal(got.metrics.ari, 1)
  assert.ok(got.centroids.flat().some((v) => Math.abs(v - 2 / 3) < 1e-12), "the weights count")
  assert.deepEqual(result([table, "--columns", "label", "--columns=id", "--set", "k=2"]).columns, ["label", "id"])
  assert.equal(result([table, "--columns", "label,id", "--set", "k=2"]).truth, null)
  assert.match(failure([table, "--columns", "wdth"]), /has no column "wdth"; its columns are id, width, height, kind, label, w$/)
  assert.match(failure([table, "--columns", "kind"]), /column "kind" is text, and --columns needs numbers/)
  assert.match(failure([table, "--columns", "id,id"]), /--columns names "id" twice/)
  assert.match(failure([table, "--weight", "kind"]), /column "kind" is text, and --weight needs numbers/)
  assert.match(failure([table, "--label", "width"]), /column "width" is not of integers or texts/)
  assert.match(failure([file("neg.csv", "x,w\n1,1\n\n2,-1\n"), "--weight", "w"]), /neg\.csv: Row 4, column 2 \(w\): a weight must not be negative/)
  assert.match(failure([file("zero.csv", "x,w\n1,0\n2,0\n"), "--weight", "w", "--set", "k=1"]), /zero/)
})

test("a name with a comma in it is one column", () => {
  const got = result([file("comma.csv", '"a,b",c\n1,2\n3,4'), "--columns", "a,b", "--set", "k=2"])
  assert.deepEqual(got.columns, ["a,b"])
})

test("--standardize makes the unit of a column irrelevant", () => {
  const metres = file("m.csv", "x,y\n1,0.001\n2,0.004\n1,0.002\n8,0.009\n9,0.008\n8.5,0.0095\n")
  const millimetres = file("mm.csv", "x,y\n1,1\n2,4\n1,2\n8,9\n9,8\n8.5,9.5\n")
  const [a, b] = [metres, millimetres].map((f) => result([f, "--standardize", "--set", "k=2"]))
  assert.deepEqual(a.labels, b.labels)
  assert.ok(Math.abs(a.inertia / b.inertia - 1) < 1e-12)
  for (const [j, c] of a.centroids.entries()) assert.ok(Math.abs(c[1] * 1000 - b.centroids[j][1]) < 1e-12)
  const constant = result([file("constant.csv", "x,y\n5,1\n5,2\n5,8\n5,9\n"), "--standardize", "--set", "k=2"])
  assert.deepEqual(constant.centroids.map((c) => c[0]), [5, 5])
})

test("programs set parameters; --set wins; errors have their place", () => {
  const good = file("good.py", '# two clusters\nk = 2\ninit = "first"\nmax_iter = 50\n')
  assert.deepEqual(result(["--program", good, data]).params.init, "first")
  const over = result(["--program", good, "--set", "init=random", "--set", "init='kmeans++'", data])
  assert.deepEqual([over.params.init, over.params.max_iter, over.k], ["kmeans++", 50, 2])
  assert.match(failure(["--program", file("bad.py", "k = 2\nseed = 1\nmax_iter = -5\n"), data]), /^bad\.py:3:\d+: error: .*max_iter/m)
  // Columns count characters.
  assert.match(failure(["--program", file("utf8.py", '# é\ninit = "é" 7\n'), data]), /^utf8\.py:2:\d+: error: /m)
  assert.match(failure(["--program", "none.py", data]), /cannot open none\.py/)
  assert.match(failure(["--program", file("long.py", "#".repeat(20000)), data]), /long\.py is longer than 16384 bytes/)
})

test("a function whose result is not finite ends the command at its expression", () => {
  const fails = (text, place) => {
    const { status, stdout, stderr } = kmeans(["--program", file("run.py", text), data])
    assert.deepEqual([status, stdout], [2, ""])
    assert.match(stderr, place)
  }
  fails("k = 2\ndef distance(x, c):\n    # é\n    n = abs(x - c).sum()\n    return n + 1 / n\n", /^run\.py:5:16: error: .*distance is not a finite number for point \d+ and centroid \d+: 1 \/ n is inf\n$/m)
  fails("def center(points, c):\n    return np.sqrt(0 * c - 1)\n", /^run\.py:2:12: error: .*center is not finite for cluster \d+: np\.sqrt\(0 \* c - 1\) is nan$/m)
  fails("def seed_weight(d):\n    return 1 - 2\n", /^run\.py:2:12: error: .*seed_weight is not a finite number >= 0 for point \d+: 1 - 2 is -1$/m)
  fails("def distance(x, c):\n    return abs(x[7] - c[7])\n", /^run\.py:2:16: error: .*\[7\] is beyond the 2 coordinates/m)
})

test("--set refuses what the language refuses", () => {
  assert.match(failure(["--set", "k=0", data]), /--set k=0: .*k/)
  assert.match(failure(["--set", "k=2.5", data]), /--set k=2\.5: /)
  assert.match(failure(["--set", "init=ramdom", data]), /--set init=ramdom: .*random/)
  assert.match(failure(["--set", "restart=3", data]), /--set restart=3: .*restarts/)
  assert.match(failure(["--set", "k", data]), /write --set name=value/)
  assert.match(failure(["--set", "k=2\nseed=3", data]), /write one name and one value/)
  assert.match(failure(["--set", "k=", data]), /--set k=/)
  assert.match(failure(["--set", "k=7", data]), /k is 7 and there are 6 points/)
  assert.equal(result(["--set", "n_clusters=2", "--set", "random_state=4", data]).params.seed, 4)
})

test("files are refused with row and column", () => {
  const cases = [
    ["x,y\n1,2\n3\n", /Row 3, column 2 \(y\): this row has 1 of the 2 fields/],
    ["x,y\n1,2\n3,four\n5,6\n7,8", /Row 3, column 2 \(y\): "four" is not a number/],
    ['x\n"1\n2\n', /Row 2, column 1 \(x\): this quoted field does not end/],
    ["", /Row 1, column 1: there is no text/],
    ["x,y\n", /there is a header but no row of data/],
    ["x,y\n1,\n,2\n", /Row 2, column 2 \(y\): this cell is empty, and so is one in every other row/],
    ["a\nb\nc\n", /has no column of numbers to cluster/],
    [Buffer.from([0xff, 0xfe, 0x31, 0]), /UTF-16; save the file as UTF-8/],
    ["x\n1e300\n2\n", /too large/],
  ]
  for (const [text, message] of cases) {
    assert.match(failure([file("case.csv", text)]), message)
    assert.match(failure(["-"], text), message)
  }
  assert.match(failure(["nothing.csv"]), /^kmeans: cannot open nothing\.csv: No such file or directory$/)
  assert.match(failure(["."]), /^kmeans: cannot read \.: /)
})

test("foreign text cannot reach the terminal or break the JSON", () => {
  const odd = file("odd.csv", Buffer.from('"a\u001b[31m\\""";\xff\n1;2\n3;4\n', "latin1"))
  const got = result([odd, "--set", "k=2"])
  assert.deepEqual(got.columns, ['a\u001b[31m\\"', "\ufffd"])
  const report = kmeans([odd, "--set", "k=2"])
  assert.ok(!report.stdout.includes("\u001b"))
  assert.ok(!failure([odd, "--columns", "none"]).includes("\u001b"))
})

test("standard input, options in any order, -- before a file", () => {
  const expected = result(["--set", "k=2", data]).digest
  assert.equal(result(["-", "--set=k=2"], blobs).digest, expected)
  assert.equal(JSON.parse(kmeans(["--json", "--set", "k=2", "--", data]).stdout).digest, expected)
  assert.match(failure([]), /which data\?/)
  assert.match(failure([data, data]), /the data is given twice/)
  assert.match(failure([data, "--colums", "x"]), /there is no option --colums/)
  assert.match(failure([data, "--init"]), /--init needs a value/)
})

test("shapes", () => {
  const got = result(["shape:moons,n=50,noise=0.1,gap=1,seed=9", "--set", "k=2"])
  assert.deepEqual([got.n, got.d, got.columns, got.truth], [50, 2, ["x", "y"], "the shape"])
  assert.equal(got.digest, result(["shape:moons,n=50,noise=1e-1,dial=1,seed=9", "--set", "k=2"]).digest)
  assert.notEqual(got.digest, result(["shape:moons,n=50,noise=0.1,gap=1,seed=8", "--set", "k=2"]).digest)
  assert.equal(result(["shape:rings", "--set", "k=2"]).n, 300)
  assert.match(failure(["shape:moon"]), /there is no shape moon; the shapes are blobs, /)
  assert.match(failure(["shape:moons,n=0"]), /n must be a whole number from 1 to 16777216/)
  assert.match(failure(["shape:moons,n=1.5"]), /n must be a whole number/)
  assert.match(failure(["shape:moons,noise=9"]), /noise must be a number from 0 to 0\.5/)
  assert.match(failure(["shape:moons,noise=0x1"]), /noise=0x1 has no number/)
  assert.match(failure(["shape:moons,foo=1"]), /there is no foo; moons has n, noise, dial \(or gap\) and seed/)
  assert.match(failure(["shape:moons,n"]), /write name=value, not n/)
  assert.match(failure(["shape:moons", "--label", "x"]), /are for files/)
})

test("--help lists every parameter and shape", () => {
  const { status, stdout } = kmeans(["--help"])
  assert.equal(status, 0)
  for (const name of Object.keys(result([data]).params)) assert.match(stdout, new RegExp(`^  ${name} `, "m"))
  for (const name of ["blobs", "anisotropic", "moons", "rings", "uniform", "grid"]) assert.match(stdout, new RegExp(`^  ${name} `, "m"))
  for (const option of ["--set", "--program", "--print", "--init", "--columns", "--label", "--weight", "--standardize", "--json", "--help"])
    assert.match(stdout, new RegExp(`^  ${option}\\b`, "m"))
})

// A sanitized build reserves more than this before it begins.
test("memory that cannot be had is refused", { skip: process.env.KMEANS_BIN !== undefined }, () => {
  const rows = file("rows.csv", "1.25,2.5\n".repeat(1_500_000))
  const { status, stdout, stderr } = kmeans([rows], "", 30_000)
  assert.deepEqual([status, stdout], [2, ""])
  assert.match(stderr, /^kmeans: rows\.csv: Row \d+, column \d+: not enough memory/)
})

test("a million points", () => {
  const got = result(["shape:grid,n=1000000", "--set", "k=9", "--set", "max_iter=3"])
  assert.equal(got.labels.length, 1_000_000)
  assert.equal(got.silhouette_points, 5000)
})

test("--print prints the program in its normal form, without data", () => {
  const text = "min_size = 2\nn_clusters = 4\ndef distance(x, c):\n    d = (x - c)\n    return sum(d * d) + ((d[0]))\n"
  const normal = "k = 4\nmin_size = 2\n\ndef distance(x, c):\n    v1 = x - c\n    return (v1**2).sum(-1) + v1[0]\n"
  assert.deepEqual(kmeans(["--print", "--program", file("long.py", text)]).stdout, normal)
  assert.deepEqual(kmeans(["--print", "--program", file("normal.py", normal)]), { status: 0, stdout: normal, stderr: "" })
  assert.match(failure(["--print", data]), /--print prints the program of --program FILE/)
  assert.match(failure(["--print", "--program", file("bad.py", "k = 0\n")]), /^bad\.py:1:5: error: /m)
})
