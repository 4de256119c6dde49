def uniform(bits):
    """A number from 0 up to 1."""
    return (next(bits) >> 11) * 2.0**-53


def gaussian(bits):
    """Two independent standard Gaussians (Marsaglia's polar method 1964)."""
    while True:
        u, v = 2 * uniform(bits) - 1, 2 * uniform(bits) - 1
        s = u * u + v * v
        if 0 < s < 1:
            factor = math.sqrt(-2 * math.log(s) / s)
            return u * factor, v * factor


def make_points(n, noise, dial, seed):
    """The points of the page, to the bit: those of the shape below, in random order, plus noise."""
    bits = random_bits(seed)
    order = []
    for i in range(n):  # a random permutation (Fisher, Yates)
        j = below(bits, i + 1)
        order.append(i)
        order[i], order[j] = order[j], i
    parts = shares(dial)
    first = [-(-share * n // parts[-1]) for share in parts]  # the numbers of group g begin at first[g]
    rows = []
    for number in order:
        g = bisect_right(first, number) - 1
        x, y = place(dial, g, number - first[g], first[g + 1] - first[g], bits)
        dx, dy = spread(noise, dial, g, *gaussian(bits))
        rows.append((x + dx, y + dy))
    return np.array(rows, np.float32).astype(float)
