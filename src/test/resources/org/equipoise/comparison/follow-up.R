# Ninety made-up participants at three sites, of whom the third scores something else; numbers for RepeatedComparisonTest.
# R 4.2.2, nlme 3.1. Run: Rscript follow-up.R > follow-up.txt, in the folder of the data.
library(nlme)

set.seed(20261125)
make <- function() {
  n <- 90
  site <- rep(c("lindholm", "northgate", "sonderby"), each = 30)
  arm <- rep(c("MBT", "TAU"), n / 2)
  person <- rnorm(n, sd = 4)
  baseline <- round(22 + person + rnorm(n, sd = 3))
  months <- c(m6 = 6, m12 = 12, m18 = 18, m36 = 36)
  values <- sapply(months, function(m) {
    round(20 + person - 0.15 * m - ifelse(arm == "MBT", 0.12 * m, 0) + ifelse(site == "northgate", 1, 0) + rnorm(n, sd = 3))
  })
  gone <- matrix(runif(n * 4) < rep(c(0.05, 0.15, 0.2, 0.3), each = n), n)
  values[gone] <- NA
  baseline[c(4, 31, 47)] <- NA
  # the third site has baselines only
  values[site == "sonderby", ] <- NA
  # nine people of the control arm are left at month 36
  rows <- which(arm == "TAU" & !is.na(values[, "m36"]))
  values[rows[-(1:9)], "m36"] <- NA
  data.frame(site, arm, baseline, values)
}
if (!file.exists("follow-up.csv")) write.csv(make(), "follow-up.csv", row.names = FALSE, na = "", quote = FALSE)

wide <- read.csv("follow-up.csv")
wide$id <- seq_len(nrow(wide))
sd_baseline <- sd(wide$baseline, na.rm = TRUE)
wide$baseline[is.na(wide$baseline)] <- mean(wide$baseline, na.rm = TRUE)
intervals <- c("m6", "m12", "m18")
long <- do.call(rbind, lapply(seq_along(intervals), function(i)
  data.frame(id = wide$id, site = wide$site, arm = wide$arm, baseline = wide$baseline, at = i, value = wide[[intervals[i]]])))
long <- long[!is.na(long$value), ]
long <- long[order(long$id, long$at), ]
long$interval <- factor(intervals[long$at], levels = intervals)
long$arm <- factor(long$arm, levels = c("TAU", "MBT"))
long$site <- factor(long$site)

show <- function(name, fit, site) {
  b <- coef(fit); V <- vcov(fit)
  say <- function(what, l) cat(sprintf("%s %s %.12g %.12g\n", name, what, sum(l * b), sqrt(drop(t(l) %*% V %*% l))))
  l <- function(...) { w <- setNames(rep(0, length(b)), names(b)); given <- c(...); w[names(given)] <- given; w }
  say("m6", l(armMBT = 1))
  say("m12", l(armMBT = 1, "armMBT:intervalm12" = 1))
  say("m18", l(armMBT = 1, "armMBT:intervalm18" = 1))
  say("maintenance", l("armMBT:intervalm18" = 1, "armMBT:intervalm12" = -1))
  say("mean", l(armMBT = 1, "armMBT:intervalm12" = 1 / 2, "armMBT:intervalm18" = 1 / 2))
  base <- mean(long$baseline)
  mean_at <- l("(Intercept)" = 1, armMBT = 1, intervalm12 = 1, baseline = base, "armMBT:intervalm12" = 1, "intervalm12:baseline" = base)
  if (site) mean_at["sitenorthgate"] <- 1 / 2
  say("lsmean_m12_MBT", mean_at)
  cat(sprintf("%s loglik %.12g\n", name, as.numeric(logLik(fit))))
}
control <- glsControl(opt = "optim", msTol = 1e-14, tolerance = 1e-12, maxIter = 500, msMaxIter = 500)
us <- gls(value ~ arm * interval + baseline * interval + site, long, method = "REML", control = control,
  correlation = corSymm(form = ~ at | id), weights = varIdent(form = ~ 1 | interval))
show("us", us, TRUE)
cat(sprintf("sd_baseline %.12g\n", sd_baseline))
cat(sprintf("people %d observations %d baselines_missing %d\n", length(unique(long$id)), nrow(long),
  sum(is.na(read.csv("follow-up.csv")$baseline)[unique(long$id)])))
