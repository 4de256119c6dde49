def is_one_small(labels, k, moves):
    """Whether a cluster is below min_size and there are moves left."""
    return k > 1 and moves < n_moves and (np.bincount(labels, minlength=k) < min_size).any()


def split_for_small(points, centroids, labels, nearest, moves):
    """A cluster below min_size is dissolved and the worst one split for it; how often that was done."""
    k, splits = len(centroids), 0
    for j in range(k):
        small = np.count_nonzero(labels == j) < min_size
        if not small or k == 1 or moves + splits == n_moves:
            continue
        if worst_cluster(points, labels, nearest, j) is None:
            continue
        members = labels == j
        if members.any():
            others = np.delete(np.arange(k), j)
            joined, nearest[members] = assign(points[members], centroids[others])
            labels[members] = others[joined]
        split(points, labels, nearest, worst_cluster(points, labels, nearest, j), j)
        splits += 1
    return splits
