K = 3
init = ramdom
seed = -1
restarts == 2
max_iter = 1_000
tol = 2
distance = "manhatan"
for i in range(3):
    k += 1
def distance(x, c)
    return (x - c
def centre(p): return p
  k = 4
print("é")
