"""The theory of change as a graph: nodes, links, checks, paths, versions, difference, drawing."""
