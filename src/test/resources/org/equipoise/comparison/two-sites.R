# The numbers of TwoSitesTest: R 4.2.2, emmeans 1.8, metafor 3.8. Run beside two-sites.csv.
d <- read.csv("two-sites.csv", na.strings = "")
d <- d[!is.na(d$arm), ]
d$arm <- factor(d$arm, levels = c("TAU", "MBT"))
options(digits = 17)
m <- lm(m12 ~ arm + baseline + site, d)
print(nobs(m)); print(coef(summary(m))); print(confint(m)); print(sigma(m))
print(as.data.frame(emmeans::emmeans(m, ~ arm, weights = "equal")))
print(as.data.frame(emmeans::emmeans(m, ~ arm, weights = "proportional")))
s <- lm(m12 ~ arm + baseline + sex + site, d); print(nobs(s)); print(coef(summary(s)))
l <- lm(m12 ~ arm + baseline, d[d$site == "lindholm", ]); print(coef(summary(l)))
x <- d$m12[d$arm == "MBT" & !is.na(d$m12)]
y <- d$m12[d$arm == "TAU" & !is.na(d$m12)]
print(t.test(x, y)[c("estimate", "stderr", "parameter", "statistic", "p.value", "conf.int")])
print(metafor::escalc("SMD", m1i = mean(x), sd1i = sd(x), n1i = length(x),
                      m2i = mean(y), sd2i = sd(y), n2i = length(y))$yi)
print(wilcox.test(x, y, exact = FALSE)[c("statistic", "p.value")])
