"""Writes of the law library: a folder of texts, each text in one transaction, again without effect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from django.db import transaction

from xiaobao.base.audit.services import record
from xiaobao.base.events.services import publish
from xiaobao.base.law import files
from xiaobao.base.law.access import demand
from xiaobao.base.law.bodies import rows_of
from xiaobao.base.law.models import Instrument, Node, NodeKind, Version
from xiaobao.base.search.services import Entry, index_put_many, index_remove_many
from xiaobao.engines.lawtext import LawText, Remark, counts, split
from xiaobao.kernel import ports
from xiaobao.kernel.identity import Actor
from xiaobao.kernel.terms import Term

SEARCH_KIND = "law"
# So many grounds of a refusal are told, and how many there are.
_MOST_TOLD = 12
_FINDABLE = (NodeKind.ARTICLE, NodeKind.APPENDIX)


class State(Term):
    """What an import did with one text."""

    STORED = "stored", "已导入"
    RENEWED = "renewed", "已更新"
    UNCHANGED = "unchanged", "未变"
    REFUSED = "refused", "未导入"


@dataclass(frozen=True, slots=True)
class Imported:
    """One text of the folder: what was done, every doubt, and why nothing was done."""

    file: str
    code: str
    version: str
    state: State
    counts: dict[str, int]
    remarks: tuple[Remark, ...] = ()
    why: str = ""


def folder_import(*, actor: Actor, folder: Path) -> list[Imported]:
    """What became of each text of the folder; a text that cannot be trusted leaves no row.

    Raises: InvalidInput where the folder or its index cannot be read; NotAllowed `law.import`.
    """
    demand(actor, "import")
    held = {(v.instrument.code, v.effective_on): v for v in Version.objects.select_related("instrument")}
    done = []
    for found in files.sources(folder):
        if isinstance(found, files.Source):
            done.append(_text(actor, found, held.get((found.code, found.effective_on))))
        else:
            done.append(Imported(found[0], "", "", State.REFUSED, {}, why=str(found[1])))
    return done


def _text(actor: Actor, source: files.Source, held: Version | None) -> Imported:
    day = source.effective_on.isoformat()
    try:
        content = files.read(source)
        digest = files.digest_of(source, content)
        if held is not None and held.digest == digest:
            remarks = tuple(Remark(*remark) for remark in held.remarks)
            return Imported(source.path.name, source.code, day, State.UNCHANGED, held.counts, remarks)
        law = split(files.text_of(source, content))
    except files.TextError as error:
        say = str(error) if source.where in str(error) else f"{source.path.name}：{error}"
        return Imported(source.path.name, source.code, day, State.REFUSED, {}, why=say)
    found = counts(law)._asdict()
    if why := _why_not(source, law):
        return Imported(source.path.name, source.code, day, State.REFUSED, found, law.remarks, why)
    _store(actor, source, law, digest)
    state = State.RENEWED if held else State.STORED
    return Imported(source.path.name, source.code, day, state, found, law.remarks)


def _why_not(source: files.Source, law: LawText) -> str:
    """Why the text cannot be trusted to be whole, or ''."""
    grave = [remark.say for remark in law.remarks if remark.grave]
    if not source.articles:  # nobody says how many there should be
        grave += [remark.say for remark in law.remarks if remark.code == "first"]
    told = sum(1 for remark in law.remarks if remark.code == "gap" and not remark.grave)
    if not grave and source.articles and len(law.articles) + told != source.articles:
        grave = [f"目录表载{source.articles}条，正文只读出{len(law.articles)}条"]
    more = f"等{len(grave)}处" if len(grave) > _MOST_TOLD else ""
    return f"{source.path.name}：{'；'.join(grave[:_MOST_TOLD])}{more}；没有导入" if grave else ""


@transaction.atomic
def _store(actor: Actor, source: files.Source, law: LawText, digest: str) -> None:
    instrument = _instrument(source)
    fields = {
        "title": source.title,
        "document_number": source.number,
        "status": source.status,
        "note": source.note,
        "file": source.path.name,
        "is_earlier": source.is_earlier,
        "digest": digest,
        "counts": counts(law)._asdict(),
        "remarks": [list(remark) for remark in law.remarks],
        "imported_at": ports.now(),
    }
    version, is_new = Version.objects.get_or_create(
        instrument=instrument, effective_on=source.effective_on, defaults=fields
    )
    before = None if is_new else {"digest": version.digest}
    if not is_new:
        _forget_nodes(version)
        for name, value in fields.items():
            setattr(version, name, value)
        version.save()
    _nodes(version, law)
    after = {"digest": digest, "file": source.path.name, "articles": len(law.articles)}
    if is_new:
        _tell_replaced(instrument, version)
    verb = "import" if is_new else "renew"
    place = f"{source.code}@{source.effective_on}"
    record(actor=actor, tag=f"law:version:{verb}", object_id=place, org_path="", before=before, after=after)


def _tell_replaced(instrument: Instrument, version: Version) -> None:
    """A text that follows one held before is news for whatever leans on the old one."""
    older = (
        instrument.versions.filter(effective_on__lt=version.effective_on).order_by("-effective_on").first()
    )
    if older is None or instrument.versions.filter(effective_on__gt=version.effective_on).exists():
        return
    days = {"old": older.effective_on.isoformat(), "new": version.effective_on.isoformat()}
    publish(
        name="law.Replaced",
        key=f"{instrument.code}@{days['new']}",
        payload={"instrument": instrument.code, **days},
    )


def _instrument(source: files.Source) -> Instrument:
    """The instrument's row; an earlier version never renames it."""
    facts = {"title": source.title, "issuer": source.issuer}
    if source.is_earlier:
        return Instrument.objects.get_or_create(code=source.code, defaults=facts)[0]
    return Instrument.objects.update_or_create(code=source.code, defaults=facts)[0]


def _forget_nodes(version: Version) -> None:
    index_remove_many(kind=SEARCH_KIND, object_ids=version.nodes.values_list("pk", flat=True))
    version.nodes.all().delete()


def _nodes(version: Version, law: LawText) -> None:
    nodes = [Node(version=version, position=at, **row._asdict()) for at, row in enumerate(rows_of(law))]
    Node.objects.bulk_create(nodes, batch_size=150)
    if any(node.pk is None for node in nodes):  # pragma: no cover - databases without RETURNING
        nodes = list(version.nodes.all())
    index_put_many(_entry(version, node) for node in nodes if node.kind in _FINDABLE)


def _entry(version: Version, node: Node) -> Entry:
    """Newest law first, and within a law in reading order: a later article sorts a second earlier."""
    midnight = datetime.combine(version.effective_on, time(23, 59, 59), UTC)
    return Entry(SEARCH_KIND, node.pk, "", node.text, midnight - timedelta(seconds=node.position))
