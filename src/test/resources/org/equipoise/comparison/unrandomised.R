# Two sites that did not allocate at random: made-up people, and their arms compared by overlap weights and by inverse
# probability weights. Standard errors by stacked estimating equations, differentiated numerically. Base R 4.2 only.
# Writes unrandomised.csv and prints what the test expects.
set.seed(20)
n <- 120
d <- data.frame(site = rep(c("a", "b"), c(70, 50)), sex = sample(c("f", "m"), n, TRUE), age = sample(18:60, n, TRUE),
                baseline = sample(8:30, n, TRUE))
d$treated <- rbinom(n, 1, plogis(-2 + 0.05 * d$age - 0.6 * (d$sex == "m") + 0.3 * (d$site == "b")))
d$value <- round(0.5 * d$baseline + 0.1 * d$age - 2 * d$treated + rnorm(n, 0, 3), 1)
write.csv(d, "unrandomised.csv", row.names = FALSE, quote = FALSE)
x <- model.matrix(~ sex + age + baseline + site, d)
t <- d$treated
y <- d$value
tilt <- list(overlap = function(e) e * (1 - e), average = function(e) rep(1, length(e)))
weights <- function(h, e) h(e) / ifelse(t == 1, e, 1 - e)
smd <- function(v, w) {
  m <- function(a) sum(w[t == a] * v[t == a]) / sum(w[t == a])
  (m(1) - m(0)) / sqrt((var(v[t == 1]) + var(v[t == 0])) / 2)
}
ps <- glm.fit(x, t, family = binomial(), control = list(epsilon = 1e-14, maxit = 100))$coefficients
p <- ncol(x)
for (target in names(tilt)) {
  h <- tilt[[target]]
  psi <- function(theta) {
    e <- plogis(drop(x %*% theta[1:p]))
    w <- weights(h, e)
    cbind(x * (t - e), w * t * (y - theta[p + 1]), w * (1 - t) * (y - theta[p + 2]))
  }
  w <- weights(h, plogis(drop(x %*% ps)))
  mean.of <- function(a) sum(w[t == a] * y[t == a]) / sum(w[t == a])
  theta <- c(ps, mean.of(1), mean.of(0))
  bread <- sapply(seq_along(theta), function(j) {
    step <- 1e-5 * max(1, abs(theta[j])); up <- theta; up[j] <- up[j] + step; down <- theta; down[j] <- down[j] - step
    (colSums(psi(up)) - colSums(psi(down))) / (2 * step)
  })
  v <- solve(bread) %*% crossprod(psi(theta)) %*% t(solve(bread))
  contrast <- c(rep(0, p), 1, -1)
  ess <- function(a) sum(w[t == a])^2 / sum(w[t == a]^2)
  cat(target, format(c(sum(contrast * theta), sqrt(drop(contrast %*% v %*% contrast)), ess(1), ess(0), smd(d$age, w)),
                     digits = 12), "\n")
}
cat("unweighted", format(c(mean(y[t == 1]) - mean(y[t == 0]), smd(d$age, rep(1, n))), digits = 12), "\n")
