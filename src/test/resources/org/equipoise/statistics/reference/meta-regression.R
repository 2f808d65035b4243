# Builds the reference cases of meta-regression: Rscript meta-regression.R, in this folder.
# Constructed effects of sites, with how many sessions a year their control arm had; R's metafor gives the numbers.
source("common.R"); there <- function(l) l[!vapply(l, is.null, TRUE)]
cases <- list(
  slope = data.frame(y = c(-.52, -.11, -.83, -.27, .06, -.61, -.34, -.95, .12, -.4), v = c(.04, .09, .055, .12, .03, .08, .061, .1, .05, .07), x = c(30, 12, 41.5, 18, 4, 33, 22.5, 47, 6.25, 25)),
  part = data.frame(y = c(-.52, .3, -.9, .2, .06, -1.1, .1, -.6, .5, -.9), v = c(.01, .03, .02, .04, .012, .025, .03, .02, .05, .015), x = c(30, 12, 41.5, 18, 4, 33, 22.5, 47, 6.25, 25)),
  above = data.frame(y = c(1.39, -.02, .46, .49, -.28, -.53, -.05), v = c(.2418, .0087, .0253, .3764, .0435, .0642, .117), x = c(23.4, .4, 11.7, 11.1, 32.5, 10.4, 29)),
  none = data.frame(y = c(.3, -.2, .5, .1, -.4, .7), v = c(.05, .02, .04, .03, .06, .01), x = c(1.5, 2.25, 3, 1.75, 2.5, 2)),
  exact = data.frame(y = c(.21, .39, .62, .8), v = c(.3, .2, .25, .4), x = c(1, 2, 3, 4)),
  large = data.frame(y = c(120.5, -340.2, 88.1, 410.7, -12.3), v = c(900, 2500, 1600, 400, 3600), x = c(100 + 1, 100 + 5, 100 + 2, 100 + 9, 100 + 4)))
for (n in names(cases)) { d <- cases[[n]]; co <- list(threshold = 1e-13 * max(1, var(d$y)), maxiter = 1e4, stepadj = .5)
  r <- rma(y, v, mods = ~x, data = d, method = "REML", test = "adhoc", control = co); z <- rma(y, v, mods = ~x, data = d, method = "REML", test = "z", control = co); k <- rma(y, v, mods = ~x, data = d, method = "REML", test = "knha", control = co)
  one <- function(i) list(estimate = as.numeric(r$beta[i]), se = r$se[i], df = r$ddf[[1]], t = r$zval[i], p = r$pval[i], ci_lower = r$ci.lb[i], ci_upper = r$ci.ub[i])
  add(n, "meta_regression", list(case = n), "rma(y, v, mods = ~x, method = 'REML', test = 'adhoc')", there(list(k = r$k, slope = one(2), intercept = one(1), kh_factor = (k$se[2] / z$se[2])^2, tau2 = r$tau2, I2_percent = r$I2, QE = r$QE, QE_p = r$QEp, R2_percent = if (rma(y, v, data = d, method = "REML", control = co)$tau2 > 0) r$R2)), 1e-6, 1e-9) }
finish("moderators", do.call(rbind, lapply(names(cases), function(n) cbind(case = n, cases[[n]]))), "metafor")
