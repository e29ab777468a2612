"""The human decides: which problems are one, how they are called, which are told, and which cases are named."""

from collections.abc import Callable, Sequence

from walkthrough_app.accounts.models import User
from walkthrough_app.compilation import grouping, picks
from walkthrough_app.compilation.grouping import Decisions, Group
from walkthrough_app.compilation.models import Compilation
from walkthrough_app.compilation.service.state import content_of, must_write, save
from walkthrough_app.core import audit
from walkthrough_app.core.errors import Invalid, NotFound

LONGEST_NAME = 60


def group_of(compilation: Compilation, key: str) -> Group:
    found = next((one for one in content_of(compilation).groups if one.key == key), None)
    if found is None:
        raise NotFound("这一组问题已经不在了，请回到问题归并看一看。")
    return found


def merge(compilation: Compilation, key: str, into: str, *, by: User) -> None:
    """Put all problems of a group into another; Invalid('into', …) when there is no such other group."""
    must_write(compilation, by)
    group = group_of(compilation, key)
    if into == key or not any(one.key == into for one in content_of(compilation).groups):
        raise Invalid("into", "请选择要并入的另一组。")
    _decide(compilation, lambda decisions: grouping.merge(decisions, group, into))
    audit.record("compilation.merged", compilation, by=by, group=key, into=into, problems=len(group.problems))


def split(compilation: Compilation, key: str, chosen: Sequence[str], *, by: User) -> str:
    """Take chosen problems out into a group of their own and return its key; Invalid('chosen', …) for none or all."""
    must_write(compilation, by)
    group = group_of(compilation, key)
    wanted = [one.id for one in group.problems if one.id in set(chosen)]
    if not wanted:
        raise Invalid("chosen", "请先勾选要分出来的问题。")
    if len(wanted) == len(group.problems):
        raise Invalid("chosen", "至少要留下一个问题在原来的组里。")
    _decide(compilation, lambda decisions: grouping.split(decisions, group, wanted))
    audit.record("compilation.split", compilation, by=by, group=key, problems=wanted)
    return wanted[0]


def rename(compilation: Compilation, key: str, name: str, *, by: User) -> None:
    """Give a group another title; an empty one brings the proposed one back."""
    must_write(compilation, by)
    group = group_of(compilation, key)
    if len(name) > LONGEST_NAME:
        raise Invalid("name", f"最多{LONGEST_NAME}个字，现在有{len(name)}个字。")
    _decide(compilation, lambda decisions: grouping.rename(decisions, group, name.strip()))
    audit.record("compilation.renamed", compilation, by=by, group=key, name=name)


def set_aside(compilation: Compilation, key: str, *, is_aside: bool, by: User) -> None:
    """Leave a group out of the report, or take it in again; the ledger keeps its problems."""
    must_write(compilation, by)
    group = group_of(compilation, key)
    if group.is_aside == is_aside:
        return
    _decide(compilation, lambda decisions: grouping.set_aside(decisions, group, is_aside=is_aside))
    audit.record("compilation.set_aside" if is_aside else "compilation.taken_in", compilation, by=by, group=key)


def choose(compilation: Compilation, models: Sequence[str], warnings: Sequence[str], *, by: User) -> None:
    """Choose the cases to name, by their keys; keys that are proposed no longer are passed over."""
    must_write(compilation, by)
    material = content_of(compilation).material
    offered = {"models": picks.models(material), "warnings": picks.warnings(material)}
    wanted = {"models": set(models), "warnings": set(warnings)}
    compilation.picks = {kind: [one.key for one in found if one.key in wanted[kind]] for kind, found in offered.items()}
    save()
    audit.record("compilation.chosen", compilation, by=by, **compilation.picks)


def _decide(compilation: Compilation, change: Callable[[Decisions], Decisions]) -> None:
    compilation.decisions = change(Decisions.of(compilation.decisions)).as_json()
    save()
