def random_bits(seed):
    """64 random bits at a time: xoshiro256** 1.0 (Blackman, Vigna 2018), seeded by splitmix64."""
    mask, s = 2**64 - 1, []
    for i in range(1, 5):
        z = (seed + i * 0x9E3779B97F4A7C15) & mask
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & mask
        z = (z ^ z >> 27) * 0x94D049BB133111EB & mask
        s.append(z ^ z >> 31)
    while True:
        five = s[1] * 5 & mask
        yield ((five << 7 | five >> 57) & mask) * 9 & mask
        t = s[1] << 17 & mask
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = (s[3] << 45 | s[3] >> 19) & mask


def uniform(bits):
    """A number from 0 up to 1."""
    return (next(bits) >> 11) * 2.0**-53


def below(bits, n):
    """A whole number from 0 to n - 1, all equally likely (Lemire 2019)."""
    m = (next(bits) >> 32) * n
    while m % 2**32 < n and m % 2**32 < (2**32 - n) % n:
        m = (next(bits) >> 32) * n
    return m >> 32


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
