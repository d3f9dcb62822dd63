# Reading: result files are laid out as netCDF-4, so that variables have their dimensions by name (docs/formats/).

formats <- list("coalis-result" = list(kind = "run", oldest = 1, newest = 2),
                "coalis-comparison" = list(kind = "comparison", oldest = 1, newest = 1),
                "coalis-study" = list(kind = "study", oldest = 1, newest = 1))

coalis_open <- function(file) {
  file <- a_file("file", file)
  if (!file.exists(file)) stop(sprintf("%s: there is no such file; check the name", file), call. = FALSE)
  utils::capture.output(opened <- tryCatch(ncdf4::nc_open(file), error = function(error) NULL))
  if (is.null(opened)) {
    stop(sprintf("%s: no Coalis file, or damaged; result files are written by `coalis run`, `compare -o` and `study run`", file),
         call. = FALSE)
  }
  on.exit(ncdf4::nc_close(opened))
  utils::capture.output(about <- ncdf4::ncatt_get(opened, 0))  # it says that a seed of 64 bits becomes a double
  known <- if (is.null(about$format)) NULL else formats[[about$format]]
  if (is.null(known)) stop(sprintf("%s: not a Coalis file", file), call. = FALSE)
  version <- as.integer(about$format_version)
  if (version < known$oldest || version > known$newest) {
    stop(sprintf("%s: too %s: it has format version %d, this package reads %d to %d", file,
                 if (version < known$oldest) "old" else "new", version, known$oldest, known$newest), call. = FALSE)
  }
  kept <- answer_of(opened)
  structure(list(file = file, kind = known$kind, about = about, groups = setdiff(unique(group_of(names(opened$var))), "provenance"),
                 answer = if (!is.null(kept)) jsonlite::fromJSON(kept[["figures"]])), class = "coalis_result")
}

# What was answered, in its forms; NULL of a file of an older program.
answer_of <- function(opened) {
  if (!"provenance/answer" %in% names(opened$var)) return(NULL)
  stats::setNames(as.vector(ncdf4::ncvar_get(opened, "provenance/answer")), opened$var[["provenance/answer"]]$dim[[1]]$vals)
}

answer_in <- function(file) with_file(file, answer_of)

command_of <- function(file) with_file(file, function(opened) ncdf4::ncatt_get(opened, "provenance", "command")$value)

with_file <- function(file, read, ...) {
  if (!file.exists(file)) stop(sprintf("%s: is not there any more; open the file where it is now", file), call. = FALSE)
  opened <- ncdf4::nc_open(file)
  on.exit(ncdf4::nc_close(opened))
  read(opened, ...)
}

print.coalis_result <- function(x, ...) {
  cat(sprintf("<coalis %s '%s': seed %s, model version %s, groups %s>\n", x$kind, x$about$title, format(x$about$seed),
              x$about$model_version, paste(x$groups, collapse = ", ")))
  invisible(x)
}

# A group as a data frame: a row for each place on its dimensions, a column for each variable.
coalis_read <- function(result, group = "outcomes", variables = NULL) {
  a_result(result)
  a_name("group", group)
  if (length(variables) > 0) some_names("variables", variables) else variables <- NULL
  with_file(result$file, function(opened) group_of_file(opened, result, group, variables))
}

group_of_file <- function(opened, result, group, variables) {
  held <- opened$var[group_of(names(opened$var)) == group]
  if (length(held) == 0) {
    stop(sprintf("%s: there is no group '%s'; %sit was not recorded (record = ) or has another name; there are %s", result$file, group,
                 did_you_mean(group, result$groups), paste(result$groups, collapse = ", ")), call. = FALSE)
  }
  names(held) <- sub(".*/", "", names(held))
  strung <- c(ties = "edge", "survey/respondents" = "respondent")[group]
  chosen <- chosen_variables(result, group, held, variables, strung)
  dimensions <- lapply(held[[chosen[1]]]$dim, values_of_dimension)
  names(dimensions) <- vapply(held[[chosen[1]]]$dim, function(one) sub(".*/", "", one$name), "")
  table <- expand.grid(dimensions, stringsAsFactors = FALSE, KEEP.OUT.ATTRS = FALSE)
  table <- table[rev(seq_along(table))]
  for (name in chosen) table[[name]] <- named_values(opened, held[[name]], name)
  if (!is.na(strung)) {
    names(table)[names(table) == paste0(strung, "_replicate")] <- "replicate"
    table[[strung]] <- NULL
    table <- table[c("replicate", setdiff(names(table), "replicate"))]
  }
  if (result$kind == "study" && "point" %in% names(table) && group != "design") {
    design <- coalis_read(result, "design")
    table <- cbind(table["point"], design[match(table$point, design$point), setdiff(names(design), c("point", "key")), drop = FALSE],
                   table[setdiff(names(table), "point")])
    rownames(table) <- NULL
  }
  table
}

group_of <- function(names) sub("/[^/]*$", "", names)

dimensions_of <- function(variable) paste(vapply(variable$dim, function(one) sub(".*/", "", one$name), ""), collapse = ", ")

chosen_variables <- function(result, group, held, variables, strung) {
  unknown <- setdiff(variables, names(held))
  if (length(unknown) > 0) {
    stop(sprintf("%s: /%s has no '%s'; %sit has %s", result$file, group, unknown[1], did_you_mean(unknown[1], names(held)),
                 paste(names(held), collapse = ", ")), call. = FALSE)
  }
  along <- vapply(held, dimensions_of, "")
  if (is.null(variables)) variables <- if (is.na(strung)) names(held) else names(held)[along == strung]
  if (length(unique(along[variables])) > 1) {
    parts <- vapply(unique(along), function(one) sprintf("%s: %s", one, paste(names(held)[along == one], collapse = ", ")), "")
    stop(sprintf("%s: the quantities of /%s have different dimensions; choose some with variables = (%s)", result$file, group,
                 paste(parts, collapse = "; ")), call. = FALSE)
  }
  variables
}

values_of_dimension <- function(dimension) {
  values <- as.vector(dimension$vals)
  if (startsWith(dimension$units, "days since ")) return(as.Date(sub("days since ", "", dimension$units)) + values)
  values
}

# Numbers that stand for names become them.
named_values <- function(opened, variable, name) {
  utils::capture.output(values <- as.vector(ncdf4::ncvar_get(opened, variable, collapse_degen = FALSE)))  # of hashes, as above
  attributes <- ncdf4::ncatt_get(opened, variable$name)
  if (!is.null(attributes$flag_meanings)) {
    meanings <- strsplit(attributes$flag_meanings, " ")[[1]]
    numbers <- if (is.null(attributes$flag_values)) seq_along(meanings) - 1 else attributes$flag_values
    return(factor(meanings[match(values, numbers)], levels = meanings))
  }
  list_of <- c(region = "region", role = "role", home_hub = "hub")[name]
  named <- if (is.na(list_of)) NULL else opened$dim[[paste0("names/", list_of)]]
  if (!is.null(named) && is.numeric(values)) return(named$vals[match(values, seq_along(named$vals) - 1)])
  values
}
