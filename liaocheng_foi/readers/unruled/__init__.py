"""Tables without drawn lines, of a page or of text in aligned columns: told from where letters and figures stand.

Lines of letters → :mod:`.cutting` parts them into cells → :mod:`.counters` takes away numbers that count the rows →
:mod:`.alignment` tells which lines make a table → :mod:`.parting` tells tables of other columns apart → :mod:`.placing`
finds the columns → :mod:`.headers` sets the labels over them. :mod:`.packed` knows text that a program printed letter
by letter, :mod:`.pages` what goes on over pages.
"""
