# Builds the committed reference cases of imputation: Rscript imputation.R, in this folder; two minutes. Apart from
# reference.R because a pooled result of random imputations is known up to its Monte Carlo error only: "noise" is the
# standard deviation of the difference between R's runs and 200 of ours, and the tolerance of an estimate is four times
# that; so is the tolerance of the variance between imputations four times its standard error.
source("common.R"); set.seed(20261125)

## one draw on given random numbers: sigma* = sqrt(RSS/chi2), b* = b + sigma* R^-1 z with a positive diagonal of R
n <- 12; X <- cbind(1, round(rnorm(n, 20, 5), 1), round(rnorm(n), 2)); y <- round(5 + .6 * X[, 2] + rnorm(n, 0, 3), 1); W <- cbind(1, c(18.5, 22, 31.5), c(.4, -.3, 1)); u <- c(.31, .62, .07, .9, .44, .55, .13, .71)
ls <- solve(crossprod(X), crossprod(X, y)); rss <- sum((y - X %*% ls)^2); z <- -qnorm(u[1:6]); sig <- sqrt(rss / 10.5); bs <- ls + sig * solve(chol(crossprod(X)), z[1:3])
add("draw", "normal_regression_draw", list(x = X, y = I(y), wanted = W, uniforms = I(u[1:6]), chi2 = 10.5), "chol(crossprod(X)); solve", list(draws = I(drop(W %*% bs + sig * z[4:6]))))
## conditional normal: mean and variance of two coordinates given the others
S <- matrix(c(9, 4, 3, 2, 4, 8, 3.5, 3, 3, 3.5, 10, 5, 2, 3, 5, 12), 4); K <- S[3:4, 1:2] %*% solve(S[1:2, 1:2]); V <- S[3:4, 3:4] - K %*% S[1:2, 3:4]; z <- -qnorm(u[7:8])
add("conditional", "conditional_normal", list(covariance = S, given = I(0:1), wanted = I(2:3), means = I(c(20, 18)), residuals = I(c(1.5, -2)), uniforms = I(u[7:8])), "solve; t(chol(V))", list(draws = I(drop(c(20, 18) + K %*% c(1.5, -2) + t(chol(V)) %*% z))))
## a trial with drop-out and gaps: pooled results of mice within arms, and of jump to reference
n <- 120; d <- data.frame(site = "1", participant = sprintf("R%03d", 1:n), arm = rep(c(T, C), n / 2), baseline = round(rnorm(n, 26, 6), 1)); e <- matrix(rnorm(3 * n), n) %*% chol(matrix(c(25, 15, 12, 15, 30, 18, 12, 18, 36), 3))
for (k in 1:3) d[[paste0("s", k)]] <- round(8 + .6 * d$baseline - k - 2 * k * (d$arm == T) + e[, k], 1)
out <- 1 + findInterval(runif(n) - .004 * (d$s1 - 18), c(0, .15, .35)); d$s1[out == 1] <- NA; d$s2[out <= 2 | runif(n) < .05] <- NA; d$s3[out <= 3 & runif(n) < .55 | out <= 2] <- NA
d$r2 <- as.integer(d$s2 < 14); d$r3 <- as.integer(d$s3 < 14); d$r1 <- as.integer(d$s1 < 16); d <- again(d)
pooled <- function(Q, U, dfcom, m) { p <- pool.scalar(Q, U, n = dfcom + 1, k = 1); noise <- sqrt(p$b / m + p$b / 200); list(m = m, estimate = p$qbar, within = p$ubar, between = p$b, noise = noise) }
ancova <- function(L) { es <- sapply(L, function(x) { f <- lm(s3 ~ factor(arm, c(C, T)) + baseline, x); c(coef(f)[2], vcov(f)[2, 2]) }); pooled(es[1, ], es[2, ], n - 3, length(L)) }
montecarlo <- function(id, method, select, call, p) { o <- p[c("estimate", "within", "between")]; add(id, method, c(select, noise = p$noise), call, o, 1e-8, 0, list(estimate = 4 * p$noise / abs(p$estimate), within = .06, between = 4 * sqrt(2 / (p$m - 1) + 2 / 199))) }
m <- 200; by_arm <- function(cols, how) { L <- lapply(c(T, C), function(a) { x <- d[d$arm == a, c("baseline", cols)]; i <- mice(x, m = m, maxit = 10, method = how, printFlag = FALSE, seed = 7 + (a == C)); lapply(1:m, function(k) cbind(arm = a, complete(i, k))) }); Map(rbind, L[[1]], L[[2]]) }
for (how in c("norm", "pmm")) montecarlo(paste0("chained/", how), "chained_equations", list(method = how, outcome = "s3"), "mice(m = 200, maxit = 10, method) within arms; lm; pool.scalar", ancova(by_arm(c("s1", "s2", "s3"), how)))
lg <- { L <- lapply(c(T, C), function(a) { x <- d[d$arm == a, c("baseline", "r1", "r2", "r3")]; for (k in c("r1", "r2", "r3")) x[[k]] <- factor(x[[k]], 0:1); i <- mice(x, m = m, maxit = 10, method = "logreg", printFlag = FALSE, seed = 17 + (a == C)); lapply(1:m, function(k) cbind(arm = a, complete(i, k))) }); Map(rbind, L[[1]], L[[2]]) }
es <- sapply(lg, function(x) { x$y <- as.integer(x$r3 == "1"); p <- tapply(x$y, x$arm, mean); k <- table(x$arm); c(p[[T]] - p[[C]], sum(p * (1 - p) / k)) }); montecarlo("chained/logreg", "chained_equations", list(method = "logreg", outcome = "r3"), "mice(method = 'logreg') within arms; difference of proportions; pool.scalar", pooled(es[1, ], es[2, ], Inf, m))
## jump to reference: data augmentation with rWishart, burn-in 40, one chain an imputation
augment <- function(Y, X, turns) { M <- is.na(Y); for (t in 1:ncol(Y)) Y[M[, t], t] <- mean(Y[, t], na.rm = TRUE); iX <- solve(crossprod(X)); R <- chol(iX)
  for (g in 1:turns) { bh <- iX %*% crossprod(X, Y); E <- Y - X %*% bh; S <- solve(rWishart(1, nrow(Y) - ncol(X), solve(crossprod(E)))[, , 1]); b <- bh + t(R) %*% matrix(rnorm(ncol(X) * ncol(Y)), ncol(X)) %*% chol(S); mu <- X %*% b
    for (i in which(rowSums(M) > 0)) { a <- which(M[i, ]); o <- which(!M[i, ]); if (length(o)) { K <- S[a, o, drop = FALSE] %*% solve(S[o, o]); mm <- mu[i, a] + K %*% (Y[i, o] - mu[i, o]); V <- S[a, a, drop = FALSE] - K %*% S[o, a, drop = FALSE] } else { mm <- mu[i, a]; V <- S }; Y[i, a] <- mm + t(chol((V + t(V)) / 2)) %*% rnorm(length(a)) } }
  list(Y = Y, b = b, S = S) }
Y <- as.matrix(d[c("s1", "s2", "s3")]); X <- cbind(1, d$baseline); tr <- d$arm == T
set.seed(20261126); runs <- 400; for (strategy in c("mar", "j2r")) { L <- lapply(1:runs, function(k) { f1 <- augment(Y[tr, ], X[tr, ], 40); f0 <- augment(Y[!tr, ], X[!tr, ], 40); Z <- Y; Z[tr, ] <- f1$Y; Z[!tr, ] <- f0$Y
    if (strategy == "j2r") for (i in which(tr)) { l <- max(0, which(!is.na(Y[i, ]))); if (l < 3) { a <- (l + 1):3; o <- seq_len(l); mm <- drop(X[i, ] %*% f0$b)[a]; V <- f0$S[a, a, drop = FALSE]
      if (l > 0) { K <- f0$S[a, o, drop = FALSE] %*% solve(f0$S[o, o]); mm <- mm + K %*% (Z[i, o] - drop(X[i, ] %*% f1$b)[o]); V <- V - K %*% f0$S[o, a, drop = FALSE] }; Z[i, a] <- mm + t(chol((V + t(V)) / 2)) %*% rnorm(length(a)) } }
    x <- d; x[c("s1", "s2", "s3")] <- Z; x })
  montecarlo(paste0("reference/", strategy), "reference_based_imputation", list(strategy = strategy, outcome = "s3"), "data augmentation with rWishart written out above, m = 400; lm; pool.scalar", ancova(L)) }
## tipping point on given imputations: the first six of mice's
six <- by_arm(c("s1", "s2", "s3"), "norm")[1:6]; gone <- is.na(c(d$s3[d$arm == T], d$s3[d$arm == C])); shifted <- function(delta, who) { es <- sapply(six, function(x) { x$s3 <- x$s3 + delta * (gone & x$arm %in% who); f <- lm(s3 ~ factor(arm, c(C, T)) + baseline, x); c(coef(f)[2], vcov(f)[2, 2]) }); p <- pool.scalar(es[1, ], es[2, ], n = n - 2, k = 1); c(p$qbar, sqrt(p$t), p$df, 2 * pt(-abs(p$qbar / sqrt(p$t)), p$df)) }
given <- do.call(rbind, lapply(1:6, function(k) data.frame(imputation = k, arm = six[[k]]$arm, observed = 1 - gone, baseline = six[[k]]$baseline, s3 = six[[k]]$s3))); write.csv(given, "given.csv", row.names = FALSE, quote = FALSE); given <- read.csv("given.csv"); for (k in 1:6) six[[k]]$s3 <- given$s3[given$imputation == k]
for (who in list(T, c(T, C))) { grid <- seq(0, 24, 2); p <- t(sapply(grid, shifted, who = who)); at <- which(p[, 4] > .05)[1]; tip <- if (is.na(at)) NA else uniroot(function(x) shifted(x, who)[4] - .05, grid[c(at - 1, at)], tol = 1e-12)$root
  add(paste0("tipping/", length(who)), "tipping_point", list(shifted = if (length(who) == 1) "treatment" else "both", deltas = I(grid)), "lm; pool.scalar; uniroot on p(delta) - 0.05", list(steps = data.frame(delta = grid, estimate = p[, 1], se = p[, 2], df = p[, 3], p = p[, 4]), delta = tip), 1e-8, 1e-10, list(delta = 1e-6)) }
dir.create("imputation", FALSE); invisible(file.rename("given.csv", "imputation/given.csv"))
finish("imputation", d, "mice")
