# Functional remission (GAF above 60) of 120 made-up participants at three sites, and logistic regressions of it on arm,
# the baseline of the GAF itself, and site. Numbers for RemissionTest. R 4.2.2, base R only.
# Run beside the data: Rscript remission.R. Writes remission.csv where it is not there, and remission-expected.csv.
set.seed(20261130)
make <- function() {
  n <- 120
  d <- data.frame(site = rep(c("a", "b", "c"), each = n / 3), arm = rep(c("MBT", "TAU"), n / 2))
  d$baseline <- round(rnorm(n, 45, 8))
  d$gaf <- round(20 + 0.75 * d$baseline + 5 * (d$arm == "MBT") + 4 * (d$site == "b") + rnorm(n, 0, 9))
  d$gaf[runif(n) < 0.1] <- NA
  d$baseline[runif(n) < 0.06] <- NA
  write.csv(d, "remission.csv", row.names = FALSE, na = "", quote = FALSE)
}
if (!file.exists("remission.csv")) make()
d <- read.csv("remission.csv")
d$remitted <- as.numeric(d$gaf > 60)
d$arm <- factor(d$arm, levels = c("TAU", "MBT"))
expected <- data.frame()
fit <- function(site, variant, formula, data) {
  f <- glm(formula, binomial, data)
  # standard errors are those of the step before the last: begin again where it ended
  for (again in 1:3) f <- glm(formula, binomial, data, start = coef(f), control = list(epsilon = 1e-12))
  s <- coef(summary(f))["armMBT", ]
  w <- s[1] + c(-1, 1) * qnorm(0.975) * s[2]
  expected <<- rbind(expected, data.frame(site, variant, arm_or = exp(s[1]), std_error = s[2], p = s[4], low = exp(w[1]),
    high = exp(w[2]), n_treatment = sum(f$model$arm == "MBT"), n_control = sum(f$model$arm == "TAU")))
}
fit("ALL", "site", remitted ~ arm + site, d)
fit("ALL", "baseline", remitted ~ arm + baseline + site, d)
fit("b", "site", remitted ~ arm, d[d$site == "b", ])
fit("b", "baseline", remitted ~ arm + baseline, d[d$site == "b", ])
for (column in 3:7) expected[[column]] <- signif(expected[[column]], 12)
write.csv(expected, "remission-expected.csv", row.names = FALSE, quote = FALSE)
