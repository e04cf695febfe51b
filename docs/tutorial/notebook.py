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
# Every list of the case is a frame. `.pandas()` and `.polars()` go through Arrow.

# %%
statements = case.statements.pandas()
statements[["published", "speaker", "party", "act", "content"]].head(4)

# %% [markdown]
# Who spoke how often, and how: ordinary pandas from here on.

# %%
statements.groupby(["party", "act"], dropna=True).size().unstack(fill_value=0)

# %% [markdown]
# Where the parties stand, and who moved since the eleventh of February.

# %%
from datetime import date

case.position_chart(since=date(2025, 2, 11))

# %%
case.moves.pandas()[["date", "party", "issue", "start", "end", "toward", "answers"]]

# %%
case.timeline("nato")

# %% [markdown]
# A verdict changes the case for every answer; open it again to see that.

# %%
from winset.services import reviews

first = case.statements.rows[0]["id"]
reviews.decide(made.case, first, "reject", why="not said by her")
len(case.statements), len(winset.open(made.case).statements)
