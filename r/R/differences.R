# The figures of a comparison, pair by pair (docs/formats/comparison.md): those of `coalis compare --json`.

coalis_differences <- function(result, outcomes = NULL) {
  a_result(result)
  if (result$kind != "comparison") stop(sprintf("%s: is a %s; differences are of a comparison", result$file, result$kind), call. = FALSE)
  levels <- coalis_read(result, "outcomes", if (length(outcomes) > 0) some_names("outcomes", outcomes))
  matters <- with_file(result$file, function(opened) {
    lapply(stats::setNames(nm = setdiff(names(levels), c("replicate", "scenario"))), matters_in, opened = opened)
  })
  labels <- unique(levels$scenario)
  rows <- lapply(labels[-1], function(label) lapply(names(matters), function(name) {
    figures <- paired(levels[levels$scenario == labels[1], name], levels[levels$scenario == label, name], matters[[name]])
    data.frame(scenario = label, outcome = name, figures)
  }))
  do.call(rbind, unlist(rows, recursive = FALSE))
}

paired <- function(reference, other, matters) {
  both <- !is.na(reference) & !is.na(other)
  difference <- other[both] - reference[both]
  n <- length(difference)
  mean_of <- function(values) if (length(values) > 0) mean(values) else NaN
  spread <- if (n > 1) stats::sd(difference) else NaN
  grain <- 2^-23 * max(abs(c(reference[both], other[both])), 0)  # outcomes are in single precision
  at <- function(probability) if (n > 0) stats::quantile(difference, probability, names = FALSE, type = 7) else NaN
  share <- function(which) if (n > 0) sum(which) / n else NaN
  data.frame(reference = mean_of(reference[!is.na(reference)]), scenario_level = mean_of(other[!is.na(other)]),
             difference = mean_of(difference), se = spread / sqrt(n), half_width = if (n > 1) stats::qt(0.975, n - 1) * spread / sqrt(n) else NaN,
             sd = spread, median = at(0.5), range80_low = at(0.1), range80_high = at(0.9), range95_low = at(0.025),
             range95_high = at(0.975), matters = matters, above = share(difference > matters + grain),
             below = share(difference < -matters - grain),
             variance_reduction = if (n > 1 && spread > 0) (stats::var(reference[both]) + stats::var(other[both])) / spread^2 else NaN,
             pairs = n, left_out = length(reference) - n)
}
