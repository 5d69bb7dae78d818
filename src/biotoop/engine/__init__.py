"""The engine: pure analysis, without clock, network, web framework or command line."""
