"""Sentences as reports word them, against the figures of real reports: true ones raise nothing, false ones are found."""

from functools import cache

import pytest
from panels import cells_of, real

from liaocheng_foi.checks import examine
from liaocheng_foi.grid import TextPart
from liaocheng_foi.report import Report

ORGAN = {
    "hangzhou-2025": "某某市人民政府",
    "liaocheng-2020": "聊城市人民政府",
    "shanghai-go-2019": "某市人民政府办公厅",
}
OF_TEXT = ("TX", "PC", "RV05", "PR12", "PR13", "XY08")


@cache
def figures_of(name):
    return Report.from_figures(real(name), organ=ORGAN.get(name, name.split("-")[0]))


def saying(name, *sentences):
    """A real report's figures with these sentences as its first part."""
    made = figures_of(name)
    paragraphs = [TextPart("overview", sentence) for sentence in sentences]
    return Report(made.cells(), made.edition, made.metadata, paragraphs=paragraphs)


def grave(name, *sentences, others=()):
    """(rule, severity) of what the text rules say beyond remarks."""
    examined = examine([*others, saying(name, *sentences)])[-1]
    failed = [f for f in examined.failed if f.rule.startswith(OF_TEXT) and f.severity != "info"]
    return sorted({(finding.rule, finding.severity) for finding in failed})


TRUE = {
    "hangzhou-2025": """\
2025年，全市各级行政机关共收到政府信息公开申请14069件，上年结转560件，办结13810件，结转下年度继续办理819件。
全年共受理依申请公开14069件（自然人13612件、法人457件），连同上年结转的560件，共需办理14629件，已办结13810件。
2025年，全市新收和上年结转政府信息公开申请共计14629件，办结13810件。
全市共办理政府信息公开申请14629件，办结率94.4%。
全市收到公开申请14069件，加上上年度结转560件，共14629件，其中按期答复13810件，按期答复率100%。
2025年新收政府信息公开申请14069件，其中自然人申请13612件，占96.75%，法人或其他组织申请457件，占3.25%。
从申请人类型看，自然人13612件，占96.75%；商业企业252件，占1.79%；社会公益组织45件，占0.32%；其他32件，占0.23%。
其中公民申请13612件，法人及其他组织申请457件。
予以公开5548件，占40.17%；部分公开2168件，占15.70%；不予公开730件，占5.29%；无法提供3421件，占24.77%。
予以公开、部分公开、不予公开分别为5548、2168、730件，占比分别为40.17%、15.70%、5.29%。
在已办结的13810件申请中，予以公开和部分公开的共7716件，占55.87%。
全年共答复13810件，其中予以公开5548件，部分公开2168件，两项合计占55.87%。
予以公开5548件，占40.17%；部分公开2168件，占15.70%；两项占比之和为55.87%，不予公开、无法提供共占30.06%。
不予公开730件，无法提供3421件，不予处理457件，上述三类共4608件，占33.4%。
新收申请14069件，上年结转560件，合计14629件；行政复议790件、行政诉讼212件，共计1002件。
全市应办理申请14629件，实际办结13810件，余819件结转2026年继续办理。从申请主体看，自然人13612件，法人和其他组织457件。
全市共答复申请13810件，按时答复12000件，延期答复1810件，未办结819件，转下年度办理。
受理公开申请14069件（自然人13612件，法人或其他组织457件）；同意公开和部分公开7900件；其他行政诉讼案件4200件。
当面申请9000件、网络申请4000件、其他方式1069件；2023年、2024年、2025年分别收到申请9512件、12766件、14069件；15个工作日内答复9472件。
因政府信息公开被申请复议790件，其中部委受理760件、省政府受理30件。与2020年相比，申请量增加9000件，增幅177.5%。
一是公开和部分公开共7716件，其中予以公开5548件、部分公开2168件；二是不予公开730件，占5.29%；三是无法提供3421件，占24.77%。
全市各单位共办理答复13810件（含上年结转），其中：予以公开5548件；连同2024年转来的560件，共需处理14629件，往年结转560件。
截至12月底，共收到申请14069件，上年度未办结转入560件；申请人以自然人为主，共13612件；逾期不补正视为放弃318件。
不予公开类答复730件，不予处理类答复457件，其他类答复1486件；2024年度结转至2025年度办理的560件已全部办结。
因本机关不掌握相关政府信息无法提供3222件，因没有现成信息需要另行制作无法提供的180件，重复申请不予处理148件。
市政府及市政府办公厅印发文件120件，其中主动公开103件，行政规范性文件32件；1月至6月收到申请6800件。
全市行政复议机构受理涉政府信息公开行政复议申请1210件，审结1098件，纠错率11.2%。
柳林镇收到申请8件，县（市、区）政府及其部门收到申请9000件；受理行政复议案件5800件，办结5200件。
收到政府信息公开申请14069件，内容为征地拆迁5628件，占40.0%；规划建设4221件，占30.0%；公安交通1407件，占10.0%。
发布信息486条（其中招生类62条，财务类31条），回应留言73条；从业人员1236人，其中专职213人，兼职1023人。
其中“予以公开”和“部分公开”占比55.9%，“无法提供”占比24.8%。
13810件已办结申请中，40.2%予以公开，15.7%部分公开。
依申请公开共答复13810件，其中公开7716件，占55.9%。
不予公开的730件中，属于国家秘密13件，危及“三安全一稳定”11件，保护第三方合法权益51件，属于行政执法案卷286件。
无法提供3421件，其中本机关不掌握相关政府信息3222件，占无法提供的94.18%。
因申请人逾期未缴纳信息处理费203件，逾期不补正318件，其他965件。
因政府信息公开引发的行政复议790件，其中结果维持376件、结果纠正97件、其他结果196件、尚未审结121件。
行政诉讼212件，其中维持90件、纠正2件、其他42件、未审结78件。
审结行政复议669件，维持率56.2%，纠错率14.5%。
2025年行政诉讼案件中，未经复议直接起诉56件（维持16件、纠正1件），复议后起诉156件（维持74件、纠正1件）。
制发规章3件，废止规章5件，现行有效规章74件；制发行政规范性文件564件，废止984件，现行有效4185件。
全年行政处罚693.75万件，行政强制16.61万件，行政事业性收费31.64亿元。
2025年全市共收到政府信息公开申请1.4万余件，办结1.38万件。
新收到14069件申请，上年转结560件，全部申请14629件中13810件已办结、819件尚在办理期限内。
2025年，市政府本级收到政府信息公开申请312件，办结308件。
市政府办公室收到信息公开申请128件，答复126件；东区收到申请96件。
各区、县（市）政府收到申请9876件，市级部门收到申请3881件。
以市政府名义印发规范性文件18件，以市政府办公厅名义印发行政规范性文件32件。
全市行政复议机关共收到行政复议申请5800件，受理5500件，审结5200件。
收到市级机关转办的信息公开申请36件。
全市共收到网上申请9000件，占64.0%，信函申请4000件，当面申请1069件。
20个工作日内答复12000件，延期答复1810件，平均用时12.5个工作日。
办理人大代表建议320件、政协提案450件，答复率100%；12345热线受理诉求230000件，办结率99.8%。
近三年申请量分别为11000件、12500件、14069件；2023年收到申请11000件，办结10900件。
主动公开政府信息56000条，其中网站公开43000条、微信公开32000条、微博公开18000条。
对13810件申请作出答复，其中公开类7716件（予以公开5548件、部分公开2168件）。
市级机关收到政府信息公开申请3881件，占全市27.6%；区县收到10188件，占72.4%。
自然人申请中予以公开5345件，部分公开2120件，占自然人申请总数的54.8%。
不予公开的主要原因是行政执法案卷286件（39.2%）、行政查询事项150件（20.5%）、内部事务信息104件（14.2%）。
被复议790件，复议纠错97件，同比减少12件；收到行政复议决定书669份；复议诉讼共1002件。
行政许可事项目录1120项，行政处罚事项3400项，公开行政许可信息1139万条。
5548件予以公开，2168件部分公开，730件不予公开；公开率55.9%，比上年提高2.1个百分点。
全市收到政府信息公开申请１４０６９件，办结１３，８１０件，结转至2026年继续办理的819件已在1月底前办结。""",
    "liaocheng-2020": """\
2020年，全市共收到政府信息公开申请1054件，其中自然人967件、商业企业29件、法律服务机构44件、其他6件。
加上2019年结转的10件，共1064件，答复1051件，13件结转2021年继续办理。
共办结依申请公开1051件，其中主动公开范围内告知126件，同意公开506件，同意部分公开84件。
本年新制作规范性文件131件，政府集中采购3894项。
2020年全市共发生政府信息公开行政复议28件，其中维持15件、其他结果9件、尚未审结4件，无被纠正案件。
全年未发生因政府信息公开被纠错的行政复议、行政诉讼案件。
其中市自然资源和规划局收到申请156件，东昌府区收到申请210件。
受理政府信息公开行政复议案件35件，审结31件。
截至2020年底，累计收到申请1560件，累计办结1500件。
因政府信息公开被申请行政复议28件，审结24件，均获维持。""",
}


@pytest.mark.parametrize(("name", "sentence"), [(n, s) for n, text in TRUE.items() for s in text.split("\n")])
def test_true_sentences_raise_nothing(name, sentence):
    assert grave(name, sentence) == []


FALSE = [
    ("hangzhou-2025", "全年共收到政府信息公开申请14096件。", ("TX01", "error")),
    ("hangzhou-2025", "2025年新收公开申请14069件，上年结转506件。", ("TX03", "error")),
    ("hangzhou-2025", "全市办结政府信息公开申请13801件。", ("TX02", "error")),
    ("hangzhou-2025", "政府信息公开申请结转下年度办理891件。", ("TX03", "error")),
    ("hangzhou-2025", "办理结果中，予以公开5345件，部分公开2168件。", ("TX04", "error")),
    ("hangzhou-2025", "属于三类内部事务信息140件。", ("TX04", "error")),
    ("hangzhou-2025", "从申请人看，自然人13162件，商业企业252件。", ("TX01", "error")),
    ("hangzhou-2025", "政府信息公开引发行政复议970件。", ("TX07", "warning")),
    ("hangzhou-2025", "行政复议790件，其中维持367件、纠正97件。", ("TX07", "warning")),
    ("hangzhou-2025", "行政复议790件，纠错率21.3%。", ("TX07", "warning")),
    ("hangzhou-2025", "行政复议790件，维持376件，占47.59%。", ("TX07", "warning")),
    ("hangzhou-2025", "制发行政规范性文件546件。", ("PR12", "warning")),
    ("hangzhou-2025", "全市办结申请13810件，其中予以公开5548件，占41.17%。", ("PC05", "error")),
    ("hangzhou-2025", "全市办结申请13810件，其中予以公开5548件，占40.25%。", ("PC05", "warning")),
    ("hangzhou-2025", "予以公开5548件，占45.1%。", ("PC05", "warning")),
    ("hangzhou-2025", "予以公开5548件，部分公开2168件，两项合计占65.87%。", ("PC05", "warning")),
    ("hangzhou-2025", "办结13810件，其中予以公开5548件，部分公开2168件，合计占65.87%。", ("PC05", "error")),
    ("hangzhou-2025", "予以公开5548件，部分公开2168件，两者合计7761件。", ("TX04", "error")),
    ("hangzhou-2025", "新收申请14069件，上年结转560件，合计14692件。", ("TX01", "error")),
    ("hangzhou-2025", "全市答复申请13810件。从申请主体看，自然人13662件。", ("TX01", "error")),
    ("hangzhou-2025", "全市各单位共办理答复13801件（含上年结转），其中：予以公开5548件。", ("TX02", "error")),
    ("hangzhou-2025", "连同2024年转来的506件，共需处理14629件。", ("TX03", "error")),
    ("hangzhou-2025", "受理申请14069件，往年结转560件，共计14692件。", ("TX01", "error")),
    ("hangzhou-2025", "截至12月底，全市共收到申请14096件。", ("TX01", "error")),
    ("hangzhou-2025", "因本机关不掌握相关政府信息无法提供3421件。", ("TX04", "error")),
    ("hangzhou-2025", "政府信息公开申请按时办结率137%。", ("PC06", "error")),
    (
        "hangzhou-2025",
        "收到申请14069件，内容为征地5628件，占40.0%；规划4221件，占37.3%；交通1407件，占10.0%。",
        ("PC05", "warning"),
    ),
    ("hangzhou-2025", "发布解读90篇，其中图解31篇，视频25篇，两者合计57篇。", ("TX10", "warning")),
    ("hangzhou-2025", "予以公开5548件，占39.43%。", ("TX05", "warning")),
    ("hangzhou-2025", "予以公开5548件，占办结总数的140.17%。", ("PC06", "error")),
    ("hangzhou-2025", "收到公开申请14069件，其中网络申请9000件、信函申请4000件、当面申请1000件。", ("TX09", "warning")),
    ("hangzhou-2025", "发布解读479件，其中文字235件、图表36件、视频88件、问答72件、访谈49件。", ("TX10", "warning")),
    ("hangzhou-2025", "行政诉讼均获维持。", ("RV05", "warning")),
    ("hangzhou-2025", "已审结的行政诉讼均获维持。", ("RV05", "warning")),
    ("shanghai-go-2019", "行政复议均获维持。", ("RV05", "warning")),
    ("hangzhou-2025", "全年没有被纠错的政府信息公开行政复议。", ("TX07", "warning")),
    ("hangzhou-2025", "收到政府信息公开申请14069件，比2024年的12500件增长21.55%。", ("XY08", "warning")),
    ("liaocheng-2020", "2020年，全市收到政府信息公开申请1054件，答复1015件。", ("TX02", "error")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "sentence", "expected"), FALSE)
def test_false_sentences_are_found(name, sentence, expected):
    assert expected in grave(name, sentence)


def test_one_quantity_with_two_values():
    sentences = "2025年收到政府信息公开申请14069件。", "全市收到政府信息公开申请14096件。"
    assert ("TX11", "error") in grave("hangzhou-2025", *sentences)


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("予以公开632件，占60.13%，部分公开84件，占7.99%，其他处理24件，占2.28%。", None),
        # 33 of 1051 is 3.1399 %
        ("办结申请1051件，其中不予公开33件，占3.13%。", "PC02"),
        (
            "办结申请1051件，其中予以公开632件，占60.13%；部分公开84件，占7.99%；不予公开33件，占3.14%；"
            "无法提供269件，占25.59%；不予处理9件，占0.86%；其他处理24件，占2.29%。",
            "PC03",
        ),
        (
            "办结申请1051件，其中予以公开632件，占60.13%；部分公开84件，占7.99%；不予公开33件，占3.14%；"
            "无法提供269件，占25.60%；不予处理9件，占0.86%；其他处理24件，占2.28%。",
            "PC04",
        ),
        ("政府信息公开申请答复率达100%。", "TX08"),
        ("公开信息215条，其中动态205条、财政12条、通知35条。", "TX10"),
        ("从业人员1236人，其中专职213人，兼职1040人。", "TX10"),
        ("公开率同比上升5%。", "PC07"),
        ("市政府本级收到政府信息公开申请64件。", "TX01"),
        ("全市办理行政处罚1200件。", "PR12"),
    ],
)
def test_what_only_asks_for_a_look(sentence, rule):
    (examined,) = examine(saying("liaocheng-2020", sentence))
    found = {(f.rule, f.severity) for f in examined.failed if f.rule.startswith(("TX", "PC", "PR12"))}
    assert found == ({(rule, "info")} if rule else set())


def test_the_numbers_of_rounding_are_exact():
    (examined,) = examine(saying("liaocheng-2020", "办结申请1051件，其中不予公开33件，占3.13%。"))
    (finding,) = (f for f in examined.failed if f.rule == "PC02")
    assert (finding.found, finding.expected, finding.zh) == (3.13, 3.1399, "占3.13%：33/1051为3.1399%，印为截尾值")


@pytest.mark.parametrize(
    ("sentence", "state"),
    [
        ("2024年，全市收到政府信息公开申请3525件，同比增长0.4%。", "pass"),
        ("2024年，全市收到政府信息公开申请3525件，同比增长1.08%。", "pass"),  # with what was carried in
        ("2024年，全市收到政府信息公开申请3525件，同比增长1.05%。", "fail"),
        ("2024年，全市收到政府信息公开申请3525件，较上年增加41件。", "fail"),
        ("2024年，全市收到政府信息公开申请3525件，同比下降0.4%。", "fail"),
    ],
)
def test_growth_against_the_report_before(sentence, state):
    before = saying("suqian-2023")
    examined = examine([before, saying("suqian-2024", sentence)])[-1]
    assert {f.state for f in examined.findings if f.rule == "XY08"} == {state}


def test_last_years_figure_quoted_otherwise():
    sentence = "2024年，全市收到政府信息公开申请3525件，2023年收到申请3500件。"
    examined = examine([saying("suqian-2023"), saying("suqian-2024", sentence)])[-1]
    assert [(f.expected, f.found) for f in examined.failed if f.rule == "XY09"] == [(3511, 3500)]


def test_a_wrong_digit_in_any_tied_number_is_found():
    """Every number of the true sentences of the large city that is tied to a cell, made wrong, one at a time."""
    missed, tried = [], 0
    for sentence in TRUE["hangzhou-2025"].split("\n")[:12]:
        report = saying("hangzhou-2025", sentence)
        for said in report.numbers_in_text:
            number = f"{said.value:g}"
            start = sentence.find(number, *said.number)
            if said.kind != "count" or not said.refers_to or start < 0:
                continue
            tried += 1
            changed = f"{sentence[:start]}{said.value + 37:g}{sentence[start + len(number) :]}"
            if not grave("hangzhou-2025", changed):
                missed.append(changed)
    assert tried > 30 and missed == []


def test_cells_are_real():
    assert cells_of("hangzhou-2025")["requests", "received_new", "total"] == 14069
