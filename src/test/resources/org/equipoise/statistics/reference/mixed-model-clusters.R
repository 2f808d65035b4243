# Builds the committed cases of mixed models where people share a therapist, and of sites' own models pooled in two stages:
# Rscript mixed-model-clusters.R, in this folder. Constructed data. The clustered errors are computed here from the whole
# covariance matrix; clubSandwich checks them at nlme::gls's own fit, with its square root in place of the Cholesky factor's.
suppressMessages({ library(nlme); library(lme4); library(lmerTest); library(numDeriv); library(clubSandwich); library(metafor); library(jsonlite) })
options(contrasts = c("contr.treatment", "contr.poly"), warn = 1)
RNGkind("Mersenne-Twister", "Inversion", "Rejection"); set.seed(20261125)
T <- "treatment"; C <- "control"; months <- c(6, 12, 24); visits <- sprintf("m%02d", months); m <- length(visits)
source("mixed-model-functions.R")

## data: three sites of 44 people and one of 12; treated in groups of 5 or 6, most of the others with a therapist of 4 to 9 ------
sizes <- c(A = 44, B = 44, C = 44, D = 12); n <- sum(sizes); site <- rep(names(sizes), sizes)
people <- data.frame(participant = sprintf("P%03d", 1:n), site, arm = rep(c(T, C), n / 2), therapist = "")
for (s in names(sizes)) { t <- which(site == s & people$arm == T); people$therapist[t] <- sprintf("%s group %d", s, (seq_along(t) - 1) %/% 6 + 1)
  k <- which(site == s & people$arm == C); people$therapist[k] <- sprintf("%s therapist %d", s, findInterval(seq_along(k), c(1, 5, 11, 20))); people$therapist[k[seq_along(k) >= 20]] <- "" }
names_of <- setdiff(unique(people$therapist), ""); shared <- setNames(rnorm(length(names_of), 0, 2.5), names_of)
level <- rnorm(n, 0, 5); people$baseline <- round(40 + level + rnorm(n, 0, 4), 1); rows <- list(); gain <- c(A = -2, B = -7, C = 1, D = -3)
for (i in 1:n) for (k in 1:m) { z <- people$therapist[i]
  value <- round(36 - .2 * months[k] + .6 * level[i] + (if (z == "") 0 else shared[[z]]) + (people$arm[i] == T) * gain[[site[i]]] * months[k] / 24 + rnorm(1, 0, 3 + k / 2), 1)
  if (runif(1) > .08) rows[[length(rows) + 1]] <- data.frame(people[i, ], visit = visits[k], visit_months = months[k], value = value)
  if (runif(1) < plogis(-4 + .05 * (value - 30))) break
}
d <- do.call(rbind, rows); dir.create("therapists", FALSE); d$measure <- "score"
write.csv(d[, c("site", "participant", "arm", "therapist", "visit", "visit_months", "measure", "baseline", "value")], "therapists/data.csv", row.names = FALSE, quote = FALSE)
all <- read.csv("therapists/data.csv"); all$arm <- factor(all$arm, c(C, T)); all$visit <- factor(all$visit, visits); all$vn <- as.integer(all$visit)
all$cluster <- ifelse(all$therapist == "", all$participant, all$therapist)

use <- function(rows, form) { d <<- rows; X <<- model.matrix(form, d); y <<- d$value; N <<- nrow(X); p <<- ncol(X)
  same <<- outer(d$participant, d$participant, "=="); at <<- cbind(rep(d$vn, N), rep(d$vn, each = N)) }
differences <- function() { L <- matrix(0, m, p, dimnames = list(NULL, colnames(X))); a <- paste0("arm", T); L[, a] <- 1
  for (k in 2:m) L[k, paste0(a, ":visit", visits[k])] <- 1; L }

records <- list()
add <- function(id, method, select, r_call, result, tol_keys = list(df = 1e-4, p = 1e-4)) records[[length(records) + 1]] <<- list(id = id, method = method,
  select = select, r_call = r_call, tol_rel = 1e-5, tol_abs = 1e-7, tol_keys = tol_keys, result = result)

## clustered by group or therapist, rows whitened by the lower Cholesky factor of each cluster, or rooted as clubSandwich does ----
clustered <- function(V, type, club = FALSE) { W <- solve(V); Phi <- solve(t(X) %*% W %*% X); b <- drop(Phi %*% t(X) %*% W %*% y); e <- y - drop(X %*% b); ids <- unique(d$cluster)
  power <- c(CR0 = 0, CR2 = -.5, CR3 = -1)[[type]]; root_of <- function(M) { g <- eigen((M + t(M)) / 2, symmetric = TRUE); g$vectors %*% (g$values^power * t(g$vectors)) }
  bread <- lapply(ids, function(i) { k <- which(d$cluster == i); x <- X[k, , drop = FALSE]; v <- V[k, k, drop = FALSE]
    if (club && type == "CR2") { U <- chol(v); Phi %*% t(x) %*% solve(v) %*% t(U) %*% root_of(U %*% (v - x %*% Phi %*% t(x)) %*% t(U)) %*% U }
    else { L <- t(chol(v)); xw <- forwardsolve(L, x); Phi %*% t(xw) %*% root_of(diag(length(k)) - xw %*% Phi %*% t(xw)) %*% forwardsolve(L, diag(length(k))) } })
  Vc <- Reduce(`+`, Map(function(M, i) tcrossprod(M %*% e[d$cluster == i]), bread, ids)); L <- differences()
  df <- apply(L, 1, function(l) { G <- matrix(0, N, length(ids)); for (i in seq_along(ids)) G[d$cluster == ids[i], i] <- t(bread[[i]]) %*% l
    M <- t(G) %*% (V - X %*% Phi %*% t(X)) %*% G; sum(diag(M))^2 / sum(M^2) })
  cbind(visit = visits, table_of(L, b, Vc, df)) }
form <- value ~ arm * visit + baseline * visit + site; use(all, form)
icc <- sapply(visits, function(v) { r <- lmer(value ~ arm + baseline + site + (1 | cluster), d[d$visit == v, ], control = lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-10)))
  s <- as.data.frame(VarCorr(r))$vcov; s[1] / sum(s) })
add("icc/therapists", "mmrm_icc", list(measure = "score", cluster = "therapist"), "lmer(value ~ arm + baseline + site + (1 | cluster)) at each visit", list(icc = unname(icc)))
for (cov in c("us", "cs", "sp_exp")) { o <- maximum(sigma[[cov]], begin[[cov]], TRUE); V <- whole(sigma[[cov]](o$t))
  g <- gls(form, d, correlation = switch(cov, us = corSymm(form = ~ vn | participant), cs = corCompSymm(form = ~ 1 | participant), sp_exp = corExp(20, form = ~ visit_months | participant)),
    weights = if (cov == "us") varIdent(form = ~ 1 | visit), control = glsControl(maxIter = 500, msMaxIter = 2000, tolerance = 1e-9, msTol = 1e-11))
  stopifnot(abs(as.numeric(logLik(g)) + o$value / 2) < 1e-4)
  C0 <- corMatrix(g$modelStruct$corStruct); spread <- if (cov == "us") g$sigma / varWeights(g$modelStruct$varStruct) else rep(g$sigma, N)
  Vg <- matrix(0, N, N); for (i in unique(d$participant)) { k <- which(d$participant == i); Vg[k, k] <- (if (length(k) == 1) 1 else C0[[i]]) * spread[k] %o% spread[k] }
  # clubSandwich cannot read corExp where someone came once
  for (type in if (cov == "sp_exp") c() else c("CR0", "CR2", "CR3")) { theirs <- vcovCR(g, cluster = d$cluster, type = type); ours <- clustered(Vg, type, TRUE)
    se <- sqrt(rowSums((differences() %*% as.matrix(theirs)) * differences())); stopifnot(abs(ours$se / se - 1) < 1e-7)
    ct <- coef_test(g, vcov = theirs, test = "Satterthwaite"); k <- which(rownames(ct) == paste0("arm", T)); stopifnot(abs(ours$df[1] / ct$df_Satt[k] - 1) < 1e-5) }
  add(paste0(cov, "/therapists"), "mmrm_clustered_contrasts", list(measure = "score", model = "arm*visit + baseline*visit + site", time = "visit_months", cov = cov, df = "Satterthwaite", cluster = "therapist"),
    "CR0, CR2, CR3 written out, P = G'(V - X Phi X')G; clubSandwich::vcovCR(gls, cluster) with its own root at gls's fit", list(clusters = sum(unique(d$therapist) != ""), cr0 = clustered(V, "CR0"), cr2 = clustered(V, "CR2"), cr3 = clustered(V, "CR3"))) }

## joint tests with a random intercept ------------------------------------------------------------------------------------------
r <- lmer(value ~ arm * visit + baseline * visit + site + (1 | participant), d, control = lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-10))); L <- differences()
test_of <- function(L, ddf) { z <- contest(r, L, joint = TRUE, ddf = ddf); list(f = z[["F value"]], df1 = z$NumDF, df = z$DenDF, p = z[["Pr(>F)"]]) }
for (ddf in c("Satterthwaite", "Kenward-Roger")) add(paste0("random_intercept/joint/", tolower(ddf)), "random_intercept_joint_test", list(measure = "score", visits = I(visits), df = tolower(ddf)),
  "lmerTest::contest(lmer(value ~ arm*visit + baseline*visit + site + (1 | participant)), joint = TRUE, ddf = df)", list(all = test_of(L, ddf), change = test_of(L[-1, ] - rep(1, m - 1) %o% L[1, ], ddf)))

## joint test that the arms differ by the same everywhere, unstructured ---------------------------------------------------------
o <- maximum(sigma$us, begin$us, TRUE); W <- solve(whole(sigma$us(o$t))); Phi <- solve(t(X) %*% W %*% X); b <- drop(Phi %*% t(X) %*% W %*% y); J <- jacobian(function(t) as.vector(sigma$us(t)), o$t)
P <- lapply(seq_along(o$t), function(h) t(X) %*% W %*% whole(matrix(J[, h], m)) %*% W %*% X); change <- L[-1, ] - rep(1, m - 1) %o% L[1, ]
eg <- eigen(change %*% Phi %*% t(change)); axes <- t(eg$vectors) %*% change; G <- sapply(P, function(M) rowSums((axes %*% Phi %*% M %*% Phi) * axes))
nu <- 2 * rowSums((axes %*% Phi) * axes)^2 / rowSums((G %*% o$W) * G); tt <- drop(axes %*% b)^2 / eg$values; q <- m - 1; E <- sum(nu / (nu - 2)); df2 <- 2 * E / (E - q)
add("us/change", "mmrm_joint_change", list(measure = "score", model = "arm*visit + baseline*visit + site", time = "visit_months", cov = "us", df = "Satterthwaite"), "Fai and Cornelius (1996)",
  list(f = mean(tt), df1 = q, df = df2, p = pf(mean(tt), q, df2, lower.tail = FALSE)))

## two stages: each site's own model, then their differences pooled ---------------------------------------------------------------
own <- lapply(c("A", "B", "C"), function(s) { use(all[all$site == s, ], value ~ arm * visit + baseline * visit); o <- maximum(sigma$us, begin$us, TRUE); W <- solve(whole(sigma$us(o$t)))
  Phi <- solve(t(X) %*% W %*% X); L <- differences(); list(e = drop(L %*% Phi %*% t(X) %*% W %*% y), v = rowSums((L %*% Phi) * L)) })
for (k in 1:m) { e <- sapply(own, function(o) o$e[k]); v <- sapply(own, function(o) o$v[k]); r <- rma(e, v, method = "REML", test = "adhoc", control = list(threshold = 1e-12, maxiter = 1000)); w <- 1 / (v + r$tau2)
  f <- sum(w * (e - r$beta[1])^2) / 2; prediction <- r$beta[1] + c(-1, 1) * qt(.975, 2) * sqrt(r$se^2 + r$tau2)
  add(paste0("us/two_stage/", visits[k]), "mmrm_two_stage", list(measure = "score", model = "arm*visit + baseline*visit", time = "visit_months", cov = "us", df = "Satterthwaite", sites = c("A", "B", "C"), at = visits[k]),
    "metafor::rma(e, v, method = 'REML', test = 'adhoc') of the sites' own fits", list(site_estimates = unname(e), site_se = unname(sqrt(v)), k = 3, estimate = r$beta[1], se = r$se, df = 2, ci_lower = r$ci.lb, ci_upper = r$ci.ub, hk_factor = f, tau2 = r$tau2, Q = r$QE, pi_lower = prediction[1], pi_upper = prediction[2]),
    tol_keys = list(df = 1e-4, p = 1e-4)) }
version <- c(R = paste(R.version$major, R.version$minor, sep = "."), vapply(c("nlme", "lme4", "lmerTest", "numDeriv", "clubSandwich", "metafor"), function(p) as.character(packageVersion(p)), ""))
writeLines(toJSON(list(treatment = T, control = C, versions = as.list(version), results = records), auto_unbox = TRUE, digits = I(17), na = "null", dataframe = "rows", pretty = 1), "therapists/expected.json")
