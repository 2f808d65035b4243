# What the scripts of mixed models share. Before it: months, visits, m; before its functions are called: design X, outcomes y,
# N rows, p columns, same (one participant or not) and at (visits of two rows).
## covariance over the visits as a function of theta; mmrm's parameters, which the plain Kenward-Roger depends on --------
root <- function(t) t / sqrt(1 + t^2); lag <- abs(outer(1:m, 1:m, "-"))
sigma <- list(
  us = function(t) { L <- diag(m); L[lower.tri(L)] <- 0; k <- m; for (i in 2:m) for (j in 1:(i - 1)) { k <- k + 1; L[i, j] <- t[k] }; D <- diag(exp(t[1:m])); D %*% L %*% t(L) %*% D },
  cs = function(t) { r <- -1 / (m - 1) + (1 + 1 / (m - 1)) * plogis(t[2]); exp(2 * t[1]) * (diag(m) * (1 - r) + r) },
  ar1h = function(t) { D <- diag(exp(t[1:m])); D %*% root(t[m + 1])^lag %*% D },
  toeph = function(t) { D <- diag(exp(t[1:m])); R <- diag(m); R[lag > 0] <- root(t[m + lag[lag > 0]]); D %*% R %*% D },
  sp_exp = function(t) exp(2 * t[1]) * plogis(t[2])^abs(outer(months, months, "-")))
begin <- list(us = c(rep(2, m), rep(.5, m * (m - 1) / 2)), cs = c(2, 0), ar1h = c(rep(2, m), .5), toeph = c(rep(2, m), .5, .3, .2, .1), sp_exp = c(2, 3))
whole <- function(S) matrix(S[at], N) * same

## minus twice the log-likelihood, and its minimum polished by Newton's method
minus2 <- function(V, reml) { U <- try(chol(V), TRUE); if (inherits(U, "try-error")) return(1e10)
  A <- backsolve(U, X, transpose = TRUE); r <- backsolve(U, y, transpose = TRUE); I <- crossprod(A); b <- solve(I, crossprod(A, r))
  2 * sum(log(diag(U))) + sum((r - A %*% b)^2) + if (reml) (N - p) * log(2 * pi) + as.numeric(determinant(I)$modulus) else N * log(2 * pi) }
maximum <- function(S, t, reml) { f <- function(t) minus2(whole(S(t)), reml); t <- nlminb(t, f, control = list(rel.tol = 1e-12, iter.max = 500, eval.max = 2000))$par
  H <- hessian(f, t); for (i in 1:25) { s <- solve(H, grad(f, t)); t <- t - s; if (max(abs(s)) < 1e-9) break }
  H <- hessian(f, t); list(t = t, value = f(t), W = 2 * solve((H + t(H)) / 2)) }

## a table of combinations, one for each row of L
table_of <- function(L, b, V, df) { e <- drop(L %*% b); s <- sqrt(rowSums((L %*% V) * L)); q <- qt(.975, df)
  data.frame(estimate = e, se = s, df = df, t = e / s, p = 2 * pt(-abs(e / s), df), ci_lower = e - q * s, ci_upper = e + q * s, row.names = NULL) }
