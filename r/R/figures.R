# The standard figures, with the colours and bands of the program's own charts (docs/charts.md).

blue <- "#0072B2"
bands <- data.frame(low = c(0.025, 0.1, 0.25), high = c(0.975, 0.9, 0.75), colour = c("#e3e6ea", "#c3c9d1", "#939dab"),
                    words = c("19 in 20 runs", "8 in 10 runs", "half the runs"))

plot.coalis_result <- function(x, outcome = "engaged", ...) coalis_plot(x, outcome, ...)

# A comparison: the difference over time. A run: levels over time. A study: dose and response.
coalis_plot <- function(result, outcome = "engaged", scenario = NULL, factor = NULL) {
  if (!requireNamespace("ggplot2", quietly = TRUE)) stop("figures need the package ggplot2 (Debian: r-cran-ggplot2)", call. = FALSE)
  a_result(result)
  a_name("outcome", outcome, "the name of one outcome, as text")
  a_name("scenario", scenario, "the label of one scenario, as text", allow_none = TRUE)
  a_name("factor", factor, "the name of one factor, as text", allow_none = TRUE)
  switch(result$kind, comparison = plot_fan(result, outcome, scenario), run = plot_levels(result, outcome),
         study = plot_dose(result, outcome, factor))
}

plot_fan <- function(result, outcome, scenario) {
  data <- coalis_read(result, "difference_quantiles_over_time", outcome)
  label <- if (is.null(scenario)) data$scenario[1] else scenario
  if (!label %in% data$scenario) {
    labels <- unique(data$scenario)
    stop(sprintf("%s: there is no scenario '%s' to show; %sthere are %s", result$file, label, did_you_mean(label, labels),
                 paste(labels, collapse = ", ")), call. = FALSE)
  }
  data <- data[data$scenario == label, ]
  figure <- over_time(data, outcome) + ggplot2::geom_hline(yintercept = 0, linewidth = 0.3)
  for (k in seq_len(nrow(bands))) figure <- figure + band(data, outcome, k)
  median <- data[near(data$quantile, 0.5), ]
  matters <- matters_of(result, outcome)
  share <- in_100(result, "outcomes", outcome)
  figure + ggplot2::geom_line(data = median, colour = "black", linewidth = 0.8) +
    ggplot2::geom_hline(yintercept = if (matters > 0) c(-matters, matters) else numeric(), linetype = "dotted") +
    numbers_in_100(share) + texts(result, sprintf("%s minus A: %s", label, outcome), paste0(compared_names(result, label),
          "Median and where half, 8 in 10 and 19 in 20 of the paired runs lie. Dotted: what matters."), if (share) "in 100" else "")
}

plot_levels <- function(result, outcome) {
  data <- coalis_read(result, "trajectories", outcome)
  by_month <- stats::aggregate(data[outcome], data["month"], function(values) {
    stats::quantile(values, c(0.1, 0.5, 0.9), names = FALSE, type = 7, na.rm = TRUE)
  })
  spread <- data.frame(month = rep(by_month$month, 3), quantile = rep(c(0.1, 0.5, 0.9), each = nrow(by_month)))
  spread[[outcome]] <- as.vector(by_month[[outcome]])
  single <- data[data$replicate %in% utils::head(unique(data$replicate), 12), ]
  share <- in_100(result, "trajectories", outcome)
  over_time(spread, outcome) + band(spread, outcome, 2) +
    ggplot2::geom_line(data = single, ggplot2::aes(group = .data[["replicate"]]), colour = "#A0A0A0", linewidth = 0.2) +
    ggplot2::geom_line(data = spread[near(spread$quantile, 0.5), ], colour = blue, linewidth = 0.9) +
    numbers_in_100(share) + texts(result, outcome, "Median, where 8 in 10 runs lie, and the first 12 runs.", if (share) "in 100" else "")
}

plot_dose <- function(result, outcome, factor) {
  data <- coalis_read(result, "outcomes", outcome)
  factors <- setdiff(names(data), c("point", "replicate", outcome, "scenario", "parameter_file"))
  chosen <- if (is.null(factor)) factors[1] else factor
  if (!chosen %in% factors) {
    stop(sprintf("%s: there is no factor '%s'; %sthere are %s", result$file, chosen, did_you_mean(chosen, factors),
                 paste(factors, collapse = ", ")), call. = FALSE)
  }
  share <- in_100(result, "outcomes", outcome)
  data$scenario <- scenario_names(result, data$scenario)
  data$others <- interaction(data[c("scenario", setdiff(factors, chosen))], drop = TRUE, sep = ", ")
  points <- stats::aggregate(data[outcome], data[c(chosen, "others")], function(values) {
    c(mean(values, na.rm = TRUE), stats::quantile(values, c(0.1, 0.9), names = FALSE, type = 7, na.rm = TRUE))
  })
  shown <- data.frame(x = points[[chosen]], others = points$others, mean = points[[outcome]][, 1], low = points[[outcome]][, 2],
                      high = points[[outcome]][, 3])
  ggplot2::ggplot(shown, ggplot2::aes(.data[["x"]], .data[["mean"]], colour = .data[["others"]], linetype = .data[["others"]])) +
    ggplot2::geom_linerange(ggplot2::aes(ymin = .data[["low"]], ymax = .data[["high"]]), linetype = "solid", alpha = 0.5) +
    ggplot2::geom_line() + ggplot2::geom_point() + on_white() + ggplot2::labs(x = chosen, colour = NULL, linetype = NULL) +
    numbers_in_100(share) + texts(result, sprintf("%s against %s", outcome, chosen), "Mean, and where 8 in 10 runs lie.",
                                  if (share) paste0(outcome, ", in 100") else outcome)
}

# "A: as it is. B: full-time leader, scaled to 0.3 of a post. ", what was really compared; "" where the file does not say it.
compared_names <- function(result, label) {
  titles <- strsplit(sub("^comparison of ", "", result$about$title), " | ", fixed = TRUE)[[1]]
  at <- match(label, LETTERS)
  if (is.na(at) || length(titles) < at) "" else sprintf("A: %s. %s: %s. ", titles[1], label, titles[at])
}

# Scenarios by their names, not by those of their files, as far as the names tell them apart.
scenario_names <- function(result, files) {
  short <- sub("[.]toml$", "", basename(files))
  if (!"scenarios" %in% result$groups) return(short)
  kept <- coalis_read(result, "scenarios")
  lines <- regmatches(kept$text, regexpr('(?m)^name = ".*"$', kept$text, perl = TRUE))
  if (length(lines) != nrow(kept) || anyDuplicated(lines)) return(short)
  gsub('^name = "|"$', "", lines)[match(files, kept$scenario)]
}

over_time <- function(data, outcome) {
  ggplot2::ggplot(data, ggplot2::aes(.data[["month"]], .data[[outcome]])) + on_white()
}

# Not transparent, so that a picture is the same wherever it is shown.
on_white <- function() {
  ggplot2::theme_minimal() + ggplot2::theme(plot.background = ggplot2::element_rect(fill = "white", colour = NA))
}

band <- function(data, outcome, k) {
  low <- data[near(data$quantile, bands$low[k]), ]
  high <- data[near(data$quantile, bands$high[k]), ]
  ribbon <- data.frame(month = low$month, low = low[[outcome]], high = high[[outcome]][match(low$month, high$month)])
  ggplot2::geom_ribbon(data = ribbon, ggplot2::aes(.data[["month"]], ymin = .data[["low"]], ymax = .data[["high"]]), fill = bands$colour[k],
                       inherit.aes = FALSE)
}

near <- function(values, value) abs(values - value) < 1e-6

# Shares and indexes are said in 100, as on the program's pages; the data stay as they are.
in_100 <- function(result, group, outcome) {
  found <- with_file(result$file, function(opened) ncdf4::ncatt_get(opened, paste0(group, "/", outcome), "units"))
  found$hasatt && as.character(found$value) == "1"
}

numbers_in_100 <- function(is_share) {
  if (is_share) ggplot2::scale_y_continuous(labels = function(values) format(100 * values, trim = TRUE, drop0trailing = TRUE))
}

matters_of <- function(result, outcome) {
  with_file(result$file, matters_in, outcome)
}

matters_in <- function(opened, outcome) {
  found <- ncdf4::ncatt_get(opened, paste0("outcomes/", outcome), "difference_that_matters")
  if (found$hasatt) found$value else 0
}

texts <- function(result, title, subtitle, y = "") {
  lines <- function(text, width) paste(strwrap(text, width), collapse = "\n")
  made <- sprintf("%s, seed %s, model version %s. Chance alone: one set of parameters, one structure.", basename(result$file),
                  format(result$about$seed), result$about$model_version)
  ggplot2::labs(title = title, subtitle = lines(subtitle, 70), y = y, caption = lines(made, 60))
}
