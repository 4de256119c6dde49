def distance(x, c):
    a = sqrt(sqrt(sqrt(sqrt(sqrt(sqrt(sqrt(sqrt(abs(x - c)))))))))
    a = sqrt(sqrt(sqrt(sqrt(sqrt(sqrt(sqrt(sqrt(sqrt(a)))))))))
    a = sqrt(sqrt(sqrt(sqrt(sqrt(sqrt(sqrt(sqrt(sqrt(a)))))))))
    b = a + (a + (a + (a + (a + (a + (a + (a + (a + (a)))))))))
    b = -(-(-(-(-(-(-(-(-(b)))))))))**(2**(2**(3**1.5)))
    return (b - a - a - (a - a)).sum() * 1e15 * 1e22
