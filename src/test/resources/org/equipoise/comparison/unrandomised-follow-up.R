# Two sites that did not allocate at random: events over time at risk and times to an event of 140 made-up people, and their
# arms compared by propensity weights: weighted Poisson regression, and areas under weighted Kaplan-Meier curves.
# R 4.2.2, survival 3.5. Run beside the data: Rscript unrandomised-follow-up.R. Writes unrandomised-follow-up.csv where it is
# not there, and unrandomised-follow-up-expected.csv.
#
# Standard errors: each person's influence is weight times derivative of the estimate by that weight, plus what passes
# through the propensity's coefficients; both derivatives are taken numerically, of R's own estimates.
library(survival)
set.seed(20261201)
make <- function() {
  n <- 140
  d <- data.frame(site = rep(c("a", "b"), c(80, 60)), sex = sample(c("f", "m"), n, TRUE), age = sample(18:60, n, TRUE))
  d$treated <- rbinom(n, 1, plogis(-1.6 + 0.04 * d$age - 0.6 * (d$sex == "m") + 0.3 * (d$site == "b")))
  d$exposure <- sample(200:548, n, TRUE)
  frailty <- rgamma(n, 1, 1)
  d$events <- rpois(n, frailty * d$exposure / 365.25 * exp(0.3 + 0.01 * d$age - 0.5 * d$treated))
  time <- ceiling(rexp(n, frailty * 0.0012 * exp(0.01 * d$age - 0.4 * d$treated)))
  end <- sample(700:1200, n, TRUE)
  d$time <- pmin(time, end)
  d$ending <- ifelse(time <= end, 1, 0)
  write.csv(d, "unrandomised-follow-up.csv", row.names = FALSE, quote = FALSE)
}
if (!file.exists("unrandomised-follow-up.csv")) make()
d <- read.csv("unrandomised-follow-up.csv")
a <- d$treated
x <- model.matrix(~ sex + age + site, d)
month <- 30.4375

rates <- function(w) {
  b <- suppressWarnings(glm(events ~ a, poisson, d, weights = w, offset = log(exposure / 365.25), control = list(epsilon = 1e-14)))
  c(coef(b)[["a"]], exp(sum(coef(b))), exp(coef(b)[[1]]))
}
area <- function(w, arm) {
  f <- survfit(Surv(time / month, ending) ~ 1, d, weights = w, subset = a == arm)
  summary(f, rmean = 18)$table[["rmean"]]
}
means <- function(w) { m <- c(area(w, 1), area(w, 0)); c(m[1] - m[2], m) }

tilt <- list(overlap = function(e) e * (1 - e), average = function(e) rep(1, length(e)))
fit <- glm.fit(x, a, family = binomial(), control = list(epsilon = 1e-14, maxit = 100))
e <- plogis(drop(x %*% fit$coefficients))
information <- solve(crossprod(x, x * e * (1 - e)))
weights <- function(h, b) { e <- plogis(drop(x %*% b)); h(e) / ifelse(a == 1, e, 1 - e) }
# central differences with Richardson's step
slope <- function(f, at, j) {
  step <- function(h) { up <- at; up[j] <- up[j] + h; down <- at; down[j] <- down[j] - h; (f(up) - f(down)) / (2 * h) }
  h <- 1e-3 * max(0.1, abs(at[j]))
  (4 * step(h / 2) - step(h)) / 3
}
expected <- data.frame()
for (target in names(tilt)) for (what in c("rate_ratio", "rmst_difference")) {
  estimate <- list(rate_ratio = rates, rmst_difference = means)[[what]]
  h <- tilt[[target]]
  w <- weights(h, fit$coefficients)
  value <- estimate(w)
  own <- w * sapply(seq_along(w), function(i) slope(function(w) estimate(w)[1], w, i))
  through <- sapply(seq_along(fit$coefficients), function(j) slope(function(b) estimate(weights(h, b))[1], fit$coefficients, j))
  influence <- own + drop(x %*% information %*% through) * (a - e)
  expected <- rbind(expected, data.frame(target, what, value = value[1], std_error = sqrt(sum(influence^2)),
    weights_known = sqrt(sum(own^2)), treatment = value[2], control = value[3]))
}
for (column in 3:7) expected[[column]] <- signif(expected[[column]], 12)
write.csv(expected, "unrandomised-follow-up-expected.csv", row.names = FALSE, quote = FALSE)
