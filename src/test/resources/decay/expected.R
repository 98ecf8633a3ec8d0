# Makes the expected values of the survival tests. Not part of the build: run it by hand, in this folder, with
#   Rscript expected.R
# Made with R 4.2.2, survival 3.5-3 and etm 1.1.1 (the packages of Debian 12).
library(survival)
library(etm)
options(digits = 17, warn = 1)
number <- function(x) ifelse(is.na(x), "", formatC(x, digits = 17, format = "g"))
ends <- c("open", "converted", "lost")
first_ends <- c(ends, "silent")

# --- Data ---------------------------------------------------------------------------------------------------

# By hand: ties of every kind, late entries (entry > 0), competing ends, one group that enters late throughout.
small <- read.csv("ends-small.csv", comment.char = "#")
small$leads <- 1

# CDNOW: from the first purchase to the second. A second purchase of 20 dollars or more stands for "converted", a
# smaller one for "lost". Cohorts by the month of the first purchase.
leads <- read.csv(gzfile("../cdnow/leads.csv.gz"), colClasses = c(lead_id = "character"))
outcomes <- read.csv(gzfile("../cdnow/outcomes.csv.gz"), colClasses = c(lead_id = "character"))
outcomes <- outcomes[order(outcomes$lead_id, outcomes$occurred_at), ]
second <- outcomes[!duplicated(outcomes$lead_id), ]
all <- merge(leads, second, by = "lead_id", all.x = TRUE)
created <- as.Date(all$created_at)
bought <- as.Date(all$occurred_at)
cdnow <- data.frame(
  data = "cdnow",
  value = format(created, "%Y-%m"),
  entry = 0,
  day = as.numeric(ifelse(is.na(bought), as.Date("1998-07-01"), bought) - as.numeric(created)),
  end = ifelse(is.na(bought), "open", ifelse(all$value >= 20, "converted", "lost")))
# The same as if the log began on 1997-02-15: who bought a second time before is unknown, others enter late.
late <- cdnow
late$data <- "cdnow-late"
late$entry <- pmax(0, as.numeric(as.Date("1997-02-15") - created))
late <- late[late$entry == 0 | late$day > late$entry, ]
counted <- aggregate(leads ~ data + value + entry + day + end, transform(rbind(cdnow, late), leads = 1), sum)
counted <- counted[order(counted$data, counted$value, counted$entry, counted$day, counted$end), ]
write.csv(counted, gzfile("ends-cdnow.csv.gz"), row.names = FALSE, quote = FALSE)

# --- Curves -------------------------------------------------------------------------------------------------

# Shares of each of the ends, whichever comes first, by some days.
incidence <- function(d, days, ends) {
  states <- length(ends)
  moves <- matrix(FALSE, states, states)
  moves[1, -1] <- TRUE
  # etm wants 0 <= entry < exit: everything one day later, except that who is watched from the origin enters at 0.
  rows <- data.frame(
    id = seq_len(nrow(d)), from = 0, to = ifelse(d$end == "open", "cens", match(d$end, ends) - 1),
    entry = ifelse(d$entry == 0, 0, d$entry + 1), exit = d$day + 1)
  fit <- etm(rows, as.character(seq_len(states) - 1), moves, "cens", 0)
  at <- findInterval(days + 1, fit$time)
  pick <- function(state) {
    p <- ifelse(at == 0, 0, fit$est[1, state, pmax(at, 1)])
    cell <- paste("0", state - 1)
    v <- ifelse(at == 0, 0, fit$cov[cell, cell, pmax(at, 1)])
    se <- sqrt(pmax(v, 0))
    spread <- exp(qnorm(0.975) * se / (p * log(p)))
    none <- p <= 0 | p >= 1 | se == 0
    data.frame(p = p, low = ifelse(none, NA, p^(1 / spread)), high = ifelse(none, NA, p^spread), se = se)
  }
  sapply(ends[-1], function(end) pick(match(end, ends)), simplify = FALSE)
}

curve <- function(name, value, d, most) {
  km <- survfit(Surv(entry, day, end == "converted") ~ 1, d, conf.type = "log-log", stype = 1, ctype = 1)
  if (all(d$entry == 0)) km <- survfit(Surv(day, end == "converted") ~ 1, d, conf.type = "log-log", stype = 1, ctype = 1)
  kept <- which(km$n.event > 0)
  if (length(kept) > most) kept <- kept[unique(round(seq(1, length(kept), length.out = most)))]
  f <- incidence(d, km$time[kept], ends)
  if (all(d$entry == 0)) {
    # Without late entries, survival's infinitesimal jackknife is the same variance: both must agree.
    aj <- survfit(Surv(day, factor(end, ends)) ~ 1, d)
    at <- findInterval(km$time[kept], aj$time)
    stopifnot(all.equal(aj$pstate[at, 2], f$converted$p, tolerance = 1e-12))
    stopifnot(all.equal(aj$std.err[at, 2], f$converted$se, tolerance = 1e-9))
    stopifnot(all.equal(aj$pstate[at, 3], f$lost$p, tolerance = 1e-12))
    stopifnot(all.equal(aj$std.err[at, 3], f$lost$se, tolerance = 1e-9))
  }
  data.frame(
    data = name, value = value, day = km$time[kept], at_risk = km$n.risk[kept], converted = km$n.event[kept],
    survival = number(km$surv[kept]),
    ci_low = number(km$lower[kept]), ci_high = number(km$upper[kept]),
    cumulative_hazard = number(km$cumhaz[kept]), cumulative_hazard_std_err = number(km$std.chaz[kept]),
    incidence_converted = number(f$converted$p),
    incidence_converted_ci_low = number(f$converted$low), incidence_converted_ci_high = number(f$converted$high),
    incidence_lost = number(f$lost$p),
    incidence_lost_ci_low = number(f$lost$low), incidence_lost_ci_high = number(f$lost$high))
}

# Three ends: a lead that fell silent before its end counts as silent from then on. Days: those of conversions.
fallen <- function(name, value, d) {
  days <- sort(unique(d$day[d$end == "converted"]))
  first <- d
  is_silent <- !is.na(d$silent) & d$silent < d$day
  first$end[is_silent] <- "silent"
  first$day[is_silent] <- d$silent[is_silent]
  f <- incidence(first, days, first_ends)
  data.frame(
    data = name, value = value, day = days, silent = number(f$silent$p), ci_low = number(f$silent$low),
    ci_high = number(f$silent$high), converted_first = number(f$converted$p), lost_first = number(f$lost$p))
}
silent <- read.csv("ends-silent.csv", comment.char = "#")
stopifnot(all.equal(silent[names(silent) != "silent"], small[names(small) != "leads"]))
silences <- do.call(rbind, lapply(c("silent", "silent-late"), function(name) {
  d <- if (name == "silent") transform(silent, entry = 0) else silent
  do.call(rbind, lapply(sort(unique(d$value)), function(v) fallen(name, v, d[d$value == v, ])))
}))
write.csv(silences, "expected-silence.csv", row.names = FALSE, quote = FALSE)

# --- Tests --------------------------------------------------------------------------------------------------

# Mantel and Haenszel, table by table.
log_rank <- function(d) {
  k <- nlevels(d$value)
  observed <- expected <- rep(0, k)
  variance <- matrix(0, k, k)
  for (day in sort(unique(d$day[d$event]))) {
    watched <- d$day >= day & (d$entry == 0 | d$entry < day)
    n <- as.vector(table(d$value[watched]))
    e <- as.vector(table(d$value[d$event & d$day == day]))
    share <- n / sum(n)
    observed <- observed + e
    expected <- expected + sum(e) * share
    if (sum(n) > 1) {
      variance <- variance + sum(e) * (sum(n) - sum(e)) / (sum(n) - 1) * (diag(share) - outer(share, share))
    }
  }
  difference <- (observed - expected)[-1]
  list(chi = as.vector(difference %*% solve(variance[-1, -1], difference)), expected = expected)
}

comparison <- function(name, d, horizon) {
  d$value <- factor(d$value)
  d$event <- d$end == "converted"
  truncated <- any(d$entry > 0)
  own <- log_rank(d)
  chi <- own$chi
  expected <- own$expected
  # Without late entries survdiff must agree; with them the score test of the exact partial likelihood is the same
  # test, but takes too long for many ties.
  if (!truncated) {
    fit <- survdiff(Surv(day, event) ~ value, d)
    stopifnot(all.equal(chi, fit$chisq, tolerance = 1e-11), all.equal(expected, as.vector(fit$exp), tolerance = 1e-12))
    chi <- fit$chisq
    expected <- fit$exp
  } else if (nrow(d) < 1000) {
    fit <- coxph(
      Surv(ifelse(entry == 0, -1, entry), day, event) ~ value, d, ties = "exact", iter.max = 0,
      init = rep(0, nlevels(d$value) - 1))
    stopifnot(all.equal(chi, fit$score, tolerance = 1e-11))
  }
  df <- nlevels(d$value) - 1
  rows <- lapply(levels(d$value), function(v) {
    g <- d[d$value == v, ]
    km <- survfit(Surv(ifelse(entry == 0, -1, entry), day, event) ~ 1, g)
    if (!truncated) km <- survfit(Surv(day, event) ~ 1, g)
    m <- survival:::survmean(km, scale = 1, rmean = horizon)$matrix
    data.frame(
      data = name, value = v, n = nrow(g), conversions = sum(g$event), expected = number(expected[match(v, levels(d$value))]),
      chi_square = number(chi), degrees_of_freedom = df, p_value = number(pchisq(chi, df, lower.tail = FALSE)),
      horizon = horizon, restricted_mean = number(m[["rmean"]]), restricted_mean_std_err = number(m[["se(rmean)"]]))
  })
  do.call(rbind, rows)
}

expand <- function(d) d[rep(seq_len(nrow(d)), d$leads), ]
sets <- list(small = small, "small-late" = NULL, cdnow = expand(counted[counted$data == "cdnow", ]), "cdnow-late" = expand(counted[counted$data == "cdnow-late", ]))
sets[["small-late"]] <- small
sets[["small"]] <- transform(small, entry = 0)
curves <- do.call(rbind, lapply(names(sets), function(name) {
  d <- sets[[name]]
  do.call(rbind, lapply(sort(unique(d$value)), function(v) curve(name, v, d[d$value == v, ], 25)))
}))
write.csv(curves, "expected-curves.csv", row.names = FALSE, quote = FALSE)
tests <- do.call(rbind, lapply(names(sets), function(name) comparison(name, sets[[name]], if (startsWith(name, "small")) 12 else 90)))
write.csv(tests, "expected-tests.csv", row.names = FALSE, quote = FALSE)

# --- Time ratios --------------------------------------------------------------------------------------------

# Accelerated failure time; base: the value with most leads. Leads watched from the origin only.
shapes <- c("weibull", "lognormal")
ratios <- do.call(rbind, lapply(c("small", "cdnow"), function(name) do.call(rbind, lapply(shapes, function(shape) {
  d <- sets[[name]]
  sizes <- table(d$value)
  base <- names(sizes)[which.max(sizes)]
  d$value <- relevel(factor(d$value), base)
  fit <- survreg(Surv(day, end == "converted") ~ value, d, dist = shape, control = list(rel.tolerance = 1e-12, maxiter = 100))
  log_ratio <- c(0, coef(fit)[-1])
  error <- c(NA, sqrt(diag(vcov(fit)))[2:nlevels(d$value)])
  data.frame(
    data = name, shape = shape, value = levels(d$value), base = base,
    intercept = number(coef(fit)[1] + log_ratio), scale = number(fit$scale),
    time_ratio = number(exp(log_ratio)), ci_low = number(exp(log_ratio - qnorm(0.975) * error)),
    ci_high = number(exp(log_ratio + qnorm(0.975) * error)),
    log_likelihood = number(fit$loglik[2]), akaike = number(AIC(fit)))
}))))
write.csv(ratios, "expected-ratios.csv", row.names = FALSE, quote = FALSE)
