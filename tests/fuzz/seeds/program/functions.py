k = 4
def distance(x, c):
    d = np.abs(x - c)
    e = d * d if x[0] > c[0] and not x[1] == 0 else -d**-0.5**2
    w = np.array([1, 4])
    s = np.where(d < 1, w * e / 2, (d - 0.5) - (1 - d))
    return s.sum(-1) + max(e) * min(x[0], 3) / (2 / (w[1] - d.mean())) or 1e-3
def center(points, c):
    m = np.median(points, axis=0)
    near = abs(points - m) <= 2
    return (near * points).sum(0) / np.maximum(near.sum(0), 1) + 0.5 * (points.mean(0) - c)
def seed_weight(d):
    a = sqrt(exp(-d))
    return a + a * tanh(a)**3 + log(1 + cos(a) * sin(d))
def stop(inertia, previous, shift, iteration):
    return abs(inertia - previous) / previous < 1e-4 or shift == 0 and iteration >= 10
