# %% [markdown]
# # A case in a notebook
#
# The packaged example: Riyadh in February 2025, made anew from its reports.

# %%
import tempfile
from pathlib import Path

import winset
from winset.services import annotators, demo

folder = Path(tempfile.mkdtemp())
made = demo.demo(folder, annotators.choose_or_say(None, print))
case = winset.open(made.case)
case

# %% [markdown]
# Every list of the case is a frame: `documents`, `statements`, `parties`, `issues`, `judgements`, `positions`, `moves`, `precedents`, `reviews`,
# `forecasts`. A frame shows its first rows by itself.

# %%
case.documents

# %% [markdown]
# `.pandas()` and `.polars()` go through Arrow, and so does whatever else takes Arrow.

# %%
statements = case.statements.pandas()
statements[["published", "speaker", "party", "act", "content"]].head(4)

# %% [markdown]
# Who spoke how often, and how: ordinary pandas from here on.

# %%
statements.groupby(["party", "act"], dropna=True).size().unstack(fill_value=0)

# %% [markdown]
# A sentence is tied to its place: the words of the first statement, cut out of its document.

# %%
first = case.statements.rows[0]
case.document(first["doc"]).text[first["start"] : first["end"]]

# %% [markdown]
# Where the parties stand, and who moved since the eleventh of February.

# %%
case.position_chart(since="2025-02-11")

# %%
case.moves.pandas()[["date", "party", "issue", "start", "end", "toward", "answers"]]

# %%
case.timeline("nato")

# %% [markdown]
# A chart has its numbers, and is saved as SVG, PNG or PDF for a paper.

# %%
case.timeline("nato").save(folder / "nato.svg").name

# %%
case.timeline("nato").data.polars()

# %% [markdown]
# Who stands near whom, from 0 (the same on every issue) to 1, and which of these distances have changed since that day.

# %%
case.alignment().pandas().dropna().sort_values("distance")

# %%
numbers = case.changes("2025-02-11").pandas()
numbers[numbers["what"].str.startswith("alignment")][["what", "before", "after"]]

# %% [markdown]
# A verdict changes the case for every answer; open it again to see that.

# %%
from winset.services import reviews

reviews.decide(made.case, first["id"], "reject", why="not said by her")
len(case.statements), len(winset.open(made.case).statements)
