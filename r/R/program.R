# Asking: the program is started, its answer read from the file that it leaves.

coalis_run <- function(scenario, replicates = 200, seed = 1, set = list(), record = "standard", outcomes = character(),
                       parameters = NULL, threads = 0, file = tempfile(fileext = ".h5")) {
  call_program(c("run", files(scenario, "scenario"), "-o", file, "--quiet", "--record", record, option("--replicates", replicates),
                 option("--seed", seed), option("--threads", threads), option("--outcomes", outcomes),
                 option("--parameters", parameters), settings(set)))
  coalis_open(file)
}

coalis_compare <- function(..., replicates = NULL, seed = 1, set = list(), precision = NULL, on = NULL, equal_budget = NULL,
                           structures = character(), parameters = NULL, outcomes = character(), matters = list(), threads = 0,
                           file = tempfile(fileext = ".h5")) {
  scenarios <- list(...)
  misspelt <- setdiff(names(scenarios), "")
  if (length(misspelt) > 0) {
    stop(sprintf("there is no argument '%s'; there are %s", misspelt[1], paste(setdiff(names(formals()), "..."), collapse = ", ")), call. = FALSE)
  }
  said <- call_program(c("compare", files(unlist(scenarios), "scenarios"), "-o", file, "--quiet", "--json", option("--replicates", replicates),
                         option("--seed", seed), option("--threads", threads), option("--precision", precision),
                         option("--on", on), option("--equal-budget", equal_budget), option("--structures", structures),
                         option("--parameters", parameters), option("--outcomes", outcomes), settings(matters, "--matters"),
                         settings(set)))
  result <- coalis_open(file)
  result$answer <- jsonlite::fromJSON(said)
  result
}

coalis_study <- function(study, parameters = character(), threads = 0) {
  call_program(c("study", "run", files(study, "study"), "--quiet", option("--threads", threads), option("--parameters", parameters)))
  coalis_open(sub("\\.toml$", ".h5", study))
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
  options <- c("equal-budget", "replicates", "replicate", "seed", "threads", "record", "outcomes", "parameters", "precision", "on",
               "structures", "matters", "waves", "set")
  for (option in options) text <- gsub(sprintf("--%s\\b", option), gsub("-", "_", if (option == "waves") "months" else option), text)
  text
}
