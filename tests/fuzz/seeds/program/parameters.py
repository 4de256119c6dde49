import numpy as np

k = 3
init = "kmeans++"        # or "random"
seed = 0
restarts = 10
tol = 1e-4
min_size = 5
