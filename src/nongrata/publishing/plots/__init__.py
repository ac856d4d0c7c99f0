"""Plots of the analyses, as SVG text: for pages, for files, for print; drawn by the server, no script."""

from nongrata.publishing.plots.compare import comparison_svg
from nongrata.publishing.plots.reciprocity import ladder_svg
from nongrata.publishing.plots.respond import response_svg
from nongrata.publishing.plots.sources import drift_svg
from nongrata.publishing.plots.tally import tally_svg
from nongrata.publishing.plots.waves import waves_svg

__all__ = ["comparison_svg", "drift_svg", "ladder_svg", "response_svg", "tally_svg", "waves_svg"]
