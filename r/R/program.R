# Asking: the program is started, its answer read from the file that it leaves.

coalis_run <- function(scenario, replicates = 200, seed = 1, set = list(), record = "standard", outcomes = character(),
                       parameters = NULL, threads = 0, file = tempfile(fileext = ".h5")) {
  said <- call_program(c("run", files(scenario, "scenario"), "-o", file, "--quiet", "--record", record, option("--replicates", replicates),
                         option("--seed", seed), option("--threads", threads), option("--outcomes", outcomes),
                         option("--parameters", parameters), settings(set)))
  told(coalis_open(file), said)
}

coalis_compare <- function(..., replicates = NULL, seed = 1, set = list(), precision = NULL, on = NULL, equal_budget = NULL,
                           structures = character(), parameters = NULL, outcomes = character(), matters = list(), threads = 0,
                           file = tempfile(fileext = ".h5"), with = character(), budget = NULL, from_month = NULL, draws = NULL) {
  scenarios <- list(...)
  misspelt <- setdiff(names(scenarios), "")
  if (length(misspelt) > 0) {
    stop(sprintf("there is no argument '%s'; there are %s", misspelt[1], paste(setdiff(names(formals()), "..."), collapse = ", ")), call. = FALSE)
  }
  asked <- c("compare", files(unlist(scenarios), "scenarios"), "--quiet", option("--replicates", replicates), option("--seed", seed),
             option("--threads", threads), option("--precision", precision), option("--on", on),
             option(if (is.null(budget)) "--equal-budget" else "--lever", equal_budget), option("--budget", budget),
             option("--with", with), option("--from-month", from_month), option("--structures", structures),
             option("--parameters", parameters), option("--draws", draws), option("--outcomes", outcomes), settings(matters, "--matters"),
             settings(set))
  said <- call_program(c(asked, "-o", file, "--json"))
  result <- coalis_open(file)
  result$answer <- jsonlite::fromJSON(said)
  result$asked <- asked
  result
}

# Under parameter sets the program would keep it by their name; a temporary file is as good.
coalis_study <- function(study, parameters = character(), threads = 0, replicates = NULL,
                         file = if (length(parameters) > 0) tempfile(fileext = ".h5") else sub("\\.toml$", ".h5", study)) {
  said <- call_program(c("study", "run", files(study, "study"), "-o", files(file, "file"), "--quiet", option("--threads", threads),
                         option("--replicates", replicates), option("--parameters", parameters)))
  told(coalis_open(file), said)
}

told <- function(result, said) {
  result$said <- said
  result
}

# Of a comparison the program is asked again: its answer with figures has no sentences.
coalis_sentences <- function(result) {
  if (inherits(result, "coalis_answer")) return(paste(result$sentences, collapse = "\n"))
  if (!inherits(result, "coalis_result")) {
    stop("result: takes what coalis_run, compare, study, best or forecast gives", call. = FALSE)
  }
  if (!is.null(result$said)) return(in_r(result$said))
  if (is.null(result$asked)) stop(sprintf("%s: was not asked here; a file has figures and no sentences", result$file), call. = FALSE)
  in_r(call_program(result$asked))
}

coalis_waves <- function(result, months, replicate = 0, folder = tempfile("waves-")) {
  file <- if (inherits(result, "coalis_result")) result$file else files(result, "result")
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

files <- function(values, argument) {
  if (!is.character(values) || length(values) == 0) stop(sprintf("%s: takes names of files, as text", argument), call. = FALSE)
  path.expand(values)
}

# list("hubs.Chicago.fte" = 1) as --set hubs.Chicago.fte=1.
settings <- function(values, name = "--set") {
  if (length(values) > 0 && (is.null(names(values)) || !all(nzchar(names(values))))) {
    stop("name every value by its key, as in list(\"hubs.Chicago.fte\" = 1)", call. = FALSE)
  }
  unlist(lapply(seq_along(values), function(k) c(name, paste0(names(values)[k], "=", setting(values[[k]])))))
}

# A value as TOML: one as it stands, a vector or list in brackets, a matrix row by row.
setting <- function(value) {
  if (is.matrix(value)) value <- lapply(seq_len(nrow(value)), function(row) as.list(unname(value[row, ])))
  if (!is.list(value) && length(value) == 1) return(plain(value))
  item <- function(one) if (is.character(one) && length(one) == 1) as.character(jsonlite::toJSON(one, auto_unbox = TRUE)) else setting(one)
  sprintf("[%s]", paste(vapply(as.list(value), item, ""), collapse = ", "))
}

plain <- function(value) {
  if (is.logical(value)) return(if (value) "true" else "false")
  if (is.numeric(value)) return(format(value, digits = 15, scientific = FALSE, trim = TRUE))
  as.character(value)
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

words_of_options <- function(option) switch(option, waves = "months", lever = "equal_budget", option)
