# What filled-in values lead to, in the limit of infinitely many imputations: numbers for SensitivityReferenceTest.
# R 4.2.2, base R only. Run beside the data: Rscript sensitivity.R. Writes sensitivity-scores.csv and
# sensitivity-risks.csv where they are not there, and sensitivity-expected.csv.
#
# Missing values are monotone, so posteriors are drawn without a chain, by regressions one after another: for scores y1, y2
# with covariates x of rank p, under the prior |Sigma|^(-3/2),
#   s11 ~ RSS1 / chi2(n1 - p - 1), b1 ~ N(ols, s11 (X'X)^-1);  s22.1 ~ RSS2 / chi2(n2 - p), b2 ~ N(ols, s22.1 (Z'Z)^-1), Z = (x, y1).
#
# Monte Carlo error, laid down before anything is compared. The program draws m = 400 imputations, R draws M. Q is the
# estimate of a table, U its variance; B = var Q, W = mean U, T = W + (1 + 1/m) B.
#   error of the estimate        e = sqrt(B/m + B/M)
#   error of T, at most          t = B sqrt(2/(m - 1)) + sd(U)/sqrt(m) + the same with M
# A number must lie within 4 e of the estimate, its standard error between sqrt(T - 4 t) and sqrt(T + 4 t); df and the
# tipping point, functions of the two, between their extremes over those ranges.
m <- 400
z <- 4
set.seed(20261129)

make <- function() {
  n <- 160
  d <- data.frame(site = rep(c("a", "b"), each = n / 2), arm = rep(c("MBT", "TAU"), n / 2))
  person <- rnorm(n, sd = 3)
  treated <- d$arm == "MBT"
  d$baseline <- round(20 + person + rnorm(n, sd = 3))
  d$m6 <- round(17 + person - 1.5 * treated + ifelse(d$site == "b", 1, 0) + rnorm(n, sd = 3), 1)
  d$m12 <- round(4 + 0.7 * d$m6 - 2 * treated + 3 * (d$site == "b") + rnorm(n, sd = 2.5), 1)
  u <- runif(n)
  d$m12[u < 0.25] <- NA
  d$m6[u < 0.08] <- NA
  write.csv(d, "sensitivity-scores.csv", row.names = FALSE, na = "", quote = FALSE)
  # better than 12 at an interval; everybody is seen at six months
  r <- data.frame(site = d$site, arm = d$arm, baseline = rbinom(n, 1, 0.2))
  r$m6 <- rbinom(n, 1, plogis(-1 + r$baseline + 0.8 * treated + 0.3 * (r$site == "b")))
  r$m12 <- rbinom(n, 1, plogis(-2.2 + 1.5 * r$m6 + 0.9 * treated + 2 * (r$site == "b")))
  r$m12[runif(n) < ifelse(r$m6 == 1, 0.15, 0.3)] <- NA
  write.csv(r, "sensitivity-risks.csv", row.names = FALSE, na = "", quote = FALSE)
}
if (!file.exists("sensitivity-scores.csv")) make()

expected <- data.frame()
tell <- function(...) expected <<- rbind(expected, data.frame(...))
df.of <- function(T, W, m, c) {
  lambda <- 1 - W / T
  1 / (lambda^2 / (m - 1) + 1 / ((c + 1) / (c + 3) * c * W / T))
}

# Estimate, standard error and df of tables, with their ranges. Q, U: one a table.
pooled <- function(method, variant, quantity, at, Q, U, c, told = TRUE) {
  M <- length(Q); B <- var(Q); W <- mean(U); T <- W + (1 + 1 / m) * B
  e <- z * sqrt(B / m + B / M)
  t <- z * (B * (sqrt(2 / (m - 1)) + sqrt(2 / (M - 1))) + sd(U) * (1 / sqrt(m) + 1 / sqrt(M)))
  range.df <- range(outer(c(T - t, T, T + t), W + z * sd(U) * (1 / sqrt(m) + 1 / sqrt(M)) * (-1:1), df.of, m = m, c = c))
  row <- function(what, value, low, high) if (told)
    tell(method = method, variant = variant, quantity = quantity, at = at, what = what, value = value, low = low, high = high)
  row("estimate", mean(Q), mean(Q) - e, mean(Q) + e)
  row("std_error", sqrt(T), sqrt(T - t), sqrt(T + t))
  row("df", df.of(T, W, m, c), range.df[1], range.df[2])
  invisible(list(estimate = mean(Q), e = e, T = T, t = t, W = W, c = c))
}

# Scores ------------------------------------------------------------------------------------------------------------
d <- read.csv("sensitivity-scores.csv")
M <- 40000
treated <- d$arm == "MBT"
X <- cbind(1, d$baseline, d$site == "b")
p <- ncol(X)
posterior <- function(x, y, df) {
  q <- qr(x)
  scale <- sum(qr.resid(q, y)^2) / rchisq(M, df)
  noise <- backsolve(qr.R(q), matrix(rnorm(ncol(x) * M), ncol(x)))
  list(b = qr.coef(q, y) + sweep(noise, 2, sqrt(scale), "*"), s = scale)
}
draws <- lapply(c(MBT = "MBT", TAU = "TAU"), function(a) {
  one <- d$arm == a & !is.na(d$m6); two <- d$arm == a & !is.na(d$m12)
  list(one = posterior(X[one, ], d$m6[one], sum(one) - p - 1),
       two = posterior(cbind(X[two, ], d$m6[two]), d$m12[two], sum(two) - p))
})
normal <- function(n, s) matrix(rnorm(n * M), n) * rep(sqrt(s), each = n)
fill <- function(a) {                                     # like their own arm
  g <- draws[[a]]
  gone <- which(d$arm == a & is.na(d$m12)); never <- is.na(d$m6[gone])
  y1 <- matrix(d$m6[gone], length(gone), M)
  y1[never, ] <- X[gone[never], ] %*% g$one$b + normal(sum(never), g$one$s)
  list(gone = gone, y2 = X[gone, ] %*% g$two$b[1:p, ] + y1 * rep(g$two$b[p + 1, ], each = length(gone)) + normal(length(gone), g$two$s))
}
own <- list(MBT = fill("MBT"), TAU = fill("TAU"))
jump <- local({                                           # treated people like the control arm from then on
  control <- draws$TAU; mine <- draws$MBT; gone <- own$MBT$gone; never <- is.na(d$m6[gone])
  g <- control$two$b[p + 1, ]
  mean2 <- X[gone, ] %*% control$two$b[1:p, ] + (X[gone, ] %*% control$one$b) * rep(g, each = length(gone))
  apart <- d$m6[gone] - X[gone, ] %*% mine$one$b
  y2 <- mean2
  y2[!never, ] <- y2[!never, ] + apart[!never, ] * rep(g, each = sum(!never)) + normal(sum(!never), control$two$s)
  y2[never, ] <- y2[never, ] + normal(sum(never), control$two$s + g^2 * control$one$s)
  y2
})
analysis <- function(mbt, tau) {
  y <- matrix(d$m12, nrow(d), M)
  y[own$MBT$gone, ] <- mbt
  y[own$TAU$gone, ] <- tau
  q <- qr(cbind(treated, X))
  c <- nrow(d) - q$rank
  list(Q = qr.coef(q, y)[1, ], U = chol2inv(qr.R(q))[1, 1] * colSums(qr.resid(q, y)^2) / c, c = c)
}
show <- function(method, variant, at, a, ...) pooled(method, variant, "contrast", at, a$Q, a$U, a$c, ...)
grid <- 0:20
show("jump_to_reference", "value", "", analysis(jump, own$TAU$y2))
for (whose in c("treatment", "both")) {
  both <- whose == "both"
  steps <- lapply(grid, function(delta) show("tipping_point", paste0("value:", whose), as.character(delta),
    analysis(own$MBT$y2 + delta, own$TAU$y2 + delta * both), told = delta %% 5 == 0))
  # the shift at which p is 0.05, for an estimate and variance that are off by so many errors: both are smooth in the shift
  crossing <- function(off.e, off.t) {
    excess <- sapply(steps, function(s) {
      T <- s$T + off.t * s$t
      log(2 * pt(-abs((s$estimate + off.e * s$e) / sqrt(T)), df.of(T, s$W, m, s$c)) / 0.05)
    })
    if (all(excess < 0)) return(NA)
    uniroot(splinefun(grid, excess), range(grid), tol = 1e-10)$root
  }
  corners <- outer(c(-1, 0, 1), c(-1, 0, 1), Vectorize(crossing))
  if (!anyNA(corners)) tell(method = "tipping_point", variant = paste0("value:", whose), quantity = "shift", at = "",
    what = "estimate", value = corners[2, 2], low = min(corners), high = max(corners))
}

# Risks -------------------------------------------------------------------------------------------------------------
r <- read.csv("sensitivity-risks.csv")
M <- 4000
firth <- function(x, y) {                                 # Jeffreys' prior, by a general optimiser
  information <- function(b) { w <- plogis(drop(x %*% b)); crossprod(x, x * w * (1 - w)) }
  minus <- function(b) -sum(dbinom(y, 1, plogis(drop(x %*% b)), log = TRUE)) - 0.5 * determinant(information(b))$modulus
  b <- optim(rep(0, ncol(x)), minus, method = "BFGS", control = list(reltol = 1e-14, maxit = 1000))$par
  list(b = b, root = t(chol(solve(information(b)))))
}
x <- cbind(1, r$baseline, r$site == "b", r$m6)
posteriors <- lapply(c(MBT = "MBT", TAU = "TAU"), function(a) {
  seen <- r$arm == a & !is.na(r$m12)
  firth(x[seen, ], r$m12[seen])
})
terms <- cbind(1, r$arm == "MBT", r$site == "b")
at <- function(a) { t <- terms; t[, 2] <- a; t }
one <- function() {
  y <- r$m12
  for (a in names(posteriors)) {
    gone <- which(r$arm == a & is.na(y))
    g <- posteriors[[a]]
    b <- g$b + drop(g$root %*% rnorm(length(g$b)))
    y[gone] <- rbinom(length(gone), 1, plogis(drop(x[gone, ] %*% b)))
  }
  f <- glm.fit(terms, y, family = binomial(), control = list(epsilon = 1e-12))
  V <- chol2inv(f$qr$qr[1:3, 1:3])
  risk <- function(a) { e <- plogis(drop(at(a) %*% f$coefficients)); list(p = mean(e), g = colMeans(at(a) * e * (1 - e))) }
  mbt <- risk(1); tau <- risk(0)
  variance <- function(g) drop(crossprod(g, V %*% g))
  odds <- function(risk) risk$g / (risk$p * (1 - risk$p))
  c(mbt$p, variance(mbt$g), tau$p, variance(tau$g), mbt$p - tau$p, variance(mbt$g - tau$g),
    log(mbt$p / tau$p), variance(mbt$g / mbt$p - tau$g / tau$p),
    qlogis(mbt$p) - qlogis(tau$p), variance(odds(mbt) - odds(tau)))
}
tables <- replicate(M, one())
names <- c("p MBT", "p TAU", "rd", "rr", "or")            # ratios on their logarithm
for (k in seq_along(names)) {
  s <- pooled("multiple_imputation", "site", names[k], "", tables[2 * k - 1, ], tables[2 * k, ], nrow(r) - 3)
  if (names[k] == "rd") {
    information <- function(T) { added <- T / s$W - 1; (added + 2 / (df.of(T, s$W, m, s$c) + 3)) / (added + 1) }
    tell(method = "multiple_imputation", variant = "site", quantity = "missing_information", at = "", what = "estimate",
      value = information(s$T), low = information(s$T - s$t), high = information(s$T + s$t))
  }
}
for (column in c("value", "low", "high")) expected[[column]] <- signif(expected[[column]], 10)
write.csv(expected, "sensitivity-expected.csv", row.names = FALSE, quote = FALSE)
