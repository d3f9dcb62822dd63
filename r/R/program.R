# Asking: the program is started, its answer read from the file that it leaves.

coalis_run <- function(scenario, replicates = 200, seed = 1, set = list(), record = "standard", outcomes = character(),
                       parameters = NULL, threads = 0, file = tempfile(fileext = ".h5")) {
  file <- a_file("file", file)
  call_program(c("run", a_file("scenario", scenario), "-o", file, "--quiet", option("--record", a_name("record", record)),
                 option("--replicates", a_whole("replicates", replicates, 1, most_replicates)), option("--seed", a_seed(seed)),
                 option("--threads", a_whole("threads", threads, 0, most_threads)),
                 option("--outcomes", some_names("outcomes", outcomes)),
                 option("--parameters", a_file("parameters", parameters, allow_none = TRUE)), settings("set", set)))
  coalis_open(file)
}

coalis_compare <- function(..., replicates = NULL, seed = 1, set = list(), precision = NULL, on = NULL, equal_budget = NULL,
                           structures = character(), parameters = NULL, outcomes = character(), matters = list(), threads = 0,
                           file = tempfile(fileext = ".h5"), with = character(), budget = NULL, from_month = NULL, draws = NULL, lever = NULL) {
  scenarios <- list(...)
  misspelt <- setdiff(names(scenarios), "")
  if (length(misspelt) > 0) {
    known <- setdiff(names(formals()), "...")
    stop(sprintf("there is no argument '%s'; %sthere are %s", misspelt[1], did_you_mean(misspelt[1], known), paste(known, collapse = ", ")),
         call. = FALSE)
  }
  scenarios <- unlist(lapply(if (length(scenarios) > 0) scenarios else list(NULL), files, argument = "scenarios"))
  file <- a_file("file", file)
  budget <- a_number_above_0("budget", budget, allow_none = TRUE, of = ", USD a year")
  equal_budget <- a_name("equal_budget", equal_budget, allow_none = TRUE)
  lever <- a_name("lever", lever, allow_none = TRUE)
  if (!is.null(budget) && !is.null(equal_budget)) {
    stop(sprintf("equal_budget excludes budget; leave budget out for the cost of the first, or have all cost so much: budget = %s, lever = \"%s\"",
                 plain(budget), equal_budget), call. = FALSE)
  }
  call_program(c("compare", scenarios, "-o", file, "--quiet",
                 option("--replicates", a_whole("replicates", replicates, 1, most_replicates, allow_none = TRUE)),
                 option("--seed", a_seed(seed)), option("--threads", a_whole("threads", threads, 0, most_threads)),
                 option("--precision", a_number_above_0("precision", precision, allow_none = TRUE)),
                 option("--on", a_name("on", on, allow_none = TRUE)),
                 option("--equal-budget", equal_budget), option("--budget", budget), option("--lever", lever),
                 option("--with", some_names("with", with)), option("--from-month", a_month("from_month", from_month, allow_none = TRUE)),
                 option("--structures", some_names("structures", structures)),
                 option("--parameters", a_file("parameters", parameters, allow_none = TRUE)),
                 option("--draws", a_whole("draws", draws, 1, 2^31 - 1, allow_none = TRUE)),
                 option("--outcomes", some_names("outcomes", outcomes)), matters_of_outcomes(matters), settings("set", set)))
  coalis_open(file)
}

# Under parameter sets the program would keep it by their name; a temporary file is as good.
coalis_study <- function(study, parameters = character(), threads = 0, replicates = NULL,
                         file = if (length(parameters) > 0) tempfile(fileext = ".h5") else sub("\\.toml$", ".h5", study)) {
  study <- a_file("study", study)
  parameters <- no_file_or_several("parameters", parameters)
  file <- a_file("file", file)
  call_program(c("study", "run", study, "-o", file, "--quiet", option("--threads", a_whole("threads", threads, 0, most_threads)),
                 option("--replicates", a_whole("replicates", replicates, 1, most_replicates, allow_none = TRUE)),
                 option("--parameters", parameters)))
  coalis_open(file)
}

# What the program printed of it, which files keep.
coalis_sentences <- function(result) {
  if (inherits(result, "coalis_answer")) return(paste(result$sentences, collapse = "\n"))
  if (!inherits(result, "coalis_result")) refuse("result", "what coalis_run, compare, study, open, best or forecast gives", result)
  kept <- answer_in(result$file)
  if (is.null(kept)) {
    stop(sprintf("%s: Coalis %s kept no sentences in its files; make it again with: %s", result$file, result$about$program_version,
                 command_of(result$file)), call. = FALSE)
  }
  in_r(kept[["printed"]])
}

coalis_waves <- function(result, months, replicate = 0, folder = tempfile("waves-")) {
  file <- if (inherits(result, "coalis_result")) result$file else a_file("result", result)
  if (length(months) == 0 || !(is.atomic(months) || is.list(months))) refuse("months", "one or more, as c(\"2007-01\", \"2007-04\")", months)
  months <- vapply(as.list(months), function(month) plain(a_month("months", month)), "")
  replicate <- a_whole("replicate", replicate, 0, most_replicates)
  folder <- a_file("folder", folder)
  call_program(c("export", file, "--waves", paste(months, collapse = ","), "--siena", folder, option("--replicate", replicate)))
  at <- function(name) file.path(folder, name)
  table <- utils::read.csv(at("waves.csv"))
  attributes <- utils::read.csv(at("attributes.csv"))
  actors <- nrow(attributes)
  ties <- lapply(seq_len(nrow(table)), function(k) as.matrix(utils::read.table(at(sprintf("ties-%d.txt", k)))))
  composition <- lapply(strsplit(readLines(at("composition.txt")), " "), as.numeric)
  list(waves = table, attributes = attributes, ties = array(unlist(ties), dim = c(actors, actors, nrow(table))),
       attendance = unname(as.matrix(utils::read.table(at("attendance.txt")))),
       commitment = unname(as.matrix(utils::read.table(at("commitment.txt")))), composition = composition)
}

# Nothing without a value; a value may be several, which go one by one.
option <- function(name, values) unlist(lapply(values, function(value) c(name, plain(value))))

# list("hubs.Chicago.fte" = 1) as --set hubs.Chicago.fte=1.
settings <- function(argument, values) {
  if (!is.null(values) && !is.vector(values)) refuse(argument, "values by key, as list(\"hubs.Chicago.fte\" = 1)", values)
  if (length(values) > 0 && (is.null(names(values)) || anyNA(names(values)) || !all(nzchar(names(values))))) {
    stop(sprintf("%s: name every value by its key, as in list(\"hubs.Chicago.fte\" = 1)", argument), call. = FALSE)
  }
  unlist(lapply(seq_along(values), function(k) {
    key <- names(values)[k]
    c("--set", paste0(key, "=", setting(values[[k]], sprintf("%s, %s", argument, key))))
  }))
}

# list(engaged = 0.05) as --matters engaged=0.05.
matters_of_outcomes <- function(matters) {
  right <- is.null(matters) || is.vector(matters) && all(vapply(matters, function(one) is.numeric(one) && is_one(one), TRUE))
  named <- length(matters) == 0 || !is.null(names(matters)) && !anyNA(names(matters)) && all(nzchar(names(matters)))
  if (!right || !named) refuse("matters", "numbers by outcome, as list(engaged = 0.05)", matters)
  unlist(lapply(names(matters), function(name) c("--matters", paste0(name, "=", plain(matters[[name]])))))
}

# A value as TOML, of the type that it has: text in quotes also where it looks like a number, a vector or list in brackets, a matrix
# row by row.
setting <- function(value, argument = "set") {
  if (is.factor(value)) value <- as.character(value)
  atomic <- is.numeric(value) || is.logical(value) || is.character(value)
  if (!atomic && !is.list(value) || atomic && anyNA(value)) refuse(argument, "numbers, text, TRUE or FALSE, or several of them", value)
  if (is.matrix(value)) value <- lapply(seq_len(nrow(value)), function(row) as.list(unname(value[row, ])))
  if (is.character(value) && length(value) == 1) return(as.character(jsonlite::toJSON(value, auto_unbox = TRUE)))
  if (!is.list(value) && length(value) == 1) return(plain(value))
  sprintf("[%s]", paste(vapply(as.list(value), setting, "", argument), collapse = ", "))
}

# A value as text; a number with as many digits as make it again.
plain <- function(value) {
  if (is.logical(value)) return(if (value) "true" else "false")
  if (!is.numeric(value)) return(as.character(value))
  if (is.infinite(value)) return(if (value > 0) "inf" else "-inf")
  for (digits in 15:17) {
    text <- format(value, digits = digits, scientific = FALSE, trim = TRUE)
    if (as.numeric(text) == value) break
  }
  text
}

program <- function() {
  found <- Sys.getenv("COALIS_PROGRAM")
  if (!nzchar(found)) found <- unname(Sys.which("coalis"))
  if (!nzchar(found)) stop("the program coalis is not on PATH; put its folder there, or name it in COALIS_PROGRAM", call. = FALSE)
  found
}

# What the program prints; what it says of a failure is the error.
call_program <- function(arguments) {
  said <- tempfile()
  on.exit(unlink(said))
  out <- suppressWarnings(system2(program(), shQuote(arguments), stdout = TRUE, stderr = said))
  status <- attr(out, "status")
  if (!is.null(status) && status != 0) {
    why <- paste(readLines(said, warn = FALSE), collapse = "\n")
    stop(if (nzchar(why)) in_r(why) else sprintf("coalis %s: exit status %d", arguments[1], status), call. = FALSE)
  }
  paste(out, collapse = "\n")
}

# What the program says, in words of R: --equal-budget is equal_budget.
in_r <- function(text) {
  text <- gsub("\n?Run with --help for more information\\.", "", text)
  text <- gsub("; choose another name with -o or replace it with --force", "; choose another file", text, fixed = TRUE)
  text <- gsub("--set ", "", text, fixed = TRUE)
  text <- gsub("with --all\\b", "in coalis_differences()", text)
  text <- gsub("--for\\b", "aim", text)
  text <- gsub("--guard\\b", "guards", text)
  options <- c("equal-budget", "budget", "from-month", "with", "lever", "draws", "points", "attendance", "hold-out", "replicates", "replicate", "seed", "threads", "record", "outcomes", "parameters", "precision", "on",
               "structures", "matters", "waves", "set")
  for (option in options) text <- gsub(sprintf("--%s\\b", option), gsub("-", "_", words_of_options(option)), text)
  text
}

words_of_options <- function(option) if (option == "waves") "months" else option
