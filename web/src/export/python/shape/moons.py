def shares(dial):
    return [0, 1, 2]


def place(dial, g, rank, size, bits):
    """Along one of two half circles."""
    x, y = on_circle(0.5 * rank / (size - 1) if size > 1 else 0, 1)
    return (x, y) if g == 0 else (1 - x, 1 - y - dial)


def spread(noise, dial, g, x, y):
    return x * noise, y * noise
