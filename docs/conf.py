"""Sphinx: the pages of this folder and the docstrings of the package, built by ``make docs``."""

project = "liaocheng_foi"
author = "liaocheng_foi contributors"
project_copyright = "liaocheng_foi contributors, MIT"
extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = ["_build"]
myst_heading_anchors = 3
html_theme = "alabaster"
html_theme_options = {"description": "政府信息公开工作年度报告", "page_width": "1080px", "sidebar_width": "240px"}
html_title = "liaocheng_foi"
html_show_sphinx = False
html_copy_source = False
html_last_updated_fmt = None
autodoc_member_order = "bysource"
autodoc_typehints = "description"
# the package's own font, so that Chinese shows on a machine without Chinese fonts
html_static_path = ["_static", "../liaocheng_foi/fonts"]
html_css_files = ["site.css"]
