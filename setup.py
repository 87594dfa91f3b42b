"""What pyproject.toml cannot say: an editable installation brings the data files too, as every other one does."""

from setuptools import Distribution, setup


class WithDataFiles(Distribution):
    """Answers to the name under which the editable build of setuptools asks for data files."""

    has_data = Distribution.has_data_files


setup(distclass=WithDataFiles)
