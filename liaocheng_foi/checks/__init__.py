"""Findings: the rules of the catalogue (rules.csv) asked of reports, panels and regions."""
