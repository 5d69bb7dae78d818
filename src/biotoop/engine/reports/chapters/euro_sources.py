"""What the euros consist of, what they rest on, what is missing, and what is not in money."""

from collections import Counter
from collections.abc import Iterator

from biotoop.engine.evidence.model import Grade
from biotoop.engine.reports.account import Account
from biotoop.engine.reports.blocks import Block, Bullet, Fold, Row
from biotoop.engine.reports.inline import Prose
from biotoop.engine.reports.pen import glued, listed, strong
from biotoop.engine.reports.setting import bullets, cell, euro_cell, heading, paragraph, row, table
from biotoop.engine.valuation.completeness import WHOLE
from biotoop.engine.valuation.model import NotInMoney
from biotoop.engine.valuation.result import (
    CompletenessRow,
    InputRow,
    PostRow,
    RestsOn,
    State,
    ValuationResult,
    YearRow,
)

# inputs that can have a range; the others name something, such as a source
_CORRECTIONS = ("deadweight", "attribution", "displacement", "drop_off")


def source_blocks(account: Account, found: ValuationResult) -> Iterator[Block]:
    """Show what the totals are made of and what stands beside them."""
    pen = account.pen
    yield heading(pen.say("source.rests_on"), anchor="rests-on")
    if found.rests_on:
        yield paragraph(pen.say("source.rests_on_lead"))
        yield table(
            pen,
            "table-rests-on",
            pen.say("source.rests_on_caption"),
            ("weakest_grade", "#amount", "#share", "weakest", "items"),
            [_rests_on(account, item) for item in found.rests_on],
        )
    yield heading(pen.say("source.posts"), anchor="posts")
    yield _posts(account, found.posts, "table-posts", pen.say("source.posts_caption"))
    yield heading(pen.say("source.not_in_money"), anchor="not-in-money")
    yield from _beside(account, found)
    yield heading(pen.say("source.complete"), anchor="complete")
    yield from _completeness(account, found)
    yield Fold(
        title=pen.plain("source.details"), blocks=(_inputs(account, found), _years(account, found))
    )


def _rests_on(account: Account, item: RestsOn) -> Row:
    pen = account.pen
    known = item.grade in [grade.value for grade in Grade]
    mark = account.grade(Grade(item.grade) if known else None)
    return row(
        cell(mark.word, grade=mark),
        pen.euros(item.amount),
        pen.percent(item.share),
        ", ".join(item.weakest) or "-",
        glued(*(account.post(code) for code in item.items), between="; "),
    )


def _posts(account: Account, posts: tuple[PostRow, ...], anchor: str, caption: Prose) -> Block:
    return table(
        account.pen,
        anchor,
        caption,
        ("item", "kind", "#worth", "payers", "beneficiary", "via"),
        [_post_row(account, item) for item in posts],
    )


def _post_row(account: Account, item: PostRow) -> Row:
    pen = account.pen
    said = []
    if item.illustrative:
        said.append(pen.say("source.illustrative"))
    if not item.counted:
        said.append(pen.say("source.not_counted"))
    kind = "programme" if item.programme else item.direction.value
    return row(
        glued(pen.text(item.label), *said),
        pen.word(f"reports.item.{kind}"),
        euro_cell(pen, item.value),
        glued(*(_payer(account, code, share) for code, share in item.payers), between=", "),
        account.party(item.beneficiary) if item.beneficiary else "-",
        ", ".join(item.via) or "-",
    )


def _payer(account: Account, code: str, share: float) -> Prose:
    name = account.party(code)
    return name if share == 1 else glued(name, account.pen.percent(share))


def _beside(account: Account, found: ValuationResult) -> Iterator[Block]:
    """Show what counts and is not in the euros: in words, and apart."""
    pen = account.pen
    yield paragraph(pen.say("source.not_in_money_lead"))
    if found.not_in_money:
        yield bullets(_in_words(account, item) for item in found.not_in_money)
    else:
        yield paragraph(pen.say("source.nothing_beside"))
    if found.apart:
        yield _posts(account, found.apart, "table-apart", pen.say("source.apart"))


def _in_words(account: Account, item: NotInMoney) -> Bullet:
    pen = account.pen
    said = [strong(pen.text(item.label))]
    if item.negative:
        said.append(pen.say("source.negative"))
    if item.who is not None:
        said.append(pen.say("source.for_whom", who=item.who))
    said += [pen.say("source.words", words=words) for words in item.words]
    return Bullet(text=glued(*said))


def _completeness(account: Account, found: ValuationResult) -> Iterator[Block]:
    pen = account.pen
    missing = [item for item in found.completeness if item.state is State.MISSING]
    argued = [item for item in found.completeness if item.state is State.ARGUED]
    yield paragraph(_counted(account, found))
    if missing:
        yield bullets(_gap(account, item) for item in missing)
    if argued:
        yield Fold(
            title=pen.plain("source.argued"),
            blocks=(bullets(_gap(account, item) for item in argued),),
        )


def _counted(account: Account, found: ValuationResult) -> Prose:
    """Count by what was given: a range, an estimate that holds it, a word, a reason, nothing."""
    pen, states = account.pen, Counter(item.state for item in found.completeness)
    drawn = {item.id.partition(".")[::2] for item in found.inputs}
    filled = [item for item in found.completeness if item.state is State.FILLED]
    corrected = [item for item in filled if item.field in _CORRECTIONS]
    ranged = [
        item
        for item in corrected
        if any(post == item.post and name.startswith(item.field) for post, name in drawn)
    ]
    held = [item for item in corrected if item not in ranged]
    return glued(
        pen.say("source.with_range", items=len(ranged)),
        pen.say("source.in_estimate", items=len(held)) if held else "",
        _held_by(account, held) if held else "",
        pen.say("source.named", items=len(filled) - len(corrected)),
        pen.say("source.completeness", argued=states[State.ARGUED], missing=states[State.MISSING]),
    )


def _held_by(account: Account, held: list[CompletenessRow]) -> Prose:
    """Name the items whose estimate already leaves out what would have happened anyway."""
    posts = dict.fromkeys(item.post for item in held)
    names = listed(account.pen, (account.post(code) for code in posts))
    return account.pen.say("source.held_by", names=names)


def _gap(account: Account, item: CompletenessRow) -> Prose:
    pen = account.pen
    reason = () if item.reason is None else pen.text(item.reason)
    name = pen.say("source.whole") if item.post == WHOLE else account.post(item.post)
    field = pen.word(f"reports.complete.{item.field}")
    said = pen.say("source.gap", item=name, field=field)
    return glued(said, reason)


def _inputs(account: Account, found: ValuationResult) -> Block:
    pen = account.pen
    return table(
        pen,
        "table-inputs",
        pen.say("source.inputs"),
        ("input", "#p5", "#p50", "#p95", "via", "source"),
        [_input_row(account, item) for item in found.inputs],
    )


def _input_row(account: Account, item: InputRow) -> Row:
    pen = account.pen
    return row(
        account.value_input(item.id),
        pen.number(item.p5),
        pen.number(item.p50),
        pen.number(item.p95),
        ", ".join(item.links) or "-",
        _source(account, item),
    )


def _source(account: Account, item: InputRow) -> Prose:
    """Say where an assumption comes from: a source, or an effect that was measured here."""
    pen = account.pen
    if item.source is not None:
        return pen.text(item.source)
    if item.kind == "estimate":
        return pen.say("source.measured_here", title=account.effect_title(str(item.label)))
    return pen.say("source.no_source")


def _years(account: Account, found: ValuationResult) -> Block:
    pen = account.pen
    return table(
        pen,
        "table-years",
        pen.say("source.years"),
        ("year", "party", "#benefits", "#costs", "#net", "#discounted"),
        [_year_row(account, item) for item in found.years if item.benefits or item.costs],
    )


def _year_row(account: Account, item: YearRow) -> Row:
    pen = account.pen
    return row(
        str(item.year),
        account.party(item.party),
        pen.euros(item.benefits),
        pen.euros(item.costs),
        pen.euros(item.net),
        pen.euros(item.discounted_net),
    )
