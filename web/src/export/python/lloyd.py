# --- k-means: Lloyd's two half-steps in turn -----------------------------------------------


def assign(points, centroids):
    """Label and distance of the nearest centroid of every point; the first of them on a tie."""
    labels = np.zeros(len(points), int)
    nearest = np.full(len(points), np.inf)
    for j, c in enumerate(centroids):
        away = distances(points, c)
        nearer = away < nearest
        labels[nearer] = j
        nearest[nearer] = away[nearer]
    return labels, nearest


def update(points, labels, centroids):
    """Every centroid moves to the center of its points; one without points stays."""
    moved = centroids.copy()
    for j, c in enumerate(centroids):
        members = points[labels == j]
        if len(members) > 0:
            moved[j] = center_of(members, c)
    return moved


def fit(points, centroids):
    """Labels, centroids, inertia, and how many times the points were assigned."""
    labels = np.full(len(points), -1)
    iteration = 0
    inertia = np.nan  #: stop
    moves = 0  #: min_size
    settled, seen = 0, np.zeros(len(centroids))  #: batch
    while True:
        iteration += 1
        before = labels
        previous = inertia  #: stop
        labels, nearest = assign(points, centroids)
        inertia = math.fsum(nearest)
        done = np.array_equal(labels, before)  #: whole
        settled = settled + 1 if np.array_equal(labels, before) else 0  #: batch
        done = settled >= 10  #: batch
        done = done and not is_one_small(labels, len(centroids), moves)  #: min_size
        if done:
            break

        repaired = 0
        repaired = split_for_small(points, centroids, labels, nearest, moves)  #: min_size
        moves += repaired  #: min_size
        for j in np.flatnonzero(np.bincount(labels, minlength=len(centroids)) == 0):  #: fills
            repaired += fill_empty(points, labels, nearest, j)  #: fills
        start, centroids = centroids, update(points, labels, centroids)  #: whole
        start = centroids  #: batch
        if repaired == 0:  #: batch
            centroids = update_by_batch(points, labels, centroids, seen)  #: batch
        else:  # what was repaired may not be among the points drawn  #: batch
            centroids = update(points, labels, centroids)  #: batch
        stays = np.array_equal(centroids, start) and repaired == 0
        stays = stays and iteration > 1  #: batch
        if stays:
            break
        enough = iteration == max_iter
        steps_sq = ((centroids - start) ** 2).sum(axis=1)  #: measures
        enough |= iteration > 1 and asks_to_stop(inertia, previous, np.sqrt(steps_sq.max()), iteration)  #: stop
        enough |= steps_sq.sum() <= tol * points.var(axis=0).mean()  #: tol
        if enough:  # the points once more, so that they belong to the last centroids
            labels, nearest = assign(points, centroids)
            inertia = math.fsum(nearest)
            break
    return labels, centroids, inertia, iteration
