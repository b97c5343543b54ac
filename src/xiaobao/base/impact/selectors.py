"""Every read of a change's impact."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Count, Q

from xiaobao.base.impact import cases
from xiaobao.base.impact.access import demand
from xiaobao.base.impact.models import Owner, Review, ReviewState
from xiaobao.base.impact.owners import ROOM_OWNERS, room_of, scope_words
from xiaobao.base.impact.values import Impact, PlaceChange, Touched
from xiaobao.base.law import selectors as law
from xiaobao.base.law.leaning import Leaning, leaning_on
from xiaobao.base.law.values import Diff, Shelf
from xiaobao.base.rulebook.uses import LeanerKind, uses_of
from xiaobao.engines.lawtext import Pair, Place
from xiaobao.kernel import ports
from xiaobao.kernel.errors import NotFound
from xiaobao.kernel.identity import Actor
from xiaobao.rules import impact
from xiaobao.rules.book import RuleBook, book
from xiaobao.rules.impact import Case, Compared

YEAR = timedelta(days=365)
# More stored cases than this are not decided again while somebody waits for a page.
MOST_CASES = 5000


def impact_show(*, actor: Actor, code: str, old: str, new: str, limit: int = MOST_CASES) -> Impact:
    """The three layers of a change of one instrument.

    Raises: NotAllowed `impact.show`; InvalidInput and NotFound as `law.selectors.diff_get`.
    """
    demand(actor, "show")
    diff = law.diff_get(code, old, new)
    touched = tuple(touched_by(diff))
    days = book_days(diff)
    books = (impact.frozen(book(), days[0]), impact.frozen(book(), days[1]))
    rules = {one.rule for one in touched}
    compared, is_cut = compare_books(actor, rules, books, (days[1], limit))
    reviews = (
        Review.objects.filter(instrument=code, new_on=diff.new.version.effective_on)
        .select_related("owner")
        .order_by("id")
    )
    return Impact(diff, touched, compared, days, is_cut, tuple(reviews))


def book_days(diff: Diff) -> tuple[date, date]:
    """The last day of the old text and the first of the new one."""
    last = (diff.old.until or diff.new.version.effective_on) - timedelta(1)
    return last, diff.new.version.effective_on


def compare_books(
    actor: Actor, rules: Iterable[str], books: tuple[RuleBook, RuleBook], wanted: tuple[date, int]
) -> tuple[Compared, bool]:
    """All examples of the rules and the last year's stored facts under both books; whether some were left out."""
    new_on, limit = wanted
    today = ports.today()
    span = cases.Span(today - YEAR, today, new_on, limit + 1)
    asked = sorted(set(rules))
    stored = [case for source in cases.sources(asked) for case in source.cases(actor, span)]
    found = [*impact.examples(book(), asked), *stored[:limit]]
    return impact.compare(found, *books), len(stored) > limit


def stored_cases(actor: Actor, rules: Iterable[str], new_on: date) -> list[Case]:
    """The last year's stored facts that these rules decide, as far as the actor may see them."""
    today = ports.today()
    span = cases.Span(today - YEAR, today, new_on, MOST_CASES)
    return [case for source in cases.sources(rules) for case in source.cases(actor, span)]


def touched_by(diff: Diff) -> Iterator[Touched]:
    """Everything that leans on the old text, rules first, then what uses the rules, then overlays."""
    became = _became(diff.pairs)
    by_rule: dict[str, list[Leaning]] = defaultdict(list)
    for one in leaning_on(diff.shelf.code, diff.old.name):
        if one.kind == "rule":
            by_rule[one.id].append(one)
    for rule, ones in sorted(by_rule.items()):
        places = tuple(dict.fromkeys(_places(diff, ones, became)))
        renewed = is_renewed(rule, diff.shelf.code, diff.new.name)
        yield Touched(LeanerKind.RULE, rule, ones[0].title, rule, f"/rules/{rule}/", places, renewed)
        yield from _users(rule, places, renewed=renewed)
    for overlay in cases.overlays():
        for rule in overlay.rules:
            if rule in by_rule:
                places = tuple(dict.fromkeys(_places(diff, by_rule[rule], became)))
                yield Touched(
                    LeanerKind.OVERLAY, overlay.id, overlay.title, rule, overlay.link, places, False
                )


def is_renewed(rule: str, code: str, version: str) -> bool:
    """Whether the rule has a version, from the new text's first day or later, that cites the new text."""
    found = book().rules.get(rule)
    return any(
        (cite.instrument, cite.version) == (code, version)
        for one in (found.versions if found else ())
        if one.name >= version
        for cite in one.cites
    )


def _users(rule: str, places: tuple[PlaceChange, ...], *, renewed: bool) -> Iterator[Touched]:
    for kind, found in uses_of(rule):
        for use in found:
            link = f"/rules/calc/{use.place}/" if kind is LeanerKind.CALCULATOR else f"/rules/{rule}/#uses"
            yield Touched(kind, use.key, use.name, rule, link, places, renewed)


def _became(pairs: tuple[Pair, ...]) -> dict[str, Pair]:
    return {pair.old.loc: pair for pair in pairs if pair.old is not None}


def _places(diff: Diff, ones: list[Leaning], became: dict[str, Pair]) -> Iterator[PlaceChange]:
    for one in ones:
        for span in one.citation.spans:
            yield _place(diff, span.first, became.get(span.first.whole_article.loc))


def _place(diff: Diff, place: Place, pair: Pair | None) -> PlaceChange:
    old_cite = f"{diff.shelf.code}@{diff.old.name}:{place.loc}"
    if pair is None or pair.new is None:
        return PlaceChange(place.chinese, old_cite, "gone" if pair else "amended", "", "")
    moved = place._replace(article=pair.new.number, suffix=pair.new.suffix)
    new_cite = f"{diff.shelf.code}@{diff.new.name}:{moved.loc}"
    return PlaceChange(place.chinese, old_cite, pair.change.value, moved.chinese, new_cite)


def changes_list(*, actor: Actor) -> list[tuple[Shelf, list[tuple[str, str, int, int]]]]:
    """Instruments with more than one text: each step (old day, new day, open reviews, all reviews), newest first."""
    demand(actor, "show")
    counted = {
        (row["instrument"], row["new_on"].isoformat()): (row["open"], row["total"])
        for row in Review.objects.values("instrument", "new_on").annotate(
            total=Count("pk"), open=Count("pk", filter=Q(state=ReviewState.OPEN))
        )
    }
    found = []
    for shelf in law.library():
        steps = [
            (old.name, new.name, *counted.get((shelf.code, new.name), (0, 0)))
            for new, old in zip(shelf.held, shelf.held[1:], strict=False)
        ]
        if steps:
            found.append((shelf, steps))
    return found


class Ownership(NamedTuple):
    """A room or a rule, its post, and the person named for it."""

    scope: str
    words: str
    role: str
    owner: Owner | None
    rules: int


def owners_list(*, actor: Actor) -> list[Ownership]:
    """The owner of every room with rules, then of every rule a person is named for. Raises: NotAllowed `impact.show`."""
    demand(actor, "show")
    named = {one.scope: one for one in Owner.objects.select_related("user__org").order_by("scope")}
    counts = Counter(rule.room for rule in book())
    rooms = [room for room in ROOM_OWNERS if counts[room]]
    return [
        _ownership(scope, counts, named.get(scope))
        for scope in (*rooms, *(one for one in named if one not in rooms))
    ]


def _ownership(scope: str, counts: Counter[str], owner: Owner | None) -> Ownership:
    room = scope if scope in ROOM_OWNERS else room_of(scope)
    return Ownership(scope, scope_words(scope) or scope, ROOM_OWNERS[room].label, owner, counts[scope] or 1)


def review_get(*, review_id: int) -> Review:
    """One review. Raises: NotFound `impact.review.missing`."""
    found = Review.objects.filter(pk=review_id).first()
    if found is None:
        raise NotFound("impact.review.missing")
    return found
