"""Signs of copying: the same or nearly the same picture, the same words."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from walkthrough_app.quality.subject import Hit, Match, Subject, Whose

FACTS = ("title:", "fact:", "note:", "answer:")
SHOWN = 24  # letters of a copied text


def same_pictures(subject: Subject, _limits: Mapping[str, int]) -> Iterator[Hit]:
    yield from _by_whose(subject.around.pictures, lambda one: one.apart == 0)


def near_pictures(subject: Subject, limits: Mapping[str, int]) -> Iterator[Hit]:
    """Pass over pictures that are the same, and bursts: several shots of one thing are usual."""

    def is_near(one: Match) -> bool:
        is_burst = one.whose is Whose.OWN and one.seconds < limits["burst"] * 60
        return 0 < one.apart <= limits["bits"] and not is_burst

    yield from _by_whose(subject.around.pictures, is_near)


def copied_texts(subject: Subject, limits: Mapping[str, int]) -> Iterator[Hit]:
    """Measures and feelings are often said in stock phrases: they are compared only when they are long."""

    def is_copied(one: Match) -> bool:
        is_fact = one.what.startswith(FACTS)
        return len(one.text) >= limits["letters" if is_fact else "stock"] and one.alike >= limits["alike"]

    yield from _by_whose(subject.around.texts, is_copied)


def _by_whose(matches: Iterable[Match], is_one: Callable[[Match], bool]) -> Iterator[Hit]:
    found = [one for one in matches if is_one(one)]
    for whose in Whose:
        here = [one for one in found if one.whose is whose]
        if here:
            yield _hit(whose, here)


def _hit(whose: Whose, here: list[Match]) -> Hit:
    what = list(dict.fromkeys(one.what for one in here))
    others = [] if whose is Whose.OWN else list(dict.fromkeys(one.walk for one in here))
    shown = here[0].shown.strip()
    start = shown[:SHOWN] + ("……" if len(shown) > SHOWN else "")
    evidence = {"texts": what} if here[0].text else {"photos": what}
    return Hit(whose.value, {"count": len(what), "start": start}, evidence, others, about=whose.value)
