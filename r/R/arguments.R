# What a function was given, looked at before anything is done: an error says which argument, what it takes, and what it got.

most_replicates <- 2^32 - 1
most_threads <- 1024

refuse <- function(argument, takes, value) stop(sprintf("%s: takes %s, not %s", argument, takes, shown(value)), call. = FALSE)

shown <- function(value) {
  if (inherits(value, "coalis_result") || inherits(value, "coalis_answer")) return(sprintf("the answer of a %s", value$kind))
  if (is.function(value) || is.factor(value) || is.data.frame(value)) return(paste("a", class(value)[1]))
  text <- paste(trimws(deparse(value, width.cutoff = 60, nlines = 2)), collapse = " ")
  if (nchar(text) > 60) paste0(substr(text, 1, 57), "...") else text
}

# One value, and none that is missing.
is_one <- function(value) is.atomic(value) && length(value) == 1 && !is.na(value)

# allow_none: NULL is none.
a_whole <- function(argument, value, low, high, allow_none = FALSE) {
  if (allow_none && is.null(value)) return(NULL)
  right <- is.numeric(value) && is_one(value) && value == floor(value) && value >= low && value <= high
  if (!right) refuse(argument, sprintf("a whole number from %s to %s", plain(low), plain(high)), value)
  value
}

a_number_above_0 <- function(argument, value, allow_none = FALSE, of = "") {
  if (allow_none && is.null(value)) return(NULL)
  if (!(is.numeric(value) && is_one(value) && is.finite(value) && value > 0)) refuse(argument, paste0("a number above 0", of), value)
  value
}

# Doubles hold whole numbers up to 2^53; larger seeds come as text.
a_seed <- function(value) {
  if (is.character(value) && is_one(value) && grepl("^[0-9]{1,20}$", value)) return(value)
  right <- is.numeric(value) && is_one(value) && value == floor(value) && value >= 0 && value <= 2^53
  if (!right) refuse("seed", "a whole number from 0 to 2^53, or a larger one as text", value)
  value
}

a_name <- function(argument, value, takes = "one name, as text", allow_none = FALSE) {
  if (allow_none && is.null(value)) return(NULL)
  if (!(is.character(value) && is_one(value) && nzchar(value))) refuse(argument, takes, value)
  value
}

# Any number of them; NULL is none.
some_names <- function(argument, values) {
  if (is.null(values)) return(character())
  if (!is.character(values) || anyNA(values) || !all(nzchar(values))) refuse(argument, "names, as text", values)
  values
}

files <- function(argument, values) {
  right <- is.character(values) && length(values) > 0 && !anyNA(values) && all(nzchar(values))
  if (!right) refuse(argument, "names of files, as text", values)
  path.expand(values)
}

no_file_or_several <- function(argument, values) if (length(values) > 0) files(argument, values) else character()

# allow_none: "" and NULL are none.
a_file <- function(argument, value, allow_none = FALSE) {
  if (allow_none && (is.null(value) || identical(value, ""))) return(NULL)
  path.expand(a_name(argument, value, "the name of a file, as text"))
}

a_month <- function(argument, value, allow_none = FALSE) {
  if (allow_none && is.null(value)) return(NULL)
  if (inherits(value, c("Date", "POSIXt")) && length(value) == 1 && !is.na(value)) return(format(value, "%Y-%m"))
  right <- is_one(value) && (is.character(value) || is.numeric(value) && is.finite(value))
  if (!right) refuse(argument, "a month, as \"2008-07\", a date, or its number from 0", value)
  value
}

a_result <- function(value) {
  if (!inherits(value, "coalis_result")) refuse("result", "what coalis_run, compare, study or open gives", value)
  value
}

# Of all of them the nearest; "" if none is near.
did_you_mean <- function(name, known) {
  if (length(known) == 0) return("")
  distance <- drop(utils::adist(tolower(name), tolower(known)))
  most <- if (nchar(name) > 1) max(1, nchar(name) / 3) else 0
  if (min(distance) <= most) sprintf("did you mean '%s'? ", known[which.min(distance)]) else ""
}
