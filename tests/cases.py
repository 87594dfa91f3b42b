"""Random correct reports for the checks: figures that add up within and across years, and a text that agrees with them.

From a township with hardly a request to a large city, on both forms; zeros are sometimes left blank or struck out.
The text is made of sentences with slots, so that an error can be planted in one number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import papers

from liaocheng_foi.checks import Examination
from liaocheng_foi.checks.facts import Facts
from liaocheng_foi.checks.surroundings import Peers, Region
from liaocheng_foi.codebook import GROUPS, codebook
from liaocheng_foi.grid import Document, TextPart
from liaocheng_foi.label import Cell
from liaocheng_foi.metadata import Metadata
from liaocheng_foi.report import Report
from liaocheng_foi.sources import Organ, Waiver
from liaocheng_foi.values import parse

BOOK = codebook()
Key = tuple[str, str, str]
APPLICANTS = tuple(c.code for c in BOOK.select("requests", "column") if c.code != "total")
FLOWS = ("received_new", "carried_in", "outcome_total", "carried_forward")
RESULTS = ("upheld", "corrected", "other", "pending")
OUTCOMES = ("granted", "partly_granted", *GROUPS)
#: size of body -> (organ, scope, expected new requests of natural persons, of each kind of organisation, decisions)
BODIES = {
    "township": ("柳河镇人民政府", "organ", 1.0, 0.05, 5),
    "bureau": ("某某县文化和旅游局", "organ", 12.0, 0.4, 60),
    "county": ("某某县人民政府", "region-wide", 200.0, 4.0, 4_000),
    "city": ("某某市人民政府", "region-wide", 3_000.0, 60.0, 90_000),
}
#: How often requests end in each way.
_COMMON = {"granted": 50, "other": 3, "partly_granted": 8, "unavailable.not_held": 18, "denied.administrative_query": 4}


@dataclass
class Case:
    """A report as printed, before it is read: texts of cells, sentences with slots."""

    edition: int
    year: int
    organ: str
    scope: str
    cells: dict[Key, str]
    before: Case | None = None
    """The year before."""
    sentences: list[tuple[str, str]] = field(default_factory=list)
    """(section, sentence with slots)."""
    slots: dict[str, str] = field(default_factory=dict)
    subtotals: dict[Key, str] = field(default_factory=dict)
    published: str = ""
    period: tuple[str, str] = ("", "")
    edits: list[Callable[[Document], None]] = field(default_factory=list)
    """What is done to the document; with any, the report is printed and read instead of put together."""
    body: Organ | None = None
    peers: Peers | None = None
    units: list[Case] = field(default_factory=list)
    """Of a region-wide report those that add up to it."""
    waivers: list[Waiver] = field(default_factory=list)

    def number(self, table: str, row: str, column: str = "total") -> int:
        """A count, blanks as 0; of a group of rows their sum."""
        rows = [c.code for c in BOOK.children(table, row, self.edition)] if row != "outcome_total" else []
        return sum(int(parse(self.cells.get((table, r, column), ""), signed=True).value or 0) for r in rows or [row])

    def copy(self) -> Case:
        """One to plant errors in."""
        return replace(
            self, cells=dict(self.cells), before=self.before and self.before.copy(), sentences=list(self.sentences),
            slots=dict(self.slots), subtotals=dict(self.subtotals),
            edits=list(self.edits), units=[unit.copy() for unit in self.units], waivers=list(self.waivers),
        )  # fmt: skip

    def report(self) -> Report:
        """As the reader would hand it on."""
        if self.edits:
            return papers.reading(self)
        metadata = Metadata(
            self.organ, self.year, self.scope, published=self.published or None,
            period=self.period if self.period[0] else None,
        )  # fmt: skip
        paragraphs = [TextPart(section, sentence.format_map(self.slots)) for section, sentence in self.sentences]
        cells = [_cell(key, raw) for key, raw in self.cells.items()]
        added = [_cell(key, raw) for key, raw in self.subtotals.items()]
        return Report(cells, self.edition, metadata, subtotals=added, paragraphs=paragraphs, name="case")

    def examined(self) -> Examination:
        """With what stands around it."""
        region = Region([unit.report() for unit in self.units], True, [unit.organ for unit in self.units])
        before = self.before.report() if self.before else None
        facts = Facts(self.report(), before, self.peers, self.body, region if self.units else None)
        return Examination(facts, self.waivers)


def _cell(key: Key, raw: str) -> Cell:
    unit = BOOK.unit(*key)
    read = parse(raw, unit if unit == "万元" else None, BOOK.signed(key[0], key[2]))
    return Cell(*key, read.value, unit, read.status, raw, None, 1, 1, 1)


def case(rng: np.random.Generator, edition: int | None = None, text: bool = True, body: str | None = None) -> Case:
    """A correct report, three times in four with that of the year before."""
    edition = edition or int(rng.choice((2019, 2021)))
    year = int(rng.choice((2019, 2020) if edition == 2019 else (2021, 2022, 2023, 2025)))
    kind = body or str(rng.choice(list(BODIES)))
    before = None
    if year > 2019 and rng.random() < 0.75:
        before = _figures(rng, kind, year - 1, None)
    made = _figures(rng, kind, year, before)
    made.published = f"{year + 1}-01-{rng.integers(5, 29):02d}"
    made.period = (f"{year}-01-01", f"{year}-12-31")
    if text:
        _write(made, rng)
    _leave_zeros_out(made, rng)
    if made.scope == "region-wide" and rng.random() < 0.2:
        made.units = _divided(made, rng)
    return made


def _divided(made: Case, rng: np.random.Generator) -> list[Case]:
    """Two districts whose figures add up to those of the region; items and their changes are no sums."""
    shares: list[dict[Key, str]] = [{}, {}]
    for key, raw in made.cells.items():
        if raw in ("", "/") or key[2] in ("items_previous", "items_change"):
            one, other = raw, raw
        elif raw.isdigit():
            part = int(rng.integers(0, int(raw) + 1))
            one, other = str(part), str(int(raw) - part)
        else:
            part = round(float(raw) * 0.4, 2)
            one, other = f"{part:.2f}", f"{float(raw) - part:.2f}"
        shares[0][key], shares[1][key] = one, other
    names = "东平区人民政府", "西宁区人民政府"
    return [Case(made.edition, made.year, n, "region-wide", c) for n, c in zip(names, shares, strict=True)]


def _figures(rng: np.random.Generator, kind: str, year: int, before: Case | None) -> Case:
    edition = 2019 if year <= 2020 else 2021
    organ, scope, persons, organisations, decisions = BODIES[kind]
    made = Case(edition, year, organ, scope, {}, before)
    numbers: dict[Key, int | str] = dict.fromkeys(BOOK.cells(edition), 0)
    _proactive(numbers, rng, made, decisions)
    rows = [row.code for row in BOOK.rows("requests", edition) if row.code not in FLOWS]
    weights = np.array([_COMMON.get(row, 1.0) for row in rows])
    # a township holds no state secrets; nobody asks over and over where there is hardly a request
    weights[[row in ("denied.state_secret", "not_processed.excessive") and persons < 100 for row in rows]] = 0
    for who in APPLICANTS:
        mean = persons if who == "natural_person" else organisations * (4.0 if who == "business" else 1.0)
        received = int(rng.poisson(mean * rng.uniform(0.7, 1.4)))
        carried = before.number("requests", "carried_forward", who) if before else int(rng.binomial(received, 0.05))
        forward = int(rng.binomial(received + carried, 0.05))
        handled = received + carried - forward
        for row, count in zip(rows, rng.multinomial(handled, weights / weights.sum()), strict=True):
            numbers["requests", row, who] = int(count)
        for row, count in zip(FLOWS, (received, carried, handled, forward), strict=True):
            numbers["requests", row, who] = count
    for row in BOOK.rows("requests", edition):
        numbers["requests", row.code, "total"] = sum(int(numbers["requests", row.code, who]) for who in APPLICANTS)
    answered = int(numbers["requests", "outcome_total", "total"])
    for row, share in (
        ("reconsideration", 0.05),
        ("litigation_direct", 0.01),
        ("litigation_after_reconsideration", 0.01),
    ):
        total = int(rng.binomial(answered, share))
        if row == "litigation_after_reconsideration":
            total = min(total, int(numbers["reviews", "reconsideration", "total"]))
        for column, count in zip(RESULTS, rng.multinomial(total, (0.6, 0.08, 0.2, 0.12)), strict=True):
            numbers["reviews", row, column] = int(count)
        numbers["reviews", row, "total"] = total
    made.cells = {key: str(number) for key, number in numbers.items()}
    return made


def _proactive(numbers: dict[Key, int | str], rng: np.random.Generator, made: Case, decisions: int) -> None:
    before, large = made.before, made.scope == "region-wide"
    follows = before is not None and before.edition == made.edition
    for row in ("regulation", "normative_document"):
        some = (row == "normative_document" and decisions > 50) or (large and "市" in made.organ)
        new = int(rng.integers(0, 30)) if some else 0
        if made.edition == 2021:
            gone = int(rng.integers(0, 8)) if some else 0
            stock = before.number("proactive", row, "in_force") if before and follows else 40 * some
            numbers |= {
                ("proactive", row, "issued"): new, ("proactive", row, "repealed"): gone,
                ("proactive", row, "in_force"): max(stock, gone) + new - gone if not follows else stock + new - gone,
            }  # fmt: skip
            if numbers["proactive", row, "in_force"] < new or follows and gone > stock:  # type: ignore[operator]
                numbers |= {("proactive", row, "repealed"): 0, ("proactive", row, "in_force"): stock + new}
        else:
            total = before.number("proactive", row, "published_total") if before and follows else 60 * some
            numbers |= {
                ("proactive", row, "made_new"): new, ("proactive", row, "published_new"): new,
                ("proactive", row, "published_total"): total + new,
            }  # fmt: skip
    for key in [key for key in numbers if key[0] == "proactive"]:
        _, row, column = key
        if column == "decisions":
            base = before.number(*key) if before and key in before.cells else decisions
            numbers[key] = int(rng.poisson(base * rng.uniform(0.8, 1.2))) if decisions > 20 else base
        elif column == "items_previous":
            old = follows and before is not None
            items = sum(before.number("proactive", row, c) for c in (column, "items_change")) if old and before else 30
            numbers[key] = items
            numbers["proactive", row, "items_change"] = int(rng.integers(-4, 5))
        elif column == "fee_amount":
            base = parse(before.cells[key], "万元").value if before and key in before.cells else decisions / 7
            numbers[key] = f"{float(base or 0) * rng.uniform(0.8, 1.2):.2f}"
        elif column == "procurement_items":
            old = before is not None and key in before.cells
            numbers[key] = max(1, int((before.number(*key) if old and before else 12) * rng.uniform(0.7, 1.4)))
            numbers["proactive", row, "procurement_amount"] = f"{int(numbers[key]) * rng.uniform(9, 14):.2f}"


def _leave_zeros_out(made: Case, rng: np.random.Generator) -> None:
    """One report in five prints nothing, one in ten a slash, for some of its zeros; not in totals."""
    mark = rng.choice(("", "/", "0"), p=(0.2, 0.1, 0.7))
    if mark != "0":
        for key, raw in made.cells.items():
            if raw == "0" and key[2] != "total" and key[1] != "outcome_total" and rng.random() < 0.6:
                made.cells[key] = str(mark)


def percent(part: float, whole: float, decimals: int) -> str:
    exact = Decimal(int(part) * 100) / Decimal(int(whole))
    return str(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


_RECEIVED = (
    "本年度共收到政府信息公开申请{received}件，上年结转{carried}件，办结{handled}件，结转下年度继续办理{forward}件。",
    "{year}年，新收政府信息公开申请{received}件，上年度结转{carried}件；全年共答复{handled}件，结转下年{forward}件。",
    "全年共收到政府信息公开申请和上年结转件{workload}件，已答复{handled}件，结转下年度{forward}件。",
    "本年新收政府信息公开申请{received}件，加上年结转{carried}件，共办理{altogether}件，其中办结{handled}件，"
    "结转下一年度{forward}件。",
    "全年受理政府信息公开申请{received}件，其中自然人申请{natural}件，法人或其他组织申请{organisations}件。",
    "新收政府信息公开申请{received}件（自然人{natural}件、商业企业{business}件），上年结转{carried}件；办理答复{handled}件，"
    "结转下年度{forward}件。",
    "全年应办理政府信息公开申请{altogether}件，其中新收{received}件、往年结转{carried}件；实际办结{handled}件，"
    "余{forward}件转入下年度办理。从申请主体看，自然人{natural}件，法人和其他组织{organisations}件。",
    "截至12月底，共登记政府信息公开申请{received}件（自然人{natural}件，法人或其他组织{organisations}件），上年度未办结转入"
    "{carried}件；办结{handled}件，未办结{forward}件。",
    "受理政府信息公开申请{received}件，上年结转{carried}件，合计{altogether}件；全年作出答复{handled}件。",
    "共收到政府信息公开申请{workload}件（含上年结转{carried}件），均已依法答复或按期办理，其中{forward}件结转下年度办理。",
)
_GROUPED = (
    "在答复的{handled}件申请中，予以公开{granted}件，占{share_granted}%；部分公开{partly_granted}件，"
    "占{share_partly_granted}%；不予公开{denied}件，占{share_denied}%；无法提供{unavailable}件，占{share_unavailable}%；"
    "不予处理{not_processed}件，占{share_not_processed}%；其他处理{other}件，占{share_other}%。",
    "办理结果为：予以公开{granted}件，部分公开{partly_granted}件，不予公开{denied}件，无法提供{unavailable}件，"
    "不予处理{not_processed}件，其他处理{other}件。",
    "从办理结果看，予以公开{granted}件，占答复总数的{share_granted}%；无法提供{unavailable}件，"
    "占答复总数的{share_unavailable}%。",
    "全年共答复{handled}件，其中予以公开{granted}件，部分公开{partly_granted}件，两项合计占{share_disclosed}%。",
    "一是予以公开{granted}件，占{share_granted}%；二是部分公开{partly_granted}件，占{share_partly_granted}%；"
    "以上两项合计占{share_disclosed}%；三是不予公开{denied}件，无法提供{unavailable}件。",
    "办结的{handled}件中，予以公开{granted}件、部分公开{partly_granted}件，两者共占{share_disclosed}%；"
    "“不予公开”{denied}件、“无法提供”{unavailable}件、“不予处理”{not_processed}件、“其他处理”{other}件，占比分别为"
    "{share_denied}%、{share_unavailable}%、{share_not_processed}%、{share_other}%。",
    "无法提供{unavailable}件，其中本机关不掌握相关政府信息{not_held}件，没有现成信息需要另行制作{must_be_created}件，"
    "补正后申请内容仍不明确{still_unclear}件。",
)
_CHANNELS = (
    "从申请方式看，当面申请{in_person}件，网络申请{online}件，信函申请{by_post}件。",
    "其中，通过网络提交申请{online}件，信函申请{by_post}件，当面申请{in_person}件。",
)
_REVIEWS = (
    "因政府信息公开工作被申请行政复议{reconsideration}件，其中结果维持{upheld}件，结果纠正{corrected}件，"
    "其他结果{rest}件，尚未审结{pending}件。提起行政诉讼{litigation}件。",
    "全年发生政府信息公开行政复议{reconsideration}件，行政诉讼{litigation}件。",
    "行政复议方面，全年共发生{reconsideration}件，其中{upheld}件维持、{corrected}件纠错、{rest}件其他结果，{pending}件未审结。",
    "因不服政府信息公开答复提起行政复议{reconsideration}起、行政诉讼{litigation}起；另有其他行政诉讼案件42起。",
    "行政复议案件{reconsideration}件，维持{upheld}件、纠正{corrected}件；行政诉讼案件{litigation}件，"
    "其中未经复议直接起诉{direct}件，复议后起诉{after}件。",
)
_DOCUMENTS = {
    2019: (
        "全年新制作规范性文件{new_documents}件。",
        "本年公开规范性文件{new_documents}件。",
        "全年作出行政许可{license}件，行政处罚{penalty}件，行政强制{coercion}件。",
    ),
    2021: (
        "全年制发行政规范性文件{new_documents}件，废止{gone_documents}件，现行有效{stock_documents}件。",
        "本年制发行政规范性文件{new_documents}件。",
        "本年行政许可{license}件，行政处罚{penalty}件，行政强制{coercion}件，行政事业性收费{fee}万元。",
    ),
}
_GROWTH = (
    (
        "新收申请较上年增长{growth}%。",
        "新收政府信息公开申请量同比增长{growth}%。",
        "与上年相比，新收申请增长{growth}%。",
    ),
    (
        "新收申请较上年下降{growth}%。",
        "新收政府信息公开申请量同比下降{growth}%。",
    ),
)


def _write(made: Case, rng: np.random.Generator) -> None:
    """Sentences of one wording or another, with their numbers in slots."""
    slots = made.slots
    received, carried, handled, forward = (made.number("requests", row) for row in FLOWS)
    slots |= {"year": str(made.year), "received": str(received), "carried": str(carried), "handled": str(handled)}
    slots |= {"forward": str(forward), "workload": str(received + carried), "altogether": str(received + carried)}
    decimals = int(rng.choice((1, 2)))
    for row in OUTCOMES:
        slots[row] = str(made.number("requests", row))
        if handled:
            slots[f"share_{row}"] = percent(made.number("requests", row), handled, decimals)
    if handled:
        slots["share_disclosed"] = percent(sum(made.number("requests", row) for row in OUTCOMES[:2]), handled, decimals)
    persons = made.number("requests", "received_new", "natural_person")
    slots |= {"natural": str(persons), "organisations": str(received - persons)}
    slots["business"] = str(made.number("requests", "received_new", "business"))
    for row in ("not_held", "must_be_created", "still_unclear"):
        slots[row] = str(made.number("requests", f"unavailable.{row}"))
    for name, row in (("direct", "litigation_direct"), ("after", "litigation_after_reconsideration")):
        slots[name] = str(made.number("reviews", row))
    for row in ("license", "penalty", "coercion"):
        slots[row] = made.cells["proactive", row, "decisions"]
    slots["fee"] = made.cells.get(("proactive", "fee", "fee_amount"), "")
    channels = rng.multinomial(received, (0.2, 0.6, 0.2))
    slots |= dict(zip(("in_person", "online", "by_post"), map(str, channels), strict=True))
    for name, column in zip(
        ("upheld", "corrected", "rest", "pending", "reconsideration"), (*RESULTS, "total"), strict=True
    ):
        slots[name] = str(made.number("reviews", "reconsideration", column))
    slots["litigation"] = str(
        made.number("reviews", "litigation_direct") + made.number("reviews", "litigation_after_reconsideration")
    )
    new, gone, stock = ("made_new", "", "") if made.edition == 2019 else ("issued", "repealed", "in_force")
    for name, column in (("new_documents", new), ("gone_documents", gone), ("stock_documents", stock)):
        if column:
            slots[name] = str(made.number("proactive", "normative_document", column))
    overview = [_pick(rng, _RECEIVED)]
    if received > 10:
        overview.append(_pick(rng, _CHANNELS))
    if handled > 10:
        overview.append(_pick(rng, _GROUPED))
    if made.before and (earlier := made.before.number("requests", "received_new")) > 10 and received != earlier:
        slots["growth"] = percent(abs(received - earlier), earlier, 1)
        overview.append(_pick(rng, _GROWTH[received < earlier]))
    documents = _pick(rng, _DOCUMENTS[made.edition])
    made.sentences = [
        (None, f"{made.organ}{made.year}年政府信息公开工作年度报告"),
        ("overview", BOOK.label("form", "section", "overview")),
        ("overview", f"（一）主动公开。{documents}"),
        ("overview", "（二）依申请公开。" + "".join(overview)),
        ("overview", "（三）监督保障。" + _pick(rng, _REVIEWS) + "开展业务培训2次，接受社会评议，没有责任追究情形。"),
        *[(part, BOOK.label("form", "section", part)) for part in ("proactive", "requests", "reviews", "shortcomings")],
        ("shortcomings", "主要问题是解读材料的形式还不够多样。下一步将加强培训，丰富解读形式。"),
        ("other_matters", BOOK.label("form", "section", "other_matters")),
        ("other_matters", "本年度未收取信息处理费。"),
    ]  # fmt: skip


def _pick(rng: np.random.Generator, wordings: tuple[str, ...]) -> str:
    return wordings[int(rng.integers(len(wordings)))]
