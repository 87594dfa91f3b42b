"""CE07, CE08, RQ07, RQ08, RQ16, RV02: the smallest changes after which every sum holds."""
