# Builds the committed cases of mixed models for repeated measures: Rscript mixed-model.R, in this folder.
# Constructed data. Every number is computed here from the whole covariance matrix of all rows, with numerical
# derivatives, so by another road than the program's; nlme::gls and lme4 check the maximum where they have the structure.
suppressMessages({ library(nlme); library(lme4); library(numDeriv); library(jsonlite) })
options(contrasts = c("contr.treatment", "contr.poly"), warn = 1)
RNGkind("Mersenne-Twister", "Inversion", "Rejection"); set.seed(20260803)
T <- "treatment"; C <- "control"; months <- c(3, 6, 12, 24, 48); visits <- sprintf("m%02d", months); m <- length(visits)

## data: 54 people, three sites, one of which skips month 6; who is worse leaves earlier --------------------------
n <- 54; people <- data.frame(participant = sprintf("F%02d", 1:n), site = rep(c("A", "B", "C"), n / 3), arm = rep(c(T, C), each = 3, length.out = n))
level <- rnorm(n, 0, 6); people$baseline <- round(40 + level + rnorm(n, 0, 4), 1); rows <- list(); fades <- rnorm(n, 0, 5)
for (i in 1:n) for (k in 1:m) { memory <- exp(-diff(c(0, months))[k] / 12); fades[i] <- memory * fades[i] + rnorm(1, 0, 5 * sqrt(1 - memory^2))
  value <- round(36 - 6 * (1 - exp(-months[k] / 12)) + (.8 + .1 * k) * (.5 * level[i] + fades[i]) - 3 * (people$arm[i] == T) + rnorm(1, 0, 2), 1)
  if (!(people$site[i] == "C" && k == 2) && runif(1) > .07) rows[[length(rows) + 1]] <- data.frame(people[i, ], visit = visits[k], visit_months = months[k], value = value)
  if (runif(1) < plogis(-3 + .05 * (value - 30))) break
}
d <- do.call(rbind, rows); dir.create("followup", FALSE); d$measure <- "score"
write.csv(d[, c("site", "participant", "arm", "visit", "visit_months", "measure", "baseline", "value")], "followup/data.csv", row.names = FALSE, quote = FALSE)
d <- read.csv("followup/data.csv"); d$arm <- factor(d$arm, c(C, T)); d$visit <- factor(d$visit, visits); d$vn <- as.integer(d$visit)
form <- value ~ arm * visit + baseline * visit + site; X <- model.matrix(form, d); y <- d$value; N <- nrow(X); p <- ncol(X)
same <- outer(d$participant, d$participant, "=="); at <- cbind(rep(d$vn, N), rep(d$vn, each = N))

source("mixed-model-functions.R")

## combinations: means by arm and visit (covariates at their mean over the rows, sites alike), then differences ---------
grid <- expand.grid(arm = factor(c(C, T), c(C, T)), visit = factor(visits, visits)); xb <- mean(d$baseline)
mean_rows <- t(apply(grid, 1, function(g) { k <- data.frame(arm = factor(rep(g[["arm"]], 3), c(C, T)), visit = factor(rep(g[["visit"]], 3), visits), baseline = xb, site = c("A", "B", "C"), value = 0)
  colMeans(model.matrix(form, within(k, site <- factor(site, c("A", "B", "C"))))) }))
difference_rows <- mean_rows[grid$arm == T, ] - mean_rows[grid$arm == C, ]

records <- list()
add <- function(id, method, select, r_call, result) records[[length(records) + 1]] <<- list(id = id, method = method, select = select, r_call = r_call,
  tol_rel = 1e-5, tol_abs = 1e-7, tol_keys = list(loglik = 1e-8, minus2_loglik = 1e-8, df = 1e-4, p = 1e-4), result = result)

for (cov in names(sigma)) for (reml in c(TRUE, FALSE)) { if (!reml && cov != "toeph") next
  S <- sigma[[cov]]; o <- maximum(S, begin[[cov]], reml); S0 <- S(o$t); V <- whole(S0); W <- solve(V); Phi <- solve(t(X) %*% W %*% X); b <- drop(Phi %*% t(X) %*% W %*% y)
  J <- jacobian(function(t) as.vector(S(t)), o$t); q <- length(o$t); dV <- lapply(1:q, function(h) whole(matrix(J[, h], m)))
  P <- lapply(dV, function(D) t(X) %*% W %*% D %*% W %*% X); g <- function(L) sapply(P, function(M) rowSums((L %*% Phi %*% M %*% Phi) * L))
  satt <- function(L) { v <- rowSums((L %*% Phi) * L); G <- matrix(g(L), nrow(L)); 2 * v^2 / rowSums((G %*% o$W) * G) }
  core <- list(n_obs = N, n_participants = length(unique(d$participant)), loglik = -o$value / 2, minus2_loglik = o$value)
  describe <- function(V) { L <- mean_rows; l <- table_of(L, b, V, satt(L)); c(core, list(reml = reml, n_theta = q, aic = o$value + 2 * q, bic = o$value + q * log(core$n_participants), covariance = lapply(1:m, function(i) S0[i, ]),
    lsmeans = cbind(visit = as.character(grid$visit), arm = as.character(grid$arm), l[, c("estimate", "se", "df", "ci_lower", "ci_upper")]), contrasts = cbind(visit = visits, table_of(difference_rows, b, V, satt(difference_rows))))) }
  if (reml) { cs <- switch(cov, us = corSymm(form = ~ vn | participant), cs = corCompSymm(form = ~ 1 | participant), ar1h = corAR1(form = ~ vn | participant), sp_exp = corExp(20, form = ~ visit_months | participant), NULL)
    if (!is.null(cs)) { ll <- as.numeric(logLik(gls(form, d, correlation = cs, weights = if (cov %in% c("us", "ar1h")) varIdent(form = ~ 1 | visit), control = glsControl(maxIter = 500, msMaxIter = 2000, tolerance = 1e-9, msTol = 1e-11)))); stopifnot(abs(ll + o$value / 2) < 1e-4) } }
  name <- function(df) list(measure = "score", model = "arm*visit + baseline*visit + site", time = "visit_months", cov = cov, df = df, reml = reml)
  add(paste0(cov, if (!reml) "/ml", "/satterthwaite"), "mmrm", name("Satterthwaite"), "REML or ML from the whole covariance matrix; numDeriv::hessian, jacobian", describe(Phi))
  if (!reml) next
  ## Kenward-Roger: Phi + 2 Phi (sum W_ij (Q_ij - P_i Phi P_j - R_ij / 4)) Phi
  Q <- matrix(0, p, p); R <- Q; A <- lapply(dV, function(D) D %*% W %*% X); WX <- W %*% X; H2 <- lapply(1:(m * m), function(e) hessian(function(t) as.vector(S(t))[e], o$t))
  for (i in 1:q) for (j in 1:q) { Q <- Q + o$W[i, j] * (t(A[[i]]) %*% W %*% A[[j]] - P[[i]] %*% Phi %*% P[[j]])
    R <- R + o$W[i, j] * t(WX) %*% whole(matrix(sapply(H2, function(h) h[i, j]), m)) %*% WX }
  kr <- list("Kenward-Roger" = Phi + 2 * Phi %*% (Q - R / 4) %*% Phi, "Kenward-Roger-Linear" = Phi + 2 * Phi %*% Q %*% Phi)
  for (k in names(kr)) add(paste0(cov, "/", tolower(k)), "mmrm", name(k), "Kenward and Roger (1997) written out", describe(kr[[k]]))
  ## joint test that the arms differ nowhere
  L <- difference_rows; e <- drop(L %*% b); eg <- eigen(L %*% Phi %*% t(L)); nu <- satt(t(eg$vectors) %*% L); tt <- drop(t(eg$vectors) %*% e)^2 / eg$values; E <- sum(nu / (nu - 2)); F <- mean(tt); df2 <- 2 * E / (E - m)
  Theta <- t(L) %*% solve(L %*% Phi %*% t(L)) %*% L; Z <- lapply(P, function(M) Theta %*% Phi %*% M %*% Phi); tr <- function(M) sum(diag(M)); A1 <- 0; A2 <- 0
  for (i in 1:q) for (j in 1:q) { A1 <- A1 + o$W[i, j] * tr(Z[[i]]) * tr(Z[[j]]); A2 <- A2 + o$W[i, j] * tr(Z[[i]] %*% Z[[j]]) }
  B <- (A1 + 6 * A2) / (2 * m); gg <- ((m + 1) * A1 - (m + 4) * A2) / ((m + 2) * A2); den <- 3 * m + 2 * (1 - gg); c1 <- gg / den; c2 <- (m - gg) / den; c3 <- (m + 2 - gg) / den
  Es <- 1 / (1 - A2 / m); Vs <- 2 / m * (1 + c1 * B) / ((1 - c2 * B)^2 * (1 - c3 * B)); rho <- Vs / (2 * Es^2); dk <- 4 + (m + 2) / (m * rho - 1); la <- dk / (Es * (dk - 2)); Fk <- la * drop(t(e) %*% solve(L %*% kr[[2]] %*% t(L), e)) / m
  add(paste0(cov, "/joint"), "mmrm_joint_test", name("Satterthwaite"), "Fai and Cornelius (1996); Kenward and Roger (1997)", list(f = F, df = df2, p = pf(F, m, df2, lower.tail = FALSE), kr_f = Fk, kr_df = dk, kr_p = pf(Fk, m, dk, lower.tail = FALSE)))
  ## clustered by participant, on rows whitened by the lower Cholesky factor of each
  ids <- unique(d$participant); Xw <- X; yw <- y; for (i in ids) { k <- which(d$participant == i); Lc <- t(chol(V[k, k, drop = FALSE])); Xw[k, ] <- forwardsolve(Lc, X[k, , drop = FALSE]); yw[k] <- forwardsolve(Lc, y[k]) }
  rw <- yw - drop(Xw %*% b); cr <- list()
  for (ty in c("CR0", "CR2", "CR3")) { Bt <- lapply(ids, function(i) { k <- which(d$participant == i); x <- Xw[k, , drop = FALSE]; eg <- eigen(diag(length(k)) - x %*% Phi %*% t(x), symmetric = TRUE); w <- switch(ty, CR0 = 0, CR2 = -.5, CR3 = -1)
      Phi %*% t(x) %*% eg$vectors %*% (eg$values^w * t(eg$vectors)) })
    Vc <- Reduce(`+`, Map(function(M, i) tcrossprod(M %*% rw[d$participant == i]), Bt, ids))
    df <- apply(L, 1, function(l) { G <- matrix(0, N, length(ids)); for (i in seq_along(ids)) { k <- which(d$participant == ids[i]); G[k, i] <- t(Bt[[i]]) %*% l }; IH <- diag(N) - Xw %*% Phi %*% t(Xw); M <- t(G) %*% IH %*% G; tr(M)^2 / sum(M^2) })
    cr[[ty]] <- cbind(visit = visits, table_of(L, b, Vc, df)) }
  if (cov %in% c("us", "cs", "sp_exp")) add(paste0(cov, "/clustered"), "mmrm_clustered_contrasts", name("Satterthwaite"), "CR0, CR2, CR3 written out, P = G'(I - H) G", list(cr0 = cr$CR0, cr2 = cr$CR2, cr3 = cr$CR3))
}

## random intercept -------------------------------------------------------------------------------------------------------
suppressMessages(library(lmerTest))
r <- lmer(value ~ arm * visit + baseline * visit + site + (1 | participant), d, control = lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-10))); v <- as.data.frame(VarCorr(r))
for (df in c("Satterthwaite", "Kenward-Roger")) { z <- do.call(rbind, lapply(1:m, function(i) contest(r, difference_rows[i, ], joint = FALSE, ddf = df, confint = TRUE)))
  add(paste0("random_intercept/", tolower(df)), "random_intercept_lmm", list(measure = "score", visits = I(visits), df = tolower(df)), "lmerTest::contest(lmer(value ~ arm*visit + baseline*visit + site + (1 | participant)), ddf = df)",
    list(loglik = as.numeric(logLik(r)), var_participant = v$vcov[1], var_residual = v$vcov[2], contrasts = data.frame(visit = visits, estimate = z$Estimate, se = z[["Std. Error"]], df = z$df, t = z[["t value"]], p = z[["Pr(>|t|)"]], ci_lower = z$lower, ci_upper = z$upper))) }
version <- c(R = paste(R.version$major, R.version$minor, sep = "."), vapply(c("nlme", "lme4", "lmerTest", "pbkrtest", "numDeriv"), function(p) as.character(packageVersion(p)), ""))
writeLines(toJSON(list(treatment = T, control = C, versions = as.list(version), results = records), auto_unbox = TRUE, digits = I(17), na = "null", dataframe = "rows", pretty = 1), "followup/expected.json")
