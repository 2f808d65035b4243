# Equipercentile link with base R: Rscript linking.R, in this folder. Constructed people, who have both scales.
# Writes people.csv (x 0-27, y 0-24) and expected.csv (linked scores by the formulas of Kolen and Brennan 2014,
# with log-linear smoothing by glm, three and four moments; standard error over 2000 draws, three moments).
RNGkind("Mersenne-Twister", "Inversion", "Rejection"); set.seed(20260801)
n <- 300
ability <- rnorm(n)
x <- pmin(27, pmax(0, round(11 + 6 * ability + rnorm(n, 0, 3))))
y <- pmin(24, pmax(0, round(9 + 5 * ability + rnorm(n, 0, 3) + 0.8 * ability^2)))
smoothed <- function(s, top, moments) {
  counts <- tabulate(s + 1, top + 1)
  fit <- glm(counts ~ poly(0:top, moments), family = poisson, control = glm.control(epsilon = 1e-14, maxit = 200))
  fitted(fit) / sum(fitted(fit))
}
link <- function(x, y, moments) {
  f <- smoothed(x, 27, moments); g <- smoothed(y, 24, moments)
  P <- cumsum(f) - f / 2; G <- cumsum(g)
  u <- vapply(P, function(p) which(G > p)[1], 1L)
  pmin(24, pmax(0, (P - (G[u] - g[u])) / g[u] + (u - 1) - 0.5))
}
drawn <- replicate(2000, { i <- sample(n, n, TRUE); link(x[i], y[i], 3) })
write.csv(data.frame(x, y), "people.csv", row.names = FALSE, quote = FALSE)
write.csv(data.frame(score = 0:27, three = format(link(x, y, 3), digits = 15), four = format(link(x, y, 4), digits = 15),
                     se = format(apply(drawn, 1, sd), digits = 6)), "expected.csv", row.names = FALSE, quote = FALSE)
