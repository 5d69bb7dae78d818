# Coarsened exact matching in R's MatchIt. Reads the table, says so, waits for a line, and answers.
data <- read.csv(commandArgs(TRUE)[1])
suppressPackageStartupMessages(library(MatchIt))
wait <- file("stdin", open = "r")
cat("ready\n")
flush(stdout())
invisible(readLines(wait, 1))
for (name in c("sex", "household", "income", "prior")) data[[name]] <- factor(data[[name]])
data$age <- cut(data$age, c(-Inf, seq(27, 87, 10), Inf))
found <- matchit(
  d ~ age + sex + household + income + prior, data = data, method = "cem", estimand = "ATT"
)
reached <- data$d == 1
own <- mean(data$y[reached & found$weights > 0])
others <- weighted.mean(data$y[!reached], found$weights[!reached])
cat(sprintf("%.17g\n", own - others))
flush(stdout())
invisible(readLines(wait, 1))
