"""scikit-learn's KMeans on one thread: peers.py POINTS START N D K ITERATIONS RESTARTS, files of row-major float32. Prints
process milliseconds and inertia, or nothing when scikit-learn is not here."""
import os
import sys
import time

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
try:
    import numpy as np
    from sklearn.cluster import KMeans
except ImportError:
    sys.exit(0)

n, d, k, iterations, restarts = map(int, sys.argv[3:])
x = np.fromfile(sys.argv[1], "<f4").reshape(n, d)
start = np.fromfile(sys.argv[2], "<f4").reshape(k, d)
model = KMeans(k, init="k-means++" if restarts else start, n_init=restarts or 1, max_iter=iterations, tol=0, algorithm="lloyd", random_state=0)
before = time.process_time()
model.fit(x)
took = time.process_time() - before
c = model.cluster_centers_.astype("f8")
nearest = np.full(n, np.inf)
for row in c:
    nearest = np.minimum(nearest, ((x.astype("f8") - row) ** 2).sum(1))
print(took * 1e3, nearest.sum())
