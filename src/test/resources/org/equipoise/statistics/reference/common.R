# What the scripts of the reference cases share: a record, a pack, the reading back of what was written.
suppressMessages({
  library(survival); library(MASS); library(metafor); library(sandwich); library(emmeans); library(clubSandwich)
  library(nlme); library(cmprsk); library(mice); library(brglm2); library(numDeriv); library(mvtnorm); library(jsonlite)
})
options(contrasts = c("contr.treatment", "contr.poly"), warn = 1)
RNGkind("Mersenne-Twister", "Inversion", "Rejection")
T <- "treatment"; C <- "control"; z975 <- qnorm(.975)

records <- list()
add <- function(id, method, select, r_call, result, tol = 1e-8, tol_abs = 1e-10, tol_keys = NULL) {
  one <- list(id = id, method = method, select = select, r_call = r_call, tol_rel = tol, tol_abs = tol_abs, result = result)
  if (!is.null(tol_keys)) one$tol_keys <- tol_keys
  records[[length(records) + 1]] <<- one
}
finish <- function(pack, data, packages, file = "data.csv") {
  dir.create(pack, FALSE)
  if (!is.null(data)) write.csv(data, file.path(pack, file), row.names = FALSE, na = "", quote = FALSE)
  version <- c(R = paste(R.version$major, R.version$minor, sep = "."), vapply(packages, function(p) as.character(packageVersion(p)), ""))
  text <- toJSON(list(treatment = T, control = C, versions = as.list(version), results = records),
                 auto_unbox = TRUE, digits = I(17), na = "null", dataframe = "rows", pretty = 1)
  writeLines(text, file.path(pack, "expected.json")); records <<- list()
}
again <- function(data) { f <- tempfile(); write.csv(data, f, row.names = FALSE, na = "", quote = FALSE); read.csv(f, na.strings = "") }
