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


def below(bits, n):
    """A whole number from 0 to n - 1, all equally likely (Lemire 2019)."""
    m = (next(bits) >> 32) * n
    while m % 2**32 < n and m % 2**32 < (2**32 - n) % n:
        m = (next(bits) >> 32) * n
    return m >> 32
