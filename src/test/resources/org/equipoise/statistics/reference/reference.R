# Builds the committed reference cases but those of imputation.R: Rscript reference.R, in this folder.
# Constructed data, so that nobody's scores are in the repository; the numbers come from the R functions named in each
# record's r_call. A record has the form that ReferencePackTest reads: select, tolerances, result.
source("common.R"); set.seed(20260714)
htest <- function(h, diff) list(diff = diff, se = unname(h$stderr), df = unname(h$parameter), t = unname(h$statistic), p = h$p.value, ci_lower = h$conf.int[1], ci_upper = h$conf.int[2])
terms_of <- function(b, V, df = Inf) { s <- sqrt(diag(V)); q <- qt(.975, df)
  data.frame(term = names(b), estimate = unname(b), se = unname(s), stat = unname(b / s), p = unname(2 * pt(-abs(b / s), df)), ci_lower = unname(b - q * s), ci_upper = unname(b + q * s)) }

## limits where twice the fall of the profile is the chi-square quantile: the second coefficient goes into the offset
profiled <- function(m, refit = function(b) { o <- b * model.matrix(m)[, 2]; if (!is.null(m$offset)) o <- o + m$offset; glm.fit(model.matrix(m)[, -2], m$y, offset = o, family = m$family, control = glm.control(1e-13, 100)) }, loglik = function(f) f$aic / -2 + f$rank) {
  top <- as.numeric(logLik(m)); b <- unname(coef(m)[2]); s <- sqrt(vcov(m)[2, 2]); g <- function(x) loglik(refit(x)) - top + qchisq(.95, 1) / 2
  c(uniroot(g, b + s * c(-5, 0), tol = 1e-10)$root, uniroot(g, b + s * c(0, 5), tol = 1e-10)$root) }

## two samples ---------------------------------------------------------------------------------
two <- function(id, select, x, y) {
  n1 <- length(x); n2 <- length(y); m <- n1 + n2 - 2; d <- mean(x) - mean(y); h <- t.test(x, y, var.equal = TRUE)
  add(paste0(id, "/desc"), "descriptives", c(select, arm = T), "mean; sd; quantile(type = 7|2|6)",
      list(n = n1, mean = mean(x), sd = sd(x), se_mean = sd(x) / sqrt(n1), median = median(x), q1 = unname(quantile(x, .25)), q3 = unname(quantile(x, .75)), min = min(x), max = max(x),
           fork_q1_type2_sas = unname(quantile(x, .25, type = 2)), fork_q3_type2_sas = unname(quantile(x, .75, type = 2)), fork_q1_type6_spss = unname(quantile(x, .25, type = 6)), fork_q3_type6_spss = unname(quantile(x, .75, type = 6))))
  add(paste0(id, "/welch"), "welch_t", select, "t.test(x, y)", htest(t.test(x, y), d))
  add(paste0(id, "/pooled"), "pooled_t", select, "t.test(x, y, var.equal = TRUE)", htest(h, d))
  v <- var.test(x, y)
  add(paste0(id, "/variance"), "variance_ratio_F", select, "var.test(x, y)", list(ratio = unname(v$estimate), df1 = n1 - 1, df2 = n2 - 1, p = v$p.value, ci_lower = v$conf.int[1], ci_upper = v$conf.int[2]))
  e <- lapply(c(LS = "LS", UB = "UB"), function(vt) escalc("SMD", m1i = mean(x), sd1i = sd(x), n1i = n1, m2i = mean(y), sd2i = sd(y), n2i = n2, vtype = vt))
  ncp <- vapply(c(.975, .025), function(p) uniroot(function(nc) suppressWarnings(pt(unname(h$statistic), m, nc)) - p, unname(h$statistic) + c(-8, 8), tol = 1e-13)$root, 0) * sqrt(1 / n1 + 1 / n2)
  J <- exp(lgamma(m / 2) - lgamma((m - 1) / 2) - log(m / 2) / 2)
  add(paste0(id, "/smd"), "standardised_mean_difference", select, "escalc('SMD', vtype = 'LS'|'UB'); uniroot on pt(t, df, ncp)",
      list(hedges_J_exact = J, hedges_g = as.numeric(e$LS$yi), g_var_LS = as.numeric(e$LS$vi), fork_g_var_UB = as.numeric(e$UB$vi), d_var = 1 / n1 + 1 / n2 + (d / sqrt(e0 <- ((n1 - 1) * var(x) + (n2 - 1) * var(y)) / m))^2 / (2 * (n1 + n2)), fork_d_var_df = 1 / n1 + 1 / n2 + d^2 / e0 / (2 * m), d_ci_exact_lower = ncp[1], d_ci_exact_upper = ncp[2], g_ci_exact_lower = J * ncp[1], g_ci_exact_upper = J * ncp[2]),
      tol_keys = list("*_exact_*" = 1e-6))
  a <- wilcox.test(x, y, exact = FALSE, correct = TRUE); b <- wilcox.test(x, y, exact = FALSE, correct = FALSE)
  r <- list(U_treatment = unname(a$statistic), p_asymptotic_cc = a$p.value, p_asymptotic_no_cc = b$p.value, hl_median_pairwise = median(outer(x, y, "-")), ties = any(duplicated(c(x, y))))
  if (!r$ties && max(n1, n2) < 50) { w <- wilcox.test(x, y, exact = TRUE, conf.int = TRUE); r <- c(r, list(p_exact = w$p.value, hl_exact = unname(w$estimate), hl_ci_exact_lower = w$conf.int[1], hl_ci_exact_upper = w$conf.int[2])) }
  add(paste0(id, "/mann_whitney"), "mann_whitney", select, "wilcox.test(x, y, exact = TRUE|FALSE, correct = TRUE|FALSE, conf.int = TRUE)", r)
  s <- wilcox.test(x, y, exact = FALSE, correct = TRUE, conf.int = TRUE, tol.root = 1e-11)
  add(paste0(id, "/hodges_lehmann"), "hodges_lehmann_asymptotic", select, "wilcox.test(x, y, exact = FALSE, conf.int = TRUE, tol.root = 1e-11)", list(estimate = unname(s$estimate), ci_lower = s$conf.int[1], ci_upper = s$conf.int[2]), 1e-6)
}
binary <- function(id, select, a, n1, c, n2) {
  w1 <- prop.test(a, n1, correct = FALSE)$conf.int; w2 <- prop.test(c, n2, correct = FALSE)$conf.int; p1 <- a / n1; p2 <- c / n2; M <- matrix(c(a, c, n1 - a, n2 - c), 2)
  s <- max(0, a + c - n2):min(a + c, n1); at <- function(l) { v <- dhyper(s, n1, n2, a + c, log = TRUE) + l * s; v <- exp(v - max(v)); v / sum(v) }
  root <- function(f) exp(uniroot(f, c(-40, 40), tol = 1e-15, maxiter = 5000)$root)
  o <- escalc("OR", ai = a, bi = n1 - a, ci = c, di = n2 - c, to = "only0"); q <- escalc("RR", ai = a, bi = n1 - a, ci = c, di = n2 - c, to = "only0")
  add(id, "binary_two_arm", select, "prop.test; binom.test; fisher.test; chisq.test; escalc(to = 'only0'); noncentral hypergeometric by uniroot",
      list(wilson_treatment_lower = w1[1], wilson_treatment_upper = w1[2], wilson_control_lower = w2[1], wilson_control_upper = w2[2], cp_treatment = I(as.numeric(binom.test(a, n1)$conf.int)), rd = p1 - p2,
           rd_newcombe_lower = p1 - p2 - sqrt((p1 - w1[1])^2 + (w2[2] - p2)^2), rd_newcombe_upper = p1 - p2 + sqrt((w1[2] - p1)^2 + (p2 - w2[1])^2),
           or_half_correction_only0 = exp(as.numeric(o$yi)), or_half_correction_only0_log_se = sqrt(as.numeric(o$vi)), rr_half_correction_only0 = exp(as.numeric(q$yi)), rr_half_correction_only0_log_se = sqrt(as.numeric(q$vi)),
           fisher_p = fisher.test(M)$p.value, fisher_or_conditional_mle = root(function(l) sum(s * at(l)) - a), fisher_or_lower = root(function(l) sum(at(l)[s >= a]) - .025), fisher_or_upper = root(function(l) sum(at(l)[s <= a]) - .025),
           chisq = unname(suppressWarnings(chisq.test(M, correct = FALSE))$statistic), fork_chisq_yates = unname(suppressWarnings(chisq.test(M))$statistic)))
}

small <- list(untied = list(c(12.1, 15.4, 9.8, 20.3, 17.7, 11.2, 14.9, 8.6), c(18.2, 21.7, 16.1, 25.4, 19.9, 23.3, 13.5)),
              tied = list(c(3, 5, 5, 7, 8, 8, 8, 10, 12), c(5, 6, 8, 9, 9, 11, 14, 15)), unequal = list(c(1, 2, 4), c(3.5, 8.25, 40, 11.5, 17, 60.5)))
for (n in names(small)) two(n, list(sample = n), small[[n]][[1]], small[[n]][[2]])
finish("samples", do.call(rbind, lapply(names(small), function(n) data.frame(sample = n, arm = rep(c(T, C), lengths(small[[n]])), value = unlist(small[[n]])))), c("metafor"), "samples.csv")

tables <- rbind(c(7, 15, 3, 16), c(30, 120, 45, 118), c(9, 9, 4, 11))
for (i in 1:2) binary(paste0("table/", i), list(table = i), tables[i, 1], tables[i, 2], tables[i, 3], tables[i, 4])
finish("tables", setNames(data.frame(1:3, tables), c("table", "events_treatment", "n_treatment", "events_control", "n_control")), "metafor", "tables.csv")

## one trial with sites, therapists and drop-out ----------------------------------------------------
n <- 96; d <- data.frame(site = sample(c("A", "B", "C"), n, TRUE), participant = sprintf("R%03d", 1:n), arm = sample(rep(c(T, C), n / 2)), visit = "m6", measure = "bsi")
d$therapist <- paste0(ifelse(d$arm == T, "M", "U"), sample(1:7, n, TRUE, 1:7)); d$therapy_group <- ifelse(d$arm == T, paste0("g", sample(1:5, n, TRUE)), "")
d$baseline <- round(rnorm(n, 24, 7)); d$value <- pmax(0, round(.6 * d$baseline + 3 * (d$site == "B") - 3 * (d$arm == T) + rnorm(7, 0, 2)[as.integer(substr(d$therapist, 2, 2))] + rnorm(n, 0, 5))); d$value[sample(n, 8)] <- NA
d <- again(d); d$therapy_group[is.na(d$therapy_group)] <- ""; x <- d[!is.na(d$value), ]; x$arm <- factor(x$arm, c(C, T)); s <- list(measure = "bsi", visit = "m6")
two("scores", s, x$value[x$arm == T], x$value[x$arm == C])
p <- x[x$arm == T, ]; h <- t.test(p$value, p$baseline, paired = TRUE)
add("paired", "paired_t_change", c(s, arm = T), "t.test(post, pre, paired = TRUE)", c(htest(h, unname(h$estimate)), list(n = nrow(p), mean_change = unname(h$estimate), sd_change = sd(p$value - p$baseline), pre_post_r = cor(p$value, p$baseline), srm = unname(h$estimate) / sd(p$value - p$baseline))))
m <- lm(value ~ arm + baseline + site, x); k <- "armtreatment"
ls <- function(w) { e <- as.data.frame(summary(emmeans(m, ~arm, weights = w), infer = TRUE)); data.frame(arm = as.character(e$arm), estimate = e$emmean, se = e$SE, df = e$df, ci_lower = e$lower.CL, ci_upper = e$upper.CL) }
add("ancova", "ancova", c(s, model = "arm + baseline + site"), "lm; emmeans; vcovHC",
    list(n = nobs(m), df_residual = m$df.residual, sigma = sigma(m), r_squared = summary(m)$r.squared, coefficients = terms_of(coef(m), vcov(m), m$df.residual), arm_se_hc0 = sqrt(vcovHC(m, "HC0")[k, k]), arm_se_hc1 = sqrt(vcovHC(m, "HC1")[k, k]), arm_se_hc3 = sqrt(vcovHC(m, "HC3")[k, k]),
         lsmeans_equal_weights = ls("equal"), fork_lsmeans_proportional_weights = ls("proportional")))
cr <- function(id, model, form, cl, name) { m <- lm(form, x); ct <- lapply(c(CR0 = "CR0", CR1 = "CR1", CR1S = "CR1S", CR2 = "CR2", CR3 = "CR3"), function(t) as.data.frame(coef_test(m, vcovCR(m, cl, t), test = "Satterthwaite")))
  a <- ct$CR2; i <- match(k, names(coef(m)))
  add(id, "lm_cluster_robust", c(s, model = model, cluster = name), "clubSandwich::coef_test(lm, vcovCR(type), 'Satterthwaite')", list(n = nobs(m), clusters = length(unique(cl)), arm = list(estimate = a$beta[i], se = a$SE[i], df = a$df_Satt[i]), coefficients = data.frame(term = names(coef(m)), estimate = a$beta, se = a$SE, df = a$df_Satt),
      arm_se_cr0 = ct$CR0$SE[i], arm_df_cr0 = ct$CR0$df_Satt[i], arm_se_cr3 = ct$CR3$SE[i], arm_df_cr3 = ct$CR3$df_Satt[i], fork_arm_se_cr1 = ct$CR1$SE[i], fork_arm_se_cr1_stata = ct$CR1S$SE[i])) }
cr("cluster/therapist", "arm + baseline", value ~ arm + baseline, x$therapist, "therapist")
cr("cluster/group", "arm + baseline + site", value ~ arm + baseline + site, ifelse(x$therapy_group == "", x$participant, x$therapy_group), "therapy_group, or the participant where it is empty")
lmec <- function(f) { g <- lme(f, x, ~1 | therapist, control = lmeControl(tolerance = 1e-12, msTol = 1e-14, opt = "optim", reltol = 1e-15)); v <- as.numeric(VarCorr(g)[, "Variance"]); list(between = v[1], within = v[2], icc = v[1] / sum(v)) }
av <- anova(lm(value ~ therapist, x)); ms <- av$"Mean Sq"; sz <- as.integer(table(x$therapist)); n0 <- (sum(sz) - sum(sz^2) / sum(sz)) / (length(sz) - 1)
add("icc", "intraclass_correlation", c(s, cluster = "therapist", adjusted_model = "arm + baseline"), "nlme::lme(~1|therapist); anova(lm)", list(n = nrow(x), reml = lmec(value ~ 1), reml_adjusted = lmec(value ~ arm + baseline), anova = list(ms_between = ms[1], ms_within = ms[2], n0 = n0, F = ms[1] / ms[2], p = av$"Pr(>F)"[1], icc = (ms[1] - ms[2]) / (ms[1] + (n0 - 1) * ms[2]))), 1e-5, 1e-8, list("*anova" = 1e-8))
ev <- as.integer(x$value < 10); tb <- lapply(sort(unique(x$site)), function(q) table(factor(x$arm[x$site == q], c(T, C)), factor(ev[x$site == q], 1:0))); arr <- array(unlist(tb), c(2, 2, length(tb)))
rm <- lapply(c(OR = "OR", RR = "RR", RD = "RD"), function(me) rma.mh(ai = arr[1, 1, ], bi = arr[1, 2, ], ci = arr[2, 1, ], di = arr[2, 2, ], measure = me))
add("mantel_haenszel", "mantel_haenszel_by_site", c(s, event = "value < 10", stratum = "site"), "rma.mh; mantelhaen.test", list(strata = length(tb), or = exp(as.numeric(rm$OR$b)), or_log = list(se = rm$OR$se), cmh_no_cc = unname(mantelhaen.test(arr, correct = FALSE)$statistic), cmh_cc = unname(mantelhaen.test(arr)$statistic), breslow_day_tarone = rm$OR$TA, rr = exp(as.numeric(rm$RR$b)), rr_log = list(se = rm$RR$se), rd = as.numeric(rm$RD$b), rd_se = rm$RD$se))
finish("scores", d, c("emmeans", "sandwich", "clubSandwich", "nlme", "metafor"))

## binary outcome with covariates, and a separated one --------------------------------------------
n <- 140; d <- data.frame(site = sample(c("1", "2"), n, TRUE), participant = sprintf("R%03d", 1:n), arm = sample(rep(c(T, C), n / 2)), measure = "remitted", baseline = rbinom(n, 1, .4), age = round(runif(n, 18, 60)))
d <- rbind(transform(d, visit = "m12", value = rbinom(n, 1, plogis(-2 + .9 * (arm == T) + .8 * baseline + .02 * age))), transform(d, visit = "rare", value = ifelse(arm == T, 0, rbinom(n, 1, .12)))); d <- again(d)
model <- "arm + site + baseline + age"; f <- value ~ arm + site + baseline + age
for (v in c("m12", "rare")) { x <- d[d$visit == v, ]; x$arm <- factor(x$arm, c(C, T)); x$site <- factor(x$site); s <- list(measure = "remitted", visit = v, model = model)
  b <- glm(f, binomial, x, method = "brglmFit", type = "AS_mean", epsilon = 1e-13, maxit = 5000); X <- model.matrix(b); pr <- plogis(drop(X %*% coef(b))); V <- solve(crossprod(X * sqrt(pr * (1 - pr))))
  add(paste0(v, "/firth"), "firth_logistic", s, "glm(method = 'brglmFit', type = 'AS_mean')", list(n = nobs(b), coefficients = terms_of(coef(b), V), penalised_loglik = sum(dbinom(x$value, 1, pr, TRUE)) - .5 * log(det(V))), 1e-6, tol_keys = list(p = 1e-5))
  if (v == "m12") { g <- glm(f, binomial, x, control = glm.control(1e-14, 100))
    add("m12/logistic", "logistic_adjusted", s, "glm(binomial); sandwich", list(converged = TRUE, n = nobs(g), coefficients = terms_of(coef(g), vcov(g)), loglik = as.numeric(logLik(g)), null_deviance = g$null.deviance, deviance = g$deviance, hc0_se = as.list(sqrt(diag(sandwich(g)))), fork_arm_or_profile_lower = exp(profiled(g)[1]), fork_arm_or_profile_upper = exp(profiled(g)[2])), 1e-6)
    risk <- function(b, a) mean(plogis(drop(model.matrix(~arm + site + baseline + age, transform(x, arm = factor(a, c(C, T)))) %*% b))); both <- function(b) c(risk(b, T), risk(b, C)); r <- both(coef(g)); G <- jacobian(both, coef(g)); W <- G %*% sandwich(g) %*% t(G)
    lse <- function(l) sqrt(drop(l %*% W %*% l))
    add("m12/standardised", "standardised_risk", s, "glm(binomial); predictions with everyone in each arm; numDeriv::jacobian; sandwich", list(risk_treatment = r[1], risk_treatment_se = sqrt(W[1, 1]), risk_control = r[2], rd = list(estimate = r[1] - r[2], se = lse(c(1, -1))), rr = list(estimate = r[1] / r[2], log_se = lse(c(1 / r[1], -1 / r[2]))), or = list(estimate = exp(qlogis(r[1]) - qlogis(r[2])), log_se = lse(c(1, -1) / (r * (1 - r))))), 1e-6) } }
finish("status", d, c("brglm2", "sandwich", "numDeriv"))

## counts with time at risk ---------------------------------------------------------------------------
n <- 110; d <- data.frame(site = "1", participant = sprintf("R%03d", 1:n), arm = sample(rep(c(T, C), n / 2)), measure = "attempts", exposure_months = round(runif(n, 3, 18), 1), number = rpois(n, 1.5))
d$value <- rnbinom(n, size = .9, mu = d$exposure_months * exp(-2.2 - .5 * (d$arm == T) + .15 * d$number)); d <- again(d); x <- d; x$arm <- factor(x$arm, c(C, T)); f <- value ~ arm + number + offset(log(exposure_months)); s <- list(measure = "attempts", arms = I(c(T, C)), filter = "exposure_months > 0", model = "arm + number + offset(log(exposure_months))")
rate <- function(b, V) { e <- unname(b[2]); q <- sqrt(V[2, 2]); list(se = q, rate_ratio = exp(e), ci_lower = exp(e - z975 * q), ci_upper = exp(e + z975 * q)) }
g <- glm(f, poisson, x, control = glm.control(1e-14, 100))
add("poisson", "poisson_rate_ratio", s, "glm(poisson); sandwich; vcovHC('HC1')", list(n = n, coefficients = terms_of(coef(g), vcov(g)), arm_model = rate(coef(g), vcov(g)), arm_robust_hc0 = rate(coef(g), sandwich(g)), fork_arm_robust_hc1 = rate(coef(g), vcovHC(g, "HC1")), loglik = as.numeric(logLik(g)), deviance = g$deviance, pearson_chisq = sum(resid(g, "pearson")^2), df_residual = g$df.residual, profile_log_lower = profiled(g)[1], profile_log_upper = profiled(g)[2]), 1e-6, tol_keys = list(p = 1e-5))
b <- glm.nb(f, x, control = glm.control(1e-13, 500)); l <- function(q) -sum(dnbinom(x$value, size = q[4], mu = exp(drop(model.matrix(b) %*% q[1:3])) * x$exposure_months, log = TRUE)); q <- c(coef(b), b$theta); H <- hessian(l, q); pb <- profiled(b, function(v) { x$o <- log(x$exposure_months) + v * (x$arm == T); glm.nb(value ~ number + offset(o), x, control = glm.control(1e-13, 500)) }, function(f) as.numeric(logLik(f)))
own <- hessian(function(t) l(c(q[1:3], t)), q[4])
add("negbin", "negative_binomial_rate_ratio", s, "glm.nb; sandwich; numDeriv::hessian of the joint likelihood", list(n = n, theta = b$theta, theta_se_at_maximum = 1 / sqrt(own[1, 1]), twologlik = b$twologlik, coefficients = terms_of(coef(b), vcov(b)), arm_model = rate(coef(b), vcov(b)), arm_robust_hc0 = rate(coef(b), sandwich(b)), fork_arm_joint_observed_information = rate(coef(b), solve(H)), profile_log_lower = pb[1], profile_log_upper = pb[2]), 1e-5, tol_keys = list(p = 1e-4, fork_arm_joint_observed_information = 1e-4))
finish("counts", d, c("MASS", "sandwich", "numDeriv"))

## times to an event, with ties, strata and a competing event --------------------------------------
n <- 120; d <- data.frame(site = sample(c("A", "B", "C"), n, TRUE), participant = sprintf("R%03d", 1:n), arm = sample(rep(c(T, C), n / 2)), measure = "relapse", age = round(runif(n, 18, 60)))
e1 <- rexp(n, ifelse(d$arm == T, .04, .07) * exp(.01 * (d$age - 40))); e2 <- rexp(n, .02); ce <- runif(n, 6, 60); d$time <- ceiling(pmin(e1, e2, ce)); d$event <- ifelse(pmin(e1, e2) > ce, 0, ifelse(e1 <= e2, 1, 2)); d <- again(d); x <- transform(d, arm = factor(arm, c(C, T)), status = as.integer(event == 1)); d$status <- x$status
s <- list(measure = "relapse"); at <- c(3, 6, 12, 24)
for (a in c(T, C)) { y <- x[x$arm == a, ]; f <- survfit(Surv(time, status) ~ 1, y, conf.type = "log-log"); u <- summary(f, times = at, extend = TRUE); ql <- quantile(f, c(.25, .5)); fl <- summary(survfit(Surv(time, status) ~ 1, y, conf.type = "log"), times = at, extend = TRUE)
  add(paste0("km/", a), "kaplan_meier", c(s, arm = a), "survfit(conf.type = 'log-log'|'log'); quantile", list(n = nrow(y), events = sum(y$status), median = unname(ql$quantile[2]), median_lower = unname(ql$lower[2]), median_upper = unname(ql$upper[2]), q25 = unname(ql$quantile[1]), at = data.frame(time = u$time, n_risk = u$n.risk, surv = u$surv, se = u$std.err, ci_lower_loglog = u$lower, ci_upper_loglog = u$upper, fork_ci_lower_log = fl$lower, fork_ci_upper_log = fl$upper))) }
lr <- function(w) { o <- rowSums(as.matrix(w$obs)); e <- rowSums(as.matrix(w$exp)); list(chisq = w$chisq, p = pchisq(w$chisq, 1, lower.tail = FALSE), observed_control = unname(o[1]), observed_treatment = unname(o[2]), expected_control = unname(e[1]), expected_treatment = unname(e[2]), variance_treatment = w$var[2, 2]) }
add("logrank", "logrank", s, "survdiff", lr(survdiff(Surv(time, status) ~ arm, x))); add("logrank_early", "logrank_rho1", s, "survdiff(rho = 1)", lr(survdiff(Surv(time, status) ~ arm, x, rho = 1))); add("logrank_site", "logrank_stratified_by_site", s, "survdiff(strata(site))", lr(survdiff(Surv(time, status) ~ arm + strata(site), x)))
cox <- function(m) { u <- summary(m); list(n = m$n, events = m$nevent, coefficients = terms_of(coef(m), vcov(m)), loglik_null = m$loglik[1], loglik = m$loglik[2], lr_chisq = unname(u$logtest[1]), score_chisq = unname(u$sctest[1]), wald_chisq = unname(m$wald.test)) }
ct <- coxph.control(eps = 1e-13, toler.chol = 1e-14, iter.max = 100)
for (ti in c("efron", "breslow", "exact")) add(paste0("cox/", ti), "cox_ph", c(s, ties = ti), "coxph(ties)", cox(coxph(Surv(time, status) ~ arm, x, ties = ti, control = ct)), 1e-6, tol_keys = list(p = 1e-4))
add("cox/site", "cox_ph_stratified_by_site", s, "coxph(strata(site))", cox(coxph(Surv(time, status) ~ arm + strata(site), x, control = ct)), 1e-6, tol_keys = list(p = 1e-4))
add("cox/adjusted", "cox_ph_adjusted", c(s, adjust = "age"), "coxph(arm + age)", cox(coxph(Surv(time, status) ~ arm + age, x, control = ct)), 1e-6, tol_keys = list(p = 1e-4))
zp <- cox.zph(coxph(Surv(time, status) ~ arm, x, control = ct), transform = "km")$table; add("proportional", "proportional_hazards_test", s, "cox.zph(transform = 'km')", list(chisq = zp[1, "chisq"], p = zp[1, "p"]), 1e-5)
rt <- summary(survfit(Surv(time, status) ~ arm, x), rmean = 18)$table; add("rmst", "rmst_difference", c(s, tau = 18), "summary(survfit, rmean = 18)", list(rmst_treatment = rt[2, "rmean"], se_treatment = rt[2, "se(rmean)"], rmst_control = rt[1, "rmean"], se_control = rt[1, "se(rmean)"], difference = rt[2, "rmean"] - rt[1, "rmean"], se = sqrt(sum(rt[, "se(rmean)"]^2))))
finish("times", transform(d, event = NULL), "survival")
d$status <- NULL; cu <- cuminc(x$time, x$event, x$arm)
for (k in 1:2) { s <- list(measure = "relapse", cause = c("relapse", "death")[k], event_code = k)
  for (a in c(T, C)) { y <- x[x$arm == a, ]; y$st <- factor(y$event, 0:2); f <- survfit(Surv(time, st) ~ 1, y, conf.type = "log-log"); u <- summary(f, times = at, extend = TRUE)
    add(paste0("cif/", k, "/", a), "cumulative_incidence", c(s, arm = a), "survfit(Surv(time, factor(event)) ~ 1, conf.type = 'log-log')", list(n = nrow(y), events = sum(y$event == k), at = data.frame(months = at, time = at, n_risk = u$n.risk[, 1], cif = u$pstate[, k + 1], se = u$std.err[, k + 1], ci_lower = u$lower[, k + 1], ci_upper = u$upper[, k + 1], fork_se_aalen_cmprsk = sqrt(cu[[paste(a, k)]]$var[findInterval(at, cu[[paste(a, k)]]$time)]), fork_ci_lower_cloglog = 1 - (1 - u$pstate[, k + 1])^exp(w <- qnorm(.975) * u$std.err[, k + 1] / ((1 - u$pstate[, k + 1]) * log(1 - u$pstate[, k + 1]))), fork_ci_upper_cloglog = 1 - (1 - u$pstate[, k + 1])^exp(-w)))) }
  add(paste0("gray/", k), "gray_test", s, "cmprsk::cuminc()$Tests", list(chisq = unname(cu$Tests[k, "stat"]), p = unname(cu$Tests[k, "pv"])))
  m <- coxph(Surv(time, event == k) ~ arm, x, control = ct); add(paste0("cause_specific/", k), "cause_specific_cox", s, "coxph(Surv(time, event == k) ~ arm)", list(n = m$n, events = m$nevent, coefficients = terms_of(coef(m), vcov(m)), loglik = m$loglik[2]), 1e-6, tol_keys = list(p = 1e-4)) }
finish("competing", d, c("survival", "cmprsk"))

## trials to pool -----------------------------------------------------------------------------------------
d <- data.frame(site = 1:6, tpos = c(4, 12, 9, 31, 0, 17), tneg = c(26, 38, 51, 89, 22, 63), cpos = c(9, 15, 21, 40, 3, 20), cneg = c(23, 33, 40, 82, 20, 61))
for (ms in c("RR", "OR", "RD")) { e <- escalc(ms, ai = tpos, bi = tneg, ci = cpos, di = cneg, data = d); y <- as.numeric(e$yi); v <- as.numeric(e$vi)
  add(paste0(ms, "/effects"), "effect_sizes", list(effect = ms), "escalc", list(yi = I(y), vi = I(v)))
  z <- escalc(ms, ai = tpos, bi = tneg, ci = cpos, di = cneg, data = d, add = .5, to = "all"); add(paste0(ms, "/effects_half_everywhere"), "effect_sizes", list(effect = ms, zero_cells = "all"), "escalc(add = .5, to = 'all')", list(yi = I(as.numeric(z$yi)), vi = I(as.numeric(z$vi))))
  z <- escalc(ms, ai = tpos, bi = tneg, ci = cpos, di = cneg, data = d, add = 0, to = "none"); f <- ms == "RD" | is.finite(z$vi); add(paste0(ms, "/effects_unchanged"), "effect_sizes", list(effect = ms, zero_cells = "none"), "escalc(to = 'none')", list(yi = I(ifelse(f, as.numeric(z$yi), NA)), vi = I(ifelse(f, as.numeric(z$vi), NA))))
  for (me in c("FE", "DL", "REML", "PM")) { co <- switch(me, REML = list(threshold = 1e-14, maxiter = 1e4, stepadj = .5), PM = list(tol = 1e-14, maxiter = 1e4), list()); r <- rma(y, v, method = me, control = co)
    o <- list(k = r$k, estimate = as.numeric(r$b), se = r$se, p = r$pval, ci_lower = r$ci.lb, ci_upper = r$ci.ub, Q = r$QE, Q_p = r$QEp, tau2 = r$tau2, I2_percent = r$I2, H2 = r$H2, fork_I2_from_Q_percent = max(0, 100 * (r$QE - (r$k - 1)) / r$QE))
    if (me != "FE") { hk <- rma(y, v, method = me, test = "knha", control = co); pk <- predict(hk); o <- c(o, list(se_tau2 = r$se.tau2, hksj = list(se = hk$se, t = hk$zval, p = hk$pval, ci_lower = hk$ci.lb, ci_upper = hk$ci.ub, pi_t_lower = pk$pi.lb, pi_t_upper = pk$pi.ub)), { sp <- sqrt(r$se^2 + r$tau2); w <- function(q, side) as.numeric(r$b) + side * qt(.975, q) * sp; list(fork_pi_t_km1_lower = w(r$k - 1, -1), fork_pi_t_km1_upper = w(r$k - 1, 1), fork_pi_higgins_t_km2_lower = w(r$k - 2, -1), fork_pi_higgins_t_km2_upper = w(r$k - 2, 1)) }, if (me == "REML") list(loglik_reml = as.numeric(logLik(r)))) }
    add(paste0(ms, "/", me), "meta_analysis", list(effect = ms, sites = "all", estimator = me), "rma(method, test = 'z'|'knha'); predict", o, if (me %in% c("FE", "DL")) 1e-8 else 1e-6, 1e-9, list(p = 1e-5)) }
  r <- rma(y, v, method = "REML", test = "adhoc", control = list(threshold = 1e-14, maxiter = 1e4, stepadj = .5)); add(paste0(ms, "/floored"), "meta_hartung_knapp_floored", list(effect = ms, sites = "all", estimator = "REML"), "rma(test = 'adhoc')", list(estimate = as.numeric(r$b), se = r$se, t = r$zval, p = r$pval, ci_lower = r$ci.lb, ci_upper = r$ci.ub), 1e-6, 1e-9) }
finish("trials", d, "metafor")

## imputations ----------------------------------------------------------------------------------------------
n <- 40; arm <- rep(c(T, C), n / 2); bl <- round(rnorm(n, 25, 8)); L <- do.call(rbind, lapply(1:6, function(i) data.frame(imputation = i, participant = sprintf("R%03d", 1:n), arm = arm, baseline = bl, bdi_m2 = round(.5 * bl + 4 * (arm == C) + rnorm(n, 0, 5), 3)))); L <- again(L)
es <- t(sapply(1:6, function(i) { m <- lm(bdi_m2 ~ factor(arm, c(C, T)) + baseline, L[L$imputation == i, ]); c(coef(m)[2], vcov(m)[2, 2], m$df.residual) })); r <- pool.scalar(es[, 1], es[, 2], n = es[1, 3] + 1, k = 1); se <- sqrt(r$t)
add("pooled", "rubin_pooling", list(visit = "m2"), "mice::pool.scalar(Q, U, n, k = 1)", list(Q = I(es[, 1]), U = I(es[, 2]), m = 6, estimate = r$qbar, within = r$ubar, between = r$b, total = r$t, se = se, riv = r$r, fmi = r$fmi, df_barnard_rubin = r$df, p = 2 * pt(-abs(r$qbar / se), r$df)))
finish("imputed", L, "mice", "data_imputed.csv")

## arms that were not randomised ---------------------------------------------------------------------
n <- 150; d <- data.frame(participant = sprintf("R%03d", 1:n), age = round(rnorm(n, 32, 9)), severity = round(rnorm(n, 50, 10), 1)); d$treat <- rbinom(n, 1, plogis(-1 + .02 * d$age + .02 * (d$severity - 50))); d$value <- round(60 - .4 * d$severity + 5 * d$treat + rnorm(n, 0, 8), 2); d <- again(d)
m <- glm(treat ~ age + severity, binomial, d, control = glm.control(1e-14, 100)); e <- fitted(m); t <- d$treat; XM <- model.matrix(m)
tilt <- list(ate = function(e) 1 + 0 * e, att = function(e) e, overlap = function(e) e * (1 - e))
for (nm in names(tilt)) { h <- tilt[[nm]]; psi <- function(q) { u <- plogis(drop(XM %*% q[1:3])); cbind(XM * (t - u), t * h(u) / u * (d$value - q[4]), (1 - t) * h(u) / (1 - u) * (d$value - q[5])) }
  w <- h(e) * (t / e + (1 - t) / (1 - e)); wl <- lm(value ~ treat, d, weights = w); q <- c(coef(m), sum(coef(wl)), coef(wl)[1]); A <- jacobian(function(z) colSums(psi(z)), q); V <- solve(A, crossprod(psi(q))) %*% t(solve(A)); se <- sqrt(V[4, 4] + V[5, 5] - 2 * V[4, 5])
  add(nm, "ps_weighted_mean_difference", list(weights = nm, confounders = I(c("age", "severity"))), "glm; lm(weights); vcovHC('HC0'); estimating equations with numDeriv", list(estimate = unname(coef(wl)[2]), mean_treatment = unname(q[4]), se_hc0_weights_known = sqrt(vcovHC(wl, "HC0")[2, 2]), ess_treatment = sum(w[t == 1])^2 / sum(w[t == 1]^2), se_m_estimation_ps_estimated = se,
      balance = do.call(rbind, lapply(c("age", "severity"), function(cn) { g <- d[[cn]]; m1 <- weighted.mean(g[t == 1], w[t == 1]); m0 <- weighted.mean(g[t == 0], w[t == 0]); data.frame(term = cn, mean_treatment = m1, mean_control = m0, smd_pooled_unweighted_sd = (m1 - m0) / sqrt((var(g[t == 1]) + var(g[t == 0])) / 2)) }))), 1e-6, tol_keys = list("*m_estimation*" = 1e-5)) }
finish("propensity", d, c("sandwich", "numDeriv"))

## families of hypotheses, looks, deals ------------------------------------------------------------------
pv <- c(.012, .2, .0004, .049, .049, .8); add("family", "multiplicity", list(), "p.adjust", c(list(p = I(pv)), setNames(lapply(c("holm", "hochberg", "BH", "BY", "bonferroni"), function(q) I(p.adjust(pv, q))), c("holm", "hochberg", "BH", "BY", "bonferroni"))))
spend <- list(OBRIEN_FLEMING = function(t, a) 4 * pnorm(-qnorm(1 - a / 4) / sqrt(t)), POCOCK = function(t, a) a * log(1 + (exp(1) - 1) * t))
for (f in names(spend)) { t <- c(.3, .55, .8, 1); R <- outer(t, t, function(a, b) sqrt(pmin(a, b) / pmax(a, b))); sp <- spend[[f]](t, .05); b <- numeric(0)
  for (k in seq_along(t)) { inside <- function(c) if (k == 1) 2 * pnorm(c) - 1 else as.numeric(pmvnorm(-c(b, c), c(b, c), corr = R[1:k, 1:k], algorithm = Miwa(steps = 4097))); b <- c(b, uniroot(function(c) inside(c) - (1 - sp[k]), c(1, 8), tol = 1e-12)$root) }
  add(f, "alpha_spending", list(family = f, alpha = .05, information = I(t)), "mvtnorm::pmvnorm(algorithm = Miwa) solved by uniroot", list(spent = I(sp), boundary = I(b)), 1e-6) }
v <- c(0, 0, 3, 1, 0, 2, 0, 0, 5, 0, 1); a <- c(1, 1, 0, 0, 1, 0, 1, 1, 0, 1, 0); st <- c("A", "A", "A", "A", "A", "B", "B", "B", "B", "B", "B"); df <- function(l) mean(v[l == 1]) - mean(v[l == 0]); all <- numeric(0)
for (i in combn(5, sum(a[st == "A"]), simplify = FALSE)) for (j in combn(6, sum(a[st == "B"]), simplify = FALSE)) { l <- 0 * a; l[i] <- 1; l[5 + j] <- 1; all <- c(all, df(l)) }
add("deals", "permutation", list(values = I(v), treated = I(a), sites = I(st)), "full enumeration with combn", list(statistic = df(a), deals = length(all), p = mean(abs(all) >= abs(df(a)) - 1e-12)))
v <- c(3, 3, 5, 1, 3, 8, 0, 3, 1, 5, 5, 9, 2); i <- combn(13, 6); rk <- rank(v); far <- abs(colSums(matrix(rk[i], 6)) - 6 * 7); add("ties", "mann_whitney_ties", list(treatment = I(v[1:6]), control = I(v[7:13])), "full enumeration of midranks with combn", list(p = mean(far >= abs(sum(rk[1:6]) - 42) - 1e-9)))
finish("decisions", NULL, "mvtnorm")
