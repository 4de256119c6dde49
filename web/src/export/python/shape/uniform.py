def shares(dial):
    return [0, 1]


def place(dial, g, rank, size, bits):
    """Anywhere in a rectangle."""
    stretch, u, v = math.sqrt(dial), uniform(bits), uniform(bits)
    return (2 * u - 1) * stretch, (2 * v - 1) / stretch


def spread(noise, dial, g, x, y):
    return x * noise, y * noise
