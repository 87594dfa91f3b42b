"""Figures of many reports → what can be computed of them: indicators, series, changes, growth, sums over the tree.

Everything rests on :mod:`.cube`, all figures as one block of numbers. From it come rates and counts
(:mod:`.indicator`, written as :mod:`.formula`; with :mod:`.intervals`), shares (:mod:`.composition`), harmonised
:mod:`.series`, changes from year to year (:mod:`.years`, by the rules of :mod:`.steps`), :mod:`.growth`,
:mod:`.decomposition`, what is :mod:`.restated`, peers (:mod:`.funnels`) and sums (:mod:`.tree`). :mod:`.rounding` is
how numbers are shown, :mod:`.coded` how long frames are made.
"""
