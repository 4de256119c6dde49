n_clusters = 4
init = "k-means++"
random_state = 42; n_init = 2
