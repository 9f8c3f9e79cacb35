"""The workbench: pages that show Answers, each with its address, its JSON and its CSV."""

from __future__ import annotations

from guarantor.web.app import workbench
from guarantor.web.serve import serve

__all__ = ["serve", "workbench"]
