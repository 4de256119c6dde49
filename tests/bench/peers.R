# R's kmeans by Lloyd: peers.R POINTS START N D K ITERATIONS RESTARTS, as peers.py.
a <- commandArgs(TRUE)
v <- as.integer(a[3:7]); n <- v[1]; d <- v[2]; k <- v[3]; iterations <- v[4]; restarts <- v[5]
read <- function(file, rows) matrix(readBin(file, "numeric", rows * d, size = 4, endian = "little"), ncol = d, byrow = TRUE)
x <- read(a[1], n); start <- read(a[2], k)
set.seed(1)
before <- proc.time()
m <- suppressWarnings(if (restarts > 0) kmeans(x, k, iter.max = 1000, nstart = restarts, algorithm = "Lloyd") else
  kmeans(x, start, iter.max = iterations, algorithm = "Lloyd"))
took <- proc.time() - before
nearest <- rep(Inf, n)
for (j in 1:k) nearest <- pmin(nearest, colSums((t(x) - m$centers[j, ])^2))
cat(sprintf("%.3f %.15g\n", 1e3 * (took[1] + took[2]), sum(nearest)))
