"""What people decide: groups of problems, and the cases to name."""

import uuid

from flask import flash, render_template, request
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.compilation import picks, present, queries, service
from walkthrough_app.compilation.forms import CasesForm, MergeForm, NameForm, SplitForm
from walkthrough_app.compilation.models import Compilation
from walkthrough_app.compilation.routes.blueprint import bp, compilers, own, to
from walkthrough_app.compilation.service.deciding import group_of
from walkthrough_app.core import web
from walkthrough_app.core.errors import Invalid
from walkthrough_app.core.forms import options

GROUP = "/compilations/<uuid:compilation_id>/groups/<uuid:key>"


@bp.get("/compilations/<uuid:compilation_id>/groups")
@compilers
def groups(compilation_id: uuid.UUID) -> str:
    found = queries.compilation_for(current.user(), compilation_id)
    content = service.content_of(found)
    is_single = request.args.get("kind") == "single"
    listed = [one for one in content.groups if (len(one.problems) == 1) is is_single]
    part, after = present.shown(listed, request.args.get("after", ""))
    return render_template(
        "compilation/groups.html",
        compilation=found,
        content=content,
        groups=part,
        after=after,
        is_single=is_single,
        total=len(listed),
        others=len(content.groups) - len(listed),
    )


@bp.get(GROUP)
@compilers
def group(compilation_id: uuid.UUID, key: uuid.UUID) -> str:
    return _page(queries.compilation_for(current.user(), compilation_id), str(key))


@bp.post(f"{GROUP}/name")
@compilers
def rename(compilation_id: uuid.UUID, key: uuid.UUID) -> Response | str:
    found, form = own(compilation_id), NameForm()
    if not form.validate_on_submit():
        return _page(found, str(key), name=form)
    service.rename(found, str(key), form.name.data or "", by=current.user())
    return to("group", compilation_id=compilation_id, key=key)


@bp.post(f"{GROUP}/split")
@compilers
def split(compilation_id: uuid.UUID, key: uuid.UUID) -> Response | str:
    found, form = own(compilation_id), SplitForm()
    try:
        made = service.split(found, str(key), form.chosen.data or [], by=current.user())
    except Invalid as error:
        form.refuse(error)
        web.refuse()
        return _page(found, str(key), split=form)
    flash("已经分成两组。")
    return to("group", compilation_id=compilation_id, key=made)


@bp.post(f"{GROUP}/merge")
@compilers
def merge(compilation_id: uuid.UUID, key: uuid.UUID) -> Response | str:
    found, form = own(compilation_id), MergeForm()
    try:
        service.merge(found, str(key), form.into.data or "", by=current.user())
    except Invalid as error:
        form.refuse(error)
        web.refuse()
        return _page(found, str(key), merge=form)
    flash("已经并成一组。")
    return to("group", compilation_id=compilation_id, key=form.into.data)


@bp.post(f"{GROUP}/aside")
@compilers
def aside(compilation_id: uuid.UUID, key: uuid.UUID) -> Response:
    is_aside = request.form.get("do") != "back"
    service.set_aside(own(compilation_id), str(key), is_aside=is_aside, by=current.user())
    return to("group", compilation_id=compilation_id, key=key)


def _page(
    found: Compilation,
    key: str,
    *,
    name: NameForm | None = None,
    split: SplitForm | None = None,
    merge: MergeForm | None = None,
) -> str:
    content, shown = service.content_of(found), group_of(found, key)
    name, split, merge = name or NameForm(name=shown.title), split or SplitForm(), merge or MergeForm()
    split.chosen.choices = options(present.members(content, shown))
    merge.into.choices = options([("", "请选择"), *present.targets(content, shown)])
    return render_template(
        "compilation/group.html",
        compilation=found,
        group=shown,
        may_write=queries.may_write(current.user(), found.campaign, found.scope),
        name=name,
        split=split,
        merge=merge,
    )


@bp.get("/compilations/<uuid:compilation_id>/cases")
@compilers
def cases(compilation_id: uuid.UUID) -> str:
    found = own(compilation_id)
    form = _cases(found)
    form.models.data = list(found.picks.get("models", ()))
    form.warnings.data = list(found.picks.get("warnings", ()))
    return render_template("compilation/cases.html", compilation=found, form=form)


@bp.post("/compilations/<uuid:compilation_id>/cases")
@compilers
def choose(compilation_id: uuid.UUID) -> Response:
    found = own(compilation_id)
    form = _cases(found)
    service.choose(found, form.models.data or [], form.warnings.data or [], by=current.user())
    return to("draft", "c-5", compilation_id=compilation_id)


def _cases(found: Compilation) -> CasesForm:
    form, material = CasesForm(), service.content_of(found).material
    form.models.choices = options([(one.key, one.text) for one in picks.models(material)])
    form.warnings.choices = options([(one.key, one.text) for one in picks.warnings(material)])
    return form
