"""Numbers in the text: what is one, what it counts, which cells it speaks of."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liaocheng_foi.codebook import EDITIONS, codebook
from liaocheng_foi.grid import TextPart
from liaocheng_foi.schemas import REGISTRY, validate
from liaocheng_foi.statements import Statement, expand_term, extract, frame, parse_reference, restored
from liaocheng_foi.statements.concepts import first_characters
from liaocheng_foi.statements.vocabulary import CONCEPTS

REPORTS = Path(__file__).resolve().parents[2] / "shared" / "reports"

RECEIVED, CARRIED_IN = "requests/received_new/total", "requests/carried_in/total"
ANSWERED, FORWARD = "requests/outcome_total/total", "requests/carried_forward/total"
WORKLOAD = f"{RECEIVED} + {CARRIED_IN}"
RECONSIDERATION = "reviews/reconsideration/total"
LITIGATION = "reviews/litigation_direct/total + reviews/litigation_after_reconsideration/total"


def read(*texts: str, edition: int = 2021, year: int | None = None) -> list[Statement]:
    return extract([TextPart("overview", text) for text in texts], edition, year)


def tied(text: str, edition: int = 2021, year: int | None = None) -> list[tuple[float, str | None, str | None]]:
    return [(one.value, one.unit, one.refers_to) for one in read(text, edition=edition, year=year)]


def litigation(column: str) -> str:
    return f"reviews/litigation_direct/{column} + reviews/litigation_after_reconsideration/{column}"


# -- what is a number, and how it is printed -------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "根据《关于做好公开工作的30条意见》（国办发〔2021〕30号）和国务院令第711号办理。",
        "统计期限自2024年1月1日起至2024年12月31日止，9时30分发布。",
        "联系电话：0517-83605210，邮编223001，网址www.example.gov.cn/2020/12件。",
        "依照第二十条第（一）项、第36条第2款和一、（二）1.的规定。",
        "三是落实“三同步”“六稳”和“两微一端”，办好“一件事”，第三方评估名列前3名。",
        "公报第214期、12345热线、V2.0版、24×7小时、十九届四次会议、第十四个五年规划。",
        "高效办成一件事，最多跑一次，形成一张网、两个平台。",
        "人均提高效率几件，共百余件。",
    ],
)
def test_numbers_that_count_nothing_are_left_out(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "value", "unit", "amount", "bound"),
    [
        ("公开信息10.3万余条", 10.3, "万条", 103000, "over"),
        ("公开信息约3.5万条", 3.5, "万条", 35000, "about"),
        ("举办活动近2000次", 2000, "次", 2000, "under"),
        ("举办活动160余次", 160, "次", 160, "over"),
        ("发布微信2000多条", 2000, "条", 2000, "over"),
        ("播放量突破770万次", 770, "万次", 7.7e6, "over"),
        ("用户超2300万，", 2300, "万", 2.3e7, "over"),
        ("投入1.2亿元", 1.2, "亿元", 1.2e8, None),
        ("收费96171.6万元", 96171.6, "万元", 961716000, None),
        ("共举办二十三次", 23, "次", 23, None),
        ("公开三千二百件", 3200, "件", 3200, None),
        ("访问量1,234,567次", 1234567, "次", 1234567, None),
        ("答复1，051件", 1051, "件", 1051, None),
        ("公开信息１２３条", 123, "条", 123, None),
        ("规范性文件 92\n件", 92, "件", 92, None),
        ("公开信息1 064条", 1064, "条", 1064, None),
        ("公开信息10\n64条", 1064, "条", 1064, None),
        ("满意率百分之九十八点五", 98.5, "%", 98.5, None),
        ("预约办理30件", 30, "件", 30, None),
        ("印发20日内公开", 20, "日", 20, None),
        ("1.35个部门参加", 35, "个", 35, None),
    ],
)
def test_a_number_as_printed(text: str, value: float, unit: str, amount: float, bound: str | None) -> None:
    (one,) = read(text)
    assert (one.value, one.unit, one.amount, one.bound) == (value, unit, amount, bound)
    assert one.approximate == (bound is not None)


def test_figures_of_a_table_row_are_not_glued_together() -> None:
    assert all(one.value < 10000 for one in read("967 29 5 3 44 6 1054件"))
    assert [one.value for one in read("附件 2 35个部门，2020 106件")] == [35, 106]


def test_a_range_is_two_approximate_numbers() -> None:
    low, high = read("每期培训3至5次。")
    assert [(low.value, low.bound), (high.value, high.bound)] == [(3, "over"), (5, "under")]
    assert low.quote == high.quote


def test_decimals_are_those_printed() -> None:
    assert [one.decimals for one in read("公开3件，占60.10%，增长5%。")] == [0, 2, 0]


# -- requests --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年共收到政府信息公开申请45件。", [RECEIVED]),
        ("受理8宗政府信息公开申请，已答复7宗，1宗结转下一年度。", [RECEIVED, ANSWERED, FORWARD]),
        ("收到政府信息公开申请和上年结转件66件。", [WORKLOAD]),
        ("收到申请（含上年结转）66件。", [WORKLOAD]),
        ("共收到政府信息公开申请45件，其中新收40件、上年结转5件。", [WORKLOAD, RECEIVED, CARRIED_IN]),
        ("收到政府信息公开申请45件，均已答复，其中5件结转下年度。", [RECEIVED, FORWARD]),
        ("收到政府信息公开申请45件，均已答复或按期办理，其中5件结转下年度办理。", [RECEIVED, FORWARD]),
        ("收到申请45件（含上年结转5件）。", [WORKLOAD, CARRIED_IN]),
        ("办理政府信息公开申请28件（上年结转2件，本年新收26件）。", [WORKLOAD, CARRIED_IN, RECEIVED]),
        (
            "新收申请120件，上年结转8件，本年办结125件，结转下年度继续办理3件。",
            [RECEIVED, CARRIED_IN, ANSWERED, FORWARD],
        ),
        ("答复申请80件（含上年结转4件，另有7件顺延到下年度）。", [ANSWERED, CARRIED_IN, FORWARD]),
        ("依申请公开：收到8件，办结8件。", [RECEIVED, ANSWERED]),
        ("收到公民、法人和其他组织提出的政府信息公开申请15件。", [RECEIVED]),
        ("全年受理依申请公开77件次。", [RECEIVED]),
        ("收到政府信息公开申请：8；答复：7。", [RECEIVED, ANSWERED]),
        ("二〇二一年共收到申请十二件，已办结十一件，一件正在办理中。", [RECEIVED, ANSWERED, FORWARD]),
        (
            "予以公开6件、部分公开5件、不予公开4件、无法提供3件、不予处理2件、其他处理1件。",
            [f"requests/{row}/total" for row in ["granted", "partly_granted", "denied", "unavailable", "not_processed", "other"]],
        ),
        ("予以公开及部分公开28件。", ["requests/granted/total + requests/partly_granted/total"]),
        ("予以公开（含部分公开）28件。", ["requests/granted/total + requests/partly_granted/total"]),
        ("作出不予公开答复3件。", ["requests/denied/total"]),
        ("不予公开（属于国家秘密、过程性信息）共5件。", ["requests/denied/total"]),
        ("因不掌握等原因无法提供26件。", ["requests/unavailable/total"]),
        (
            "无法提供的26件中，本机关不掌握24件，需要另行制作2件。",
            ["requests/unavailable/total", "requests/unavailable.not_held/total", "requests/unavailable.must_be_created/total"],
        ),
        ("3件申请予以公开，5件不予公开。", ["requests/granted/total", "requests/denied/total"]),
        ("对3件申请作出部分公开答复，对5件不予公开。", ["requests/partly_granted/total", "requests/denied/total"]),
        ("不予公开、无法提供分别为3件、15件。", ["requests/denied/total", "requests/unavailable/total"]),
        ("答复申请9件，其中公开5件，部分公开3件，其他1件。",
         [ANSWERED, "requests/granted/total", "requests/partly_granted/total", "requests/other/total"]),
        ("其他处理5件，其中逾期不补正3件，其他2件。",
         ["requests/other/total", "requests/other.overdue_correction/total", "requests/other.rest/total"]),
        ("不予公开5件，其中国家秘密1件，其他4件。",
         ["requests/denied/total", "requests/denied.state_secret/total", None]),
    ],
)  # fmt: skip
def test_requests(text: str, expected: list[str | None]) -> None:
    assert [one.refers_to for one in read(text)] == expected


def test_every_label_of_the_form_is_understood_in_prose() -> None:
    book = codebook()
    for edition in EDITIONS:
        for row in book.rows("requests", edition):
            label = book.name("requests", row.code, edition=edition)
            if row.code in ("other.rest", "outcome_total"):
                continue
            text = f"政府信息公开申请中，{label}7件。"
            assert tied(text, edition) == [(7, "件", f"requests/{row.code}/total")], label


@pytest.mark.parametrize(
    "text",
    [
        "12345热线受理群众诉求3.2万件，已办结3万件，办结率99.8%。",
        "办理人大代表建议25件、政协提案30件，办结55件，不予公开2件。",
        "受理低保申请300件，受理行政许可申请500件。",
        "依申请公开工作人员3名，答复群众来信20件。",
        "上半年收到申请30件，平均每月收到申请5件。",
        "收到申请培训3次。",
    ],
)
def test_other_things_that_are_received_and_answered_are_not_tied(text: str) -> None:
    found = read(text)
    assert found
    assert [one.refers_to for one in found] == [None] * len(found)


def test_what_a_wording_may_also_mean() -> None:
    ambiguous, new, bare = read("收到申请9件。新收申请9件。政府信息公开申请9件。")
    assert (ambiguous.refers_to, ambiguous.alternatives) == (RECEIVED, (WORKLOAD,))
    assert (new.refers_to, new.alternatives) == (RECEIVED, ())
    assert bare.alternatives == (WORKLOAD, ANSWERED)


def test_applicants_belong_to_the_row_spoken_of() -> None:
    text = "收到申请23件，其中自然人12件、商业企业5件、科研机构3件、其他3件；答复20件，其中自然人10件。"
    received, *rest = read(text)
    assert [one.refers_to for one in rest] == [
        "requests/received_new/natural_person",
        "requests/received_new/business",
        "requests/received_new/research",
        "requests/received_new/other_organisation",
        ANSWERED,
        "requests/outcome_total/natural_person",
    ]
    assert [one.head for one in rest] == [0, 0, 0, 0, None, 5]
    assert tied("自然人、法人或其他组织分别申请18件、2件。")[1] == (2, "件", "requests/received_new/legal_person")
    assert tied("自然人予以公开5件。") == [(5, "件", "requests/granted/natural_person")]


def test_channels_are_a_topic_of_their_own() -> None:
    total, online, post = read("通过网络、信函等渠道共收到申请19件，其中网络申请17件，信函2件。")
    assert total.refers_to == RECEIVED
    assert [(one.topic, one.refers_to, one.head) for one in (online, post)] == [
        ("channel/online", None, 0),
        ("channel/post", None, 0),
    ]


# -- reviews ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("被申请行政复议28件，行政诉讼3件。", [RECONSIDERATION, LITIGATION]),
        ("行政复议和行政诉讼共5件。", [f"{RECONSIDERATION} + {LITIGATION}"]),
        ("行政复议、行政诉讼分别为3件和2件。", [RECONSIDERATION, LITIGATION]),
        ("收到5件行政复议申请。", [RECONSIDERATION]),
        (
            "行政复议9件，其中结果维持4件，结果纠正3件，其他结果1件，尚未审结1件。",
            [RECONSIDERATION, *(f"reviews/reconsideration/{c}" for c in ["upheld", "corrected", "other", "pending"])],
        ),
        (
            "行政复议3件，维持2件，其他1件；行政诉讼4件，维持3件，未审结1件。",
            [RECONSIDERATION, "reviews/reconsideration/upheld", "reviews/reconsideration/other", LITIGATION,
             litigation("upheld"), litigation("pending")],
        ),
        (
            "行政诉讼4件，其中未经复议直接起诉3件，复议后起诉1件。",
            [LITIGATION, "reviews/litigation_direct/total", "reviews/litigation_after_reconsideration/total"],
        ),
        ("行政复议维持6件、被纠正2件。", ["reviews/reconsideration/upheld", "reviews/reconsideration/corrected"]),
        ("行政复议案件撤回1件。", [None]),
        ("败诉2件。", [litigation("corrected")]),
        (
            "行政复议已审结8件。",
            ["reviews/reconsideration/upheld + reviews/reconsideration/corrected + reviews/reconsideration/other"],
        ),
        ("召开行政复议听证会3次，纠正不规范问题12件。", [None, None]),
    ],
)  # fmt: skip
def test_reviews(text: str, expected: list[str | None]) -> None:
    assert [one.refers_to for one in read(text)] == expected


def test_all_upheld_means_that_other_cells_are_zero() -> None:
    *_, upheld = read("行政复议7件，诉讼9件，均获维持。")
    assert (upheld.kind, upheld.value, upheld.quote) == ("all_upheld", 0, "均获维持")
    terms = set(parse_reference(upheld.refers_to or "").terms)
    rows = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
    assert terms == {f"reviews/{row}/{column}" for row in rows for column in ("corrected", "pending")}


# -- none at all -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年未收到政府信息公开申请。", [RECEIVED]),
        ("没有收到申请，无结转下年度办理的申请。", [RECEIVED, FORWARD]),
        ("没有发生行政复议和行政诉讼。", [f"{RECONSIDERATION} + {LITIGATION}"]),
        ("我局未发生因政府信息公开引起的行政复议、行政诉讼案件。", [f"{RECONSIDERATION} + {LITIGATION}"]),
        ("本年度无行政复议，无行政诉讼情况。", [RECONSIDERATION, LITIGATION]),
        ("行政复议：无。", [RECONSIDERATION]),
        ("行政复议、行政诉讼均未发生。", [f"{RECONSIDERATION} + {LITIGATION}"]),
        ("实现零复议、零败诉。", [RECONSIDERATION, litigation("corrected")]),
        ("未制定规章。", ["proactive/regulation/issued"]),
        ("未收取信息处理费。", [None]),
    ],
)
def test_said_in_words_that_there_was_none(text: str, expected: list[str | None]) -> None:
    found = read(text)
    assert [(one.kind, one.value, one.unit) for one in found] == [("zero", 0, None)] * len(expected)
    assert [one.refers_to for one in found] == expected


@pytest.mark.parametrize(
    "text",
    [
        "如未收到答复，可以申请行政复议。",
        "对没有现成信息需要另行制作的，无法提供。",
        "申请人无正当理由逾期不补正的，未经复议不得起诉。",
        "没有发生失泄密事件，未收到行政复议机关的意见。",
        "无障碍阅读，无需申请即可公开。",
    ],
)
def test_not_every_negation_is_a_zero(text: str) -> None:
    assert read(text) == []


# -- documents, decisions, money -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edition", "text", "expected"),
    [
        (2019, "发布规范性文件13件。", ["proactive/normative_document/published_new"]),
        (2019, "制定规章1件。", ["proactive/regulation/made_new"]),
        (2021, "主动公开规章3件，行政规范性文件6件。",
         ["proactive/regulation/issued", "proactive/normative_document/issued"]),
        (2021, "制发行政规范性文件8件，废止3件，现行有效66件。",
         [f"proactive/normative_document/{c}" for c in ("issued", "repealed", "in_force")]),
        (2021, "现行有效规章7件、行政规范性文件41件。",
         ["proactive/regulation/in_force", "proactive/normative_document/in_force"]),
        (2021, "作出行政许可决定44件，行政处罚39件，行政强制8件。",
         [f"proactive/{row}/decisions" for row in ("license", "penalty", "coercion")]),
        (2021, "行政事业性收费7730.28万元。", ["proactive/fee/fee_amount"]),
        (2019, "政府集中采购项目38项，政府集中采购总金额25.1万元。", [None, "proactive/procurement/procurement_amount"]),
        (2021, "公开行政许可信息1200条，公示行政处罚决定30件。", [None, None]),
        (2021, "发布规范性文件解读15件，审查规范性文件20件，备案规章2件。", [None, None, None]),
        (2021, "公报刊登规章、规范性文件等12件，部门规范性文件5件。", [None, None]),
        (2021, "制发规范性文件12件，其中市政府规范性文件5件，部门规范性文件7件。",
         ["proactive/normative_document/issued", None, None]),
    ],
)  # fmt: skip
def test_documents_and_decisions(edition: int, text: str, expected: list[str | None]) -> None:
    assert [ref for _, _, ref in tied(text, edition)] == expected


def test_the_processing_fee_is_not_the_fee_of_the_form() -> None:
    (one,) = read("全年收取信息处理费400元。")
    assert (one.value, one.unit, one.refers_to, one.topic) == (400, "元", None, "fee/processing")


# -- shares and changes ----------------------------------------------------------------------------------------


def test_a_share_restates_the_count_before_it() -> None:
    found = read("申请已答复50件。予以公开30件，占60%；部分公开10件（20.00%）；不予公开10件，约占20%。")
    shares = [one for one in found if one.kind == "share"]
    assert [one.refers_to for one in shares] == [
        f"requests/{row}/total / {ANSWERED}" for row in ("granted", "partly_granted", "denied")
    ]
    assert [(one.parts, one.whole) for one in shares] == [((1,), 0), ((3,), 0), ((5,), 0)]
    assert shares[-1].approximate


def test_shares_spread_over_a_list() -> None:
    found = read("行政复议20件，其中结果维持12件，其他结果5件，尚未审结3件，分别占60%、25%、15.0%。")
    assert [(one.value, one.refers_to, one.parts, one.whole) for one in found[4:]] == [
        (60, f"reviews/reconsideration/upheld / {RECONSIDERATION}", (1,), 0),
        (25, f"reviews/reconsideration/other / {RECONSIDERATION}", (2,), 0),
        (15, f"reviews/reconsideration/pending / {RECONSIDERATION}", (3,), 0),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("予以公开30件，占60%。", "requests/granted/total / ?"),
        ("予以公开30件，占申请总数的60%。", f"requests/granted/total / {RECEIVED}"),
        ("予以公开30件，占答复总数的60%。", f"requests/granted/total / {ANSWERED}"),
        ("收到申请20件，其中自然人占95%。", f"requests/received_new/natural_person / {RECEIVED}"),
        ("行政复议纠错率12.5%。", "reviews/reconsideration/corrected / ?"),
        ("行政诉讼败诉率0%。", f"{litigation('corrected')} / ?"),
        ("依申请公开按时答复率100%。", f"{ANSWERED} / ?"),
        ("收到申请20件，好评数占评价总数的99%。", None),
        ("公文主动公开率达90.2%。", None),
    ],
)
def test_what_a_percentage_is_of(text: str, expected: str | None) -> None:
    assert read(text)[-1].refers_to == expected


PUBLIC = "requests/granted/total + requests/partly_granted/total"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年共答复50件，其中予以公开30件，部分公开10件，两项合计占80%。", f"{PUBLIC} / {ANSWERED}"),
        ("予以公开30件，部分公开10件，合计占比80%。", f"{PUBLIC} / ?"),
        ("予以公开（30件）与部分公开（10件）合计占办结总数的80%。", f"{PUBLIC} / {ANSWERED}"),
        ("予以公开30件，占60%，部分公开10件，占20%，两者之和占80%。", f"{PUBLIC} / ?"),
        ("予以公开30件，占60%；部分公开10件，占20%；两项占比之和为80%。", f"{PUBLIC} / ?"),
        ("无法提供5件，占10%；予以公开30件，部分公开10件，以上两类合计占80%。", f"{PUBLIC} / ?"),
        ("予以公开30件、部分公开10件，两者合计40件，占答复总数的80%。", f"{PUBLIC} / {ANSWERED}"),
        ("予以公开30件、部分公开10件，合计40件。", PUBLIC),
        ("新收申请20件，上年结转3件，合计23件。", f"{RECEIVED} + requests/carried_in/total"),
        ("商业企业29件、科研机构3件、社会公益组织1件，上述三类共占3%。",
         " + ".join(f"requests/received_new/{who}" for who in ("business", "research", "public_interest")) + " / ?"),
        ("行政复议28件，其中维持15件、纠正0件，两项合计占53.57%。",
         f"reviews/reconsideration/upheld + reviews/reconsideration/corrected / {RECONSIDERATION}"),
        # open which are meant, or not to be added
        ("予以公开30件，部分公开10件，不予公开5件，两项合计占80%。", None),
        ("予以公开30件，部分公开10件，不予公开5件，前两项合计占80%。", None),
        ("予以公开30件。部分公开10件，两项合计占80%。", None),
        ("予以公开30件，其中网上答复20件，两项合计占80%。", None),
        ("培训12次，参训580人次，两项合计占全年计划的85%。", None),
        ("制发行政规范性文件12件，废止3件，两项合计占比15%。", None),
        ("新收申请20件，办结18件，两项合计38件。", None),
        ("予以公开30件，培训合计占80%。", None),
    ],
)  # fmt: skip
def test_what_a_sum_said_in_words_is_of(text: str, expected: str | None) -> None:
    assert read(text)[-1].refers_to == expected


def test_changes_over_last_year() -> None:
    text = "收到申请120件，较上年增加20件，同比增长20%；行政复议3件，同比下降25%。"
    _, difference, growth, _, fall = read(text)
    assert (difference.kind, difference.direction) == ("difference", "up")
    assert difference.refers_to == f"{RECEIVED} - {RECEIVED}@previous"
    assert (growth.kind, growth.refers_to) == ("growth", f"{RECEIVED} / {RECEIVED}@previous")
    assert (fall.direction, fall.refers_to) == ("down", f"{RECONSIDERATION} / {RECONSIDERATION}@previous")
    assert growth.parts == (0,)


@pytest.mark.parametrize("counted", ["申请量", "政府信息公开申请量", "申请数", "政府信息公开申请数量", "申请"])
def test_a_change_of_what_was_received(counted: str) -> None:
    (fall,) = read(f"新收{counted}同比下降23.4%。")
    assert (fall.kind, fall.refers_to) == ("growth", f"{RECEIVED} / {RECEIVED}@previous")


def test_years_that_cases_are_carried_to_and_from() -> None:
    text = "较2021年（252件）增加20件；结转自2021年的15件申请，余11件结转2023年办理，结转2023年11件。"
    found = extract([TextPart("overview", "全年收到申请272件，" + text)], 2021, 2022)
    assert [one.refers_to for one in found] == [
        RECEIVED,
        f"{RECEIVED}@previous",
        f"{RECEIVED} - {RECEIVED}@previous",
        "requests/carried_in/total",
        "requests/carried_forward/total",
        "requests/carried_forward/total",
    ]


def test_figures_of_another_year_are_not_this_years() -> None:
    assert [ref for _, _, ref in tied("去年收到申请98件，今年收到申请106件。")] == [f"{RECEIVED}@previous", RECEIVED]
    text = "2019年收到申请9件，2020年收到申请12件，2021年收到申请15件。"
    assert [ref for _, _, ref in tied(text, year=2021)] == [None, f"{RECEIVED}@previous", RECEIVED]
    _, base, growth = tied("收到申请120件，较2020年的100件增长20%。", year=2021)
    assert (base[2], growth[2]) == (f"{RECEIVED}@previous", f"{RECEIVED} / {RECEIVED}@previous")


# -- lists and populations -------------------------------------------------------------------------------------


def test_members_of_a_list_know_their_head() -> None:
    found = read("共发布解读材料26件，其中文字解读12件，图文、视频解读10件，简明问答4条，并召开发布会6场。")
    assert [one.head for one in found] == [None, 0, 0, 0, None]


def test_a_list_under_two_heads_follows_the_noun() -> None:
    found = read(
        "发布政策文件58件，规范性文件13件。其中市级印发政策文件8件，规范性文件4件；县级印发政策文件50件，规范性文件9件。"
    )
    assert [one.head for one in found] == [None, None, 0, 1, 0, 1]
    assert [one.refers_to for one in found[2:]] == [None] * 4


def test_what_follows_the_list_is_not_in_it() -> None:
    found = read("收到申请20件，其中自然人12件，法人或其他组织8件，答复19件，结转下年度1件。")
    assert [one.head for one in found] == [None, 0, 0, None, None]


@pytest.mark.parametrize(
    ("text", "population", "is_tied"),
    [
        ("全市共收到申请9件。", "region", True),
        ("市本级收到申请9件。", "own", True),
        ("各县（市、区）收到申请9件。", "parts", False),
        ("备案行政复议案件9件。", "filed", True),
        ("各级各部门被申请行政复议9件。", "region", True),
    ],
)
def test_whose_count_it_is(text: str, population: str, is_tied: bool) -> None:
    (one,) = read(text)
    assert (one.population, one.refers_to is not None) == (population, is_tied)


# -- places ----------------------------------------------------------------------------------------------------


def test_a_sentence_cut_by_a_page_break_is_read_as_one() -> None:
    parts = [
        TextPart("overview", "全年发布政策文件12件，收到政府信息公开申请20件，其中自然人申", 1),
        TextPart("overview", "- 1 -", 2),
        TextPart("overview", "请 18 件，答复19件。", 2),
    ]
    _, received, natural, answered = extract(parts, 2021)
    assert (received.paragraph, received.page) == (0, 1)
    assert (natural.paragraph, natural.page, natural.quote) == (2, 2, "请 18 件")
    assert natural.refers_to == "requests/received_new/natural_person"
    assert (natural.head, answered.refers_to) == (1, ANSWERED)


def test_a_heading_tells_what_the_next_paragraph_is_about() -> None:
    assert [one.refers_to for one in read("（二）依申请公开情况", "答复8件。")] == [ANSWERED]
    assert [one.refers_to for one in read("（二）建议办理情况", "答复8件。")] == [None]


def test_the_frame_is_the_registered_table() -> None:
    shown = frame(read("公开信息约3.5 万条，收到申请\n9件。"), "liaocheng", 2020, "region-wide")
    assert list(shown.columns) == list(REGISTRY["statements"].columns)
    validate(shown, "statements")
    assert list(shown["quote"]) == ["公开信息约3.5万条", "收到申请9件"]
    assert list(shown["approximate"]) == [True, False]
    assert frame([], None, None, None).empty
    validate(frame([], None, None, None), "statements")


# -- references ------------------------------------------------------------------------------------------------


def test_references_are_parsed_and_expanded() -> None:
    share = parse_reference(f"requests/denied/total / {WORKLOAD}")
    assert (share.terms, share.over, share.minus) == (("requests/denied/total",), (RECEIVED, CARRIED_IN), None)
    change = parse_reference(f"{RECEIVED} - {RECEIVED}@previous")
    assert change.minus == (f"{RECEIVED}@previous",)
    assert len(expand_term("requests/denied/total", 2021)) == 8
    assert expand_term("requests/other/total", 2019) == (("requests", "other", "total"),)
    assert len(expand_term("requests/other/total", 2021)) == 3
    assert expand_term(f"{ANSWERED}@previous", 2021) == (("requests", "outcome_total", "total"),)
    assert len(expand_term("requests/denied/legal_person", 2021)) == 40


def test_every_concept_is_found_by_its_first_characters() -> None:
    for concept, pattern in CONCEPTS:
        assert first_characters(pattern), concept
    assert first_characters("(?:甲|乙丙)?丁|(?<!戊)[己庚]|辛*壬") == set("甲乙丁己庚辛壬")


# -- any text --------------------------------------------------------------------------------------------------

_PIECES = st.sampled_from(
    [
        "收到",
        "申请",
        "政府信息公开",
        "予以公开",
        "不予公开",
        "其中",
        "占",
        "分别占",
        "同比增长",
        "较上年",
        "结转",
        "下年度",
        "上年",
        "行政复议",
        "行政诉讼",
        "维持",
        "其他",
        "未收到",
        "没有发生",
        "零",
        "均",
        "自然人",
        "法人",
        "规范性文件",
        "行政许可",
        "共计",
        "案件",
        "约",
        "余",
        "近",
        "12",
        "3.5",
        "1,064",
        "100",
        "2020",
        "年",
        "件",
        "条",
        "万条",
        "%",
        "％",
        "、",
        "，",
        "。",
        "；",
        "：",
        "（",
        "）",
        "《",
        "》",
        "“",
        "”",
        "和",
        "至",
        "第",
        "三",
        "十二",
        "百分之",
        "为",
        "无",
        "\n",
        "\u3000",
        "１２",
        "-",
        "/",
        ".",
        "元",
        "万元",
        "个",
        "次",
    ]
)
_TEXTS = st.one_of(st.text(max_size=60), st.lists(_PIECES, max_size=40).map("".join))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_TEXTS, max_size=4), st.sampled_from(EDITIONS))
def test_any_text_gives_sound_statements(texts: list[str], edition: int) -> None:
    parts = [TextPart(None, text) for text in texts]
    found = extract(parts, edition, 2020)
    cells = set(codebook().cells(edition))
    for place, one in enumerate(found):
        text = parts[one.paragraph].text
        assert one.quote == text[slice(*one.span)] and one.quote
        assert one.span[0] <= one.number[0] < one.number[1] <= one.span[1] or one.kind in ("zero", "all_upheld")
        if one.unit is not None:
            assert re.search(r"[\d一二三四五六七八九十百千零〇两]", text[slice(*one.number)])
        for other in (*one.parts, one.whole, one.head):
            assert other is None or 0 <= other < place
        if one.refers_to is not None:
            reference = parse_reference(one.refers_to)
            terms = [*reference.terms, *(reference.over or ()), *(reference.minus or ())]
            assert all(term == "?" or set(expand_term(term, edition)) <= cells for term in terms), one.refers_to
    validate(frame(found, "liaocheng", 2020, "organ"), "statements")


def test_a_table_of_statements_gives_the_statements_back() -> None:
    texts = ("全年\n共收到申请120余件，其中网上申请90件、信函申请30件，较上年的100件增长20%；", "没有被纠正的行政复议案件。",
             "予以公开（30件）、部分公开10件，两项合计占80%。《全国2023年》新闻发布会3至5次，收取信息处理费1.2万元。")  # fmt: skip
    parts = [TextPart("overview" if n else None, text, n) for n, text in enumerate(texts)]
    said = extract(parts, 2021, 2023)
    again = restored(frame(said, "somewhere", 2023, None))
    assert len(said) > 10 and {one.kind for one in said} >= {"count", "share", "growth", "zero"}
    here = {"quote": "", "span": (), "number": (), "page": None}  # places are those in the quote
    assert [one._replace(**here) for one in again] == [one._replace(**here) for one in said]
    for one, other in zip(again, said, strict=True):
        printed = parts[other.paragraph].text[slice(*other.number)]
        assert one.quote[slice(*one.number)] == "".join(printed.split())


@given(st.text(alphabet="共计案件申请情况总数量，（）全市", min_size=60, max_size=80))
def test_repeated_words_do_not_make_patterns_try_again_and_again(text: str) -> None:
    read(f"收到申请{text}甲9件，未收到{text}甲。")


# -- the real report -------------------------------------------------------------------------------------------


def _truth(name: str) -> list[dict[str, str]]:
    path = REPORTS / "truth" / name
    if not path.exists():
        pytest.skip("the real reports are not beside the repository (../shared/reports)")
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def liaocheng() -> list[Statement]:
    from liaocheng_foi.report import read as read_report

    _truth("narrative-liaocheng-2020.csv")
    report = read_report(REPORTS / "liaocheng-2020.md")
    return extract(report.paragraphs, report.edition, report.year)


def _located(found: list[Statement]) -> dict[str, int]:
    """Truth id → position of its statement; equal numbers in reading order."""
    places: dict[tuple[float, str | None], list[int]] = {}
    for place, one in enumerate(found):
        places.setdefault((one.value, one.unit), []).append(place)
    lines = _truth("narrative-liaocheng-2020.csv")
    missing = [line["id"] for line in lines if (float(line["value"]), line["unit"]) not in places]
    assert not missing
    return {line["id"]: places[float(line["value"]), line["unit"]].pop(0) for line in lines}


def test_every_number_of_the_liaocheng_text_is_found_and_tied(liaocheng: list[Statement]) -> None:
    located = _located(liaocheng)
    assert len(located) == 61
    for line in _truth("narrative-liaocheng-2020.csv"):
        one = liaocheng[located[line["id"]]]
        if line["related_cell"]:
            cell = line["related_cell"]
            assert one.refers_to == (cell if cell.count("/") == 2 else f"{cell}/total"), line["id"]
        if line["percent_of"]:
            assert one.kind == "share" and one.whole == located[line["percent_of"]], line["id"]
        assert one.approximate == ("余" in line["what_zh"] or "近" in line["what_zh"]), line["id"]


def test_sums_and_groups_of_the_liaocheng_text_are_tied(liaocheng: list[Statement]) -> None:
    located = _located(liaocheng)
    expected = {
        "N37": WORKLOAD,
        "N44": "requests/denied/total",
        "N46": "requests/unavailable/total",
        "N48": "requests/not_processed/total",
        "N08": None,
        "N10": None,
        "N45": f"requests/denied/total / {ANSWERED}",
        "N54": f"reviews/reconsideration/upheld / {RECONSIDERATION}",
    }
    assert {key: liaocheng[located[key]].refers_to for key in expected} == expected
    heads = {"N07": "N05", "N09": "N05", "N08": "N06", "N10": "N06", **{f"N{n}": "N28" for n in range(29, 35)}}
    assert {key: liaocheng[located[key]].head for key in heads} == {key: located[h] for key, h in heads.items()}


def test_little_else_is_taken_for_a_number_there(liaocheng: list[Statement]) -> None:
    assert len(liaocheng) <= 61 + 3


def _cells(*names: str) -> str:
    return " + ".join(f"requests/{name}/total" for name in names)


#: Report → (value, refers_to) of every statement of its text that speaks of cells, in reading order.
TIED: dict[str, list[tuple[float, str]]] = {
    "shanghai-go-2019.html": [
        (13, "proactive/regulation/published_new"),
        (60, "proactive/normative_document/published_new"),
        (859, RECEIVED),
        (12.3, f"{RECEIVED} / {RECEIVED}@previous"),
        (805, ANSWERED),
        (18, CARRIED_IN),
        (72, FORWARD),
        (258, _cells("granted", "partly_granted")),
        (33.9, f"{_cells('granted', 'partly_granted')} / {ANSWERED}"),
        (35, _cells("denied")),
        (4.34, f"{_cells('denied')} / {ANSWERED}"),
        (265, _cells("unavailable")),
        (32.9, f"{_cells('unavailable')} / {ANSWERED}"),
        (158, _cells("not_processed")),
        (19.6, f"{_cells('not_processed')} / {ANSWERED}"),
        (0, _cells("other")),
        (7, RECONSIDERATION),
        (9, LITIGATION),
        (
            0,
            "reviews/reconsideration/corrected + reviews/reconsideration/pending"
            f" + {litigation('corrected')} + {litigation('pending')}",
        ),
        (0, litigation("corrected")),
    ],
    "hangzhou-2025.html": [],
    "huaian-2024.pdf": [
        (1, "proactive/regulation/issued"),
        (3119, RECEIVED),
        (3050, ANSWERED),
        (34, CARRIED_IN),
        (103, FORWARD),
        (351, RECONSIDERATION),
        (72, "reviews/reconsideration/upheld"),
        (64, "reviews/reconsideration/corrected"),
        (178, "reviews/reconsideration/other"),
        (37, "reviews/reconsideration/pending"),
        (46, LITIGATION),
        (25, litigation("upheld")),
        (5, litigation("corrected")),
        (9, litigation("other")),
        (7, litigation("pending")),
    ],
    "hongze-2023.pdf": [(21, RECEIVED)],
}


@pytest.mark.parametrize("name", TIED)
def test_what_the_other_reports_say_of_their_cells(name: str) -> None:
    from liaocheng_foi.report import read as read_report

    if not (REPORTS / name).exists():
        pytest.skip("the real reports are not beside the repository (../shared/reports)")
    if name.endswith(".pdf"):
        pytest.importorskip("liaocheng_foi.readers.pdf", reason="this version reads no PDF")
    report = read_report(REPORTS / name)
    found = extract(report.paragraphs, report.edition, report.year)
    assert [(one.value, one.refers_to) for one in found if one.refers_to] == TIED[name]
