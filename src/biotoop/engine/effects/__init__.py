"""Designs and estimators on the compressed store, with diagnostics in words."""
