def fill_empty(points, labels, nearest, j):
    """empty = "split": the cluster with the largest inertia is cut in two."""
    worst = worst_cluster(points, labels, nearest, j)
    if worst is None:
        return 0
    split(points, labels, nearest, worst, j)
    return 1
