# What a coalition could do otherwise, what is best for some money, and who will come: answers without a result file.

coalis_options <- function(scenario, set = list()) {
  listed <- jsonlite::fromJSON(call_program(c("options", a_file("scenario", scenario), "--json", settings("set", set))))
  found <- listed$options
  whole <- function(usd) floor(usd + 0.5)  # the program prints the difference of whole dollars
  data.frame(name = found$name, costs_more = whole(found$cost) - whole(listed$cost), planned_cost = found$cost, meaning = found$meaning,
             reason = ifelse(is.na(found$reason), "", found$reason))
}

coalis_best <- function(scenario, budget, aim = "engaged", guards = character(), parameters = character(), structures = character(),
                        draws = NULL, from_month = 0, points = 120, replicates = 500, seed = 1, set = list(), threads = 0, file = NULL) {
  said <- call_program(c("best", a_file("scenario", scenario), "--quiet", "--json",
                         option("--budget", a_number_above_0("budget", budget, of = ", USD a year")), option("--for", a_name("aim", aim)),
                         option("--guard", harm(guards)), option("--parameters", no_file_or_several("parameters", parameters)),
                         option("--structures", some_names("structures", structures)),
                         option("--draws", a_whole("draws", draws, 2, 10000, allow_none = TRUE)),
                         option("--from-month", a_month("from_month", from_month)), option("--points", a_whole("points", points, 1, 5000)),
                         option("--replicates", a_whole("replicates", replicates, 20, 1e6)), option("--seed", a_seed(seed)),
                         option("--threads", a_whole("threads", threads, 0, most_threads)),
                         option("-o", a_file("file", file, allow_none = TRUE)), settings("set", set)))
  answer <- jsonlite::fromJSON(said, simplifyDataFrame = FALSE)
  step <- answer$steps[[answer$budget_step + 1]]
  rows <- lapply(answer$options, function(one) {
    data.frame(name = one$name, planned_cost = one$planned_cost, aim = one$aim$mean, gain = one$gain$mean,
               gain_half_width = or_missing(one$gain$half_width), best = or_missing(one$best), expected_regret = or_missing(one$expected_regret),
               allowed = one$allowed)
  })
  as_good <- vapply(step$not_told_apart, function(place) answer$options[[place + 1]]$name, "")
  structure(list(kind = "best", sentences = unlist(answer$sentences), choice = answer$options[[step$choice + 1]], as_good = as_good,
                 options = do.call(rbind, rows), answer = answer), class = "coalis_answer")
}

coalis_forecast <- function(scenario, attendance, hold_out = 2, parameters = NULL, replicates = 2000, seed = 1, set = list(), threads = 0) {
  said <- call_program(c("forecast", a_file("scenario", scenario), "--attendance", a_file("attendance", attendance), "--quiet", "--json",
                         option("--hold-out", a_whole("hold_out", hold_out, 1, 1000)),
                         option("--parameters", a_file("parameters", parameters, allow_none = TRUE)),
                         option("--replicates", a_whole("replicates", replicates, 100, 1e7)), option("--seed", a_seed(seed)),
                         option("--threads", a_whole("threads", threads, 0, most_threads)), settings("set", set)))
  answer <- jsonlite::fromJSON(said, flatten = TRUE)
  short <- function(table) stats::setNames(table, sub("^forecast\\.", "", names(table)))
  scores <- lapply(names(answer$scores), function(name) {
    one <- answer$scores[[name]]
    less <- if (is.null(one$model_less_this)) list(value = NA, low = NA, high = NA) else one$model_less_this
    data.frame(forecaster = name, crps = one$crps, covered = one$covered, expected = one$expected, crps_in_all = one$crps_in_all,
               meetings_covered = one$meetings_covered, model_less_this = less$value, low = less$low, high = less$high)
  })
  structure(list(kind = "forecast", sentences = answer$verdict, scores = do.call(rbind, scores), meetings = short(answer$meetings),
                 members = short(answer$members), answer = answer), class = "coalis_answer")
}

coalis_count_attendance <- function(attendance, file = tempfile(fileext = ".toml"), hold_out = 0) {
  file <- a_file("file", file)
  said <- call_program(c("attendance", a_file("attendance", attendance), "-o", file,
                         option("--hold-out", a_whole("hold_out", hold_out, 0, 1000))))
  structure(file, said = said, class = c("coalis_counts", "character"))
}

print.coalis_counts <- function(x, ...) {
  cat(attr(x, "said"), "\n", sep = "")
  invisible(x)
}

print.coalis_answer <- function(x, ...) {
  cat(strwrap(x$sentences, 90), sep = "\n")
  invisible(x)
}

# Outcomes, or harm that is allowed by outcome: c(member_cost = 500).
harm <- function(guards) {
  if (is.list(guards)) guards <- unlist(guards)
  if (is.null(names(guards))) return(some_names("guards", guards))
  right <- (is.numeric(guards) || is.character(guards)) && !anyNA(guards)
  if (!right) refuse("guards", "outcomes, or the harm allowed as c(member_cost = 500)", guards)
  ifelse(nzchar(names(guards)), paste0(names(guards), "=", vapply(guards, plain, "")), as.character(guards))
}

or_missing <- function(value) if (is.null(value)) NA else value
