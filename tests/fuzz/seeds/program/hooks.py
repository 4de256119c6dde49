"""k-medians"""
k = 2

def distance(x, c):                      # assign
    "L1"
    difference = np.abs(x - c)
    return difference.sum(-1)

def center(points, c):
    return c + 0.5 * (np.median(points, axis=0) - c)

def seed_weight(d):
    return d**2 if d > 1 else d

def stop(inertia, previous, shift, iteration):
    return abs(inertia - previous) / previous < 1e-4 or iteration >= 20
