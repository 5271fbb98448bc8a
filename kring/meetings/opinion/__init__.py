"""The opinion map: pure mathematics on votes, as Polis published it. No Django, no names, no clock.

Sources (all formulas below are from these; the code is our own):

* C. Small, M. Bjorkegren, T. Erkkilä, L. Shaw, C. Megill, *Polis: Scaling Deliberation by Mapping
  High Dimensional Opinion Spaces*, Recerca 26(2), 2021, doi:10.6035/recerca.5516.
* The published mathematics of Polis (``polismath``: pca, clusters, repness, conversation),
  github.com/compdemocracy/polis, as read by ``red-dwarf`` (github.com/polis-community/red-dwarf),
  which is the anchor in ``make bench`` and not a dependency.
* P. Rousseeuw, *Silhouettes*, J. Comput. Appl. Math. 20, 1987; L. Hubert and P. Arabie, *Comparing
  partitions*, J. Classification 2, 1985 (the adjusted index).
* C. Musco and C. Musco, *Randomized Block Krylov Methods*, NeurIPS 2015 (principal components
  without a covariance matrix).

Memory: the votes, one block of people × statements at a time and a few numbers per person. Nothing
is people × people or statements × statements.
"""

import os

# One refresh costs milliseconds; threads that wait for each other would cost more than they bring.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from .groups import Calm, Grouping, grouped, smoothed
from .map import AGREE, DISAGREE, PASS, OpinionMap, opinion_map
from .stability import STEADY, agreement_index, stability
from .telling import Tally, Telling, consensus, group_consensus, representative, tallies
from .votes import Votes

__all__ = [
    "AGREE",
    "DISAGREE",
    "PASS",
    "STEADY",
    "Calm",
    "Grouping",
    "OpinionMap",
    "Tally",
    "Telling",
    "Votes",
    "agreement_index",
    "consensus",
    "group_consensus",
    "grouped",
    "opinion_map",
    "representative",
    "smoothed",
    "stability",
    "tallies",
]
