"""The Chinese words of the narrative as data: what reports call the cells of the form, and how they count.

The labels of the form itself come from the codebook; here stand only the other words of the prose. A word is
a pattern for text without blanks and with titles masked (:mod:`.numbers`). Where two patterns fit at one
place the first listed one is taken, so the narrower wording stands before the wider. Repeated words are
possessive (``(?>…)*+``): no text, however odd, makes a pattern try the same words twice.
"""

from __future__ import annotations

RECEIVED, CARRIED_IN = "requests/received_new/total", "requests/carried_in/total"
ANSWERED, CARRIED_FORWARD = "requests/outcome_total/total", "requests/carried_forward/total"
WORKLOAD = (RECEIVED, CARRIED_IN)

_NEXT_YEAR = "(?:下|次|明|来)一?个?年度?"
_LAST_YEAR = "(?:上|去|前|往)一?个?年度?(?:末|底)?"
_THIS_YEAR = "(?:本|今|当)年度?"
_GO_ON = "(?:继续)?(?:办理|答复|处理|办结)?"
_RECEIVE = "(?:收到|收悉|接收|接到|接受|受理|登记)到?"
_ANYTHING = "(?:(?!结转|顺延|转入|复议|诉讼|自然人|法人|企业|机构|答复|办结|[，。；：、\\d]).){0,30}?"
_REQUEST = "申请(?!人|行政|复议)(?:公开)?(?:(?:政府)?信息)?(?:件|表|书)?"
#: What may stand between a verb and 申请; requests for licences and benefits are no requests for information.
PLAIN = (
    "(?>政府|信息|依|公众|群众|社会|市民|的|提出|提交|递交|通过|网络|网上|在线|互联网|信函|邮寄|"
    "传真|当面|现场|电子邮件|平台|系统|渠道|方式|等|有效|书面|线上|线下|本机关|我[省市局县区委办镇乡街]|※+|共计?|到|"
    "、|向|有|任何|一件|因|主题|本年度?)*+"
)
_TAKEN = f"(?:{_ANYTHING}公开的?{_REQUEST}|{PLAIN}{_REQUEST})"
_NEW = "(?:新收到?|新受理|新增|新接收)"
_SUE = "(?<!其[他它])(?<!其[他它]行政)(?:提起)?(?:行政)?(?:起诉|诉讼|应诉)(?:案件|案)?"
_ANSWER = "(?:办理完毕|办理完成|办理答复|办复|答复|办结|回复)"

#: (concept, pattern). ``requests/…`` and ``proactive/…`` are rows of those tables, ``applicant/…`` columns of
#: requests, ``proceeding/…`` and ``result/…`` rows and columns of reviews (``concluded``: all but pending).
#: The others have no cell of their own or one that their surroundings decide.
CONCEPTS: tuple[tuple[str, str], ...] = (
    (
        "requests/carried_in",
        f"{_LAST_YEAR}的?(?:申请)?(?:结转|转结|转入|转来|遗留|顺延|未办结|结余)(?:结转|转入)?(?:至|到|入)?(?:{_THIS_YEAR})?{_GO_ON}",
    ),
    ("requests/carried_in", f"结转自?{_LAST_YEAR}|结转自20\\d\\d年度?|(?:转入|结转)(?:至|到)?{_THIS_YEAR}{_GO_ON}"),
    (
        "requests/carried_forward",
        f"(?:结转|顺延|延续|延期|转|留|跨)(?:至|到|入|往|为|在)?{_NEXT_YEAR}{_GO_ON}",
    ),
    ("carried_year", f"(?:结转|顺延)(?:至|到|入|往)?20\\d\\d年度?{_GO_ON}"),
    ("requests/carried_forward", "(?:下|次)一?年度?(?:继续)?(?:办理|答复)"),
    ("carried_dated", "20\\d\\d年度?(?:结转|转入|转来|遗留)(?!至|到|入|往|下|次)"),
    ("in_progress", "(?:正在|仍在|尚在)(?:办理|处理)中?|(?:尚|还|仍)?未(?:办结|答复)(?!率)"),
    ("carried", "结转|顺延"),
    ("requests/received_new", f"{_THIS_YEAR}{_NEW}{_TAKEN}"),
    ("requests/received_new", f"{_NEW}{_TAKEN}|新收到?|新受理|新接收"),
    ("received", f"{_RECEIVE}{_TAKEN}"),
    ("handled", f"(?:办理|处理){_TAKEN}"),
    ("to_handle", "(?:应|应当|需|共需)(?:予以?)?(?:办理|处理|答复|办结)"),
    (
        "request",
        f"(?:政府)?信息公开{_REQUEST}|依申请公开(?:政府)?(?:信息)?(?:申请件?|事项|件)?|公开{_REQUEST}",
    ),
    ("request", "(?<![^，。；：、的年度占共])申请(?:总数|总量|数量|数|量|件)"),
    ("receive", _RECEIVE),
    # in time, or late: some of those answered
    ("outcome_part", f"(?:按[时期]|如期|延[期时]|逾期|超期|(?<!年)内(?:予以|作出)?){_ANSWER}(?![率完])"),
    (
        "requests/outcome_total",
        f"{_ANSWER}(?:了|的|政府|信息|公开|依|申请(?!人)|总数|总量|数量|数|件)*",
    ),
    ("requests/denied", "不予以?公开|不同意公开|不公开"),
    ("requests/partly_granted", "(?:予以|给予|同意)?部分(?:予以|同意)?公开|区分处理"),
    # 同意公开 is said beside 主动公开, and then is only a part of what was granted
    ("outcome_part", "同意(?:全部)?公开"),
    ("requests/granted", "(?<![动予同意不])公开(?=[和及与、]部分(?:予以)?公开)"),
    ("requests/granted", "(?:予以|给予|准予|全部|完全|予)(?:全部|以)?公开"),
    ("requests/unavailable", "无法提供"),
    ("requests/not_processed", "不予处理"),
    ("requests/other", "其[他它]处理"),
    ("requests/denied.state_secret", "国家秘密"),
    ("requests/denied.forbidden_by_law", "(?:其[他它])?法律、?(?:行政)?法规(?:规定)?禁止公开"),
    ("requests/denied.security_stability", "“?三安全一稳定”?"),
    ("requests/denied.third_party_rights", "第三方(?:合法)?权益"),
    ("requests/denied.internal_affairs", "(?:三类)?内部事务(?:性|类)?(?:信息)?"),
    ("requests/denied.process_information", "(?:四类)?过程性(?:信息)?"),
    ("requests/denied.enforcement_file", "(?:行政)?执法案卷(?:信息)?"),
    ("requests/denied.administrative_query", "行政查询(?:类)?(?:事项)?"),
    ("requests/unavailable.not_held", "(?:本(?:行政)?机关|本单位)?(?:不掌握|未掌握)(?:的|相关|政府|信息)*"),
    ("requests/unavailable.must_be_created", "没有现成信息|需要?(?:另行|重新)?(?:制作|加工)"),
    ("requests/unavailable.still_unclear", "补正后(?:申请内容)?仍?不明确"),
    ("requests/not_processed.petition_complaint", "信访、?(?:举报)?、?(?:投诉)?(?:类|等)?(?:事项|申请)?"),
    ("requests/not_processed.repeated", "重复(?:提出)?申请"),
    ("requests/not_processed.publication", "公开出版物"),
    ("requests/not_processed.excessive", "(?:无正当理由)?大量、?反复申请"),
    ("requests/not_processed.reissue", "确认或(?:者)?重新出具(?:已获取(?:的)?信息)?"),
    ("requests/other.overdue_correction", "(?:无正当理由)?逾期(?:不|未)补正"),
    ("requests/other.overdue_fee", "逾期(?:不|未)(?:按收费通知要求)?缴(?:纳?费用?|纳信息处理费)"),
    ("applicant/natural_person", "公民(?:个人)?(?!、|信息|的)"),
    ("applicant/legal_person", "法人(?:或者?|和|及|以及|、|与)?其[他它]组织|法人"),
    ("applicant/public_interest", "社会公益(?:组织|机构)|公益组织"),
    ("applicant/legal_service", "法律服务(?:机构|组织)"),
    ("proceeding/litigation_after_reconsideration", f"(?:行政)?复议后(?:又|再|不服)?{_SUE}"),
    (
        "proceeding/litigation_direct",
        f"(?:未经(?:行政)?复议)?直接(?:向(?:人民)?法院)?{_SUE}|未经(?:行政)?复议(?:的)?{_SUE}",
    ),
    ("proceeding/reconsideration", "(?:申请|提起|提出)?(?:行政)?复议(?:申请|案件|案)?(?!机关|委)"),
    ("proceeding/litigation", _SUE),
    ("result/corrected", "结果纠正|纠[正错](?!率)"),
    ("result/lost", "败诉(?!率)"),
    ("result/other", "其[他它]结果"),
    ("result/pending", "(?:尚|还|仍)?未(?:审结|结案|审理完毕)|(?:正在|尚在|仍在)审理(?:过程)?中?|审理中"),
    ("result/concluded", "审结|结案"),
    ("result/upheld", "(?:结果)?维持(?!率)(?:原(?:具体)?(?:行政行为|答复|决定))?"),
    ("result_part", "驳回|撤销|撤回|确认违法|终止|胜诉|变更|责令"),
    ("other", "其[他它](?:情形|情况|类型?|方式|原因)?(?:答复(?!率))?"),
    ("channel/in_person", "当面|现场|窗口"),
    ("channel/online", "网络|网上|在线|互联网|网站|平台|线上"),
    ("channel/email", "电子邮[件箱]|邮箱"),
    ("channel/post", "信函|邮寄|邮政|寄送|来信"),
    ("channel/fax", "传真"),
    ("fee/processing", "(?:信息)?处理费用?"),
    ("proactive/normative_document", "(?:行政)?规范性文件"),
    ("proactive/regulation", "规章(?!制度)"),
    ("proactive/license", "行政许可"),
    ("proactive/penalty", "行政处罚"),
    ("proactive/coercion", "行政强制(?:措施|执行)?"),
    ("proactive/fee", "行政事业性收费"),
    ("proactive/procurement", "(?:政府)?集中采购"),
)

#: Concept -> the cells it means, and what else the same wording may mean.
FLOWS: dict[str, tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]] = {
    "requests/received_new": ((RECEIVED,), ()),
    "received": ((RECEIVED,), (WORKLOAD,)),
    "receive": ((RECEIVED,), (WORKLOAD,)),
    "request": ((RECEIVED,), (WORKLOAD, (ANSWERED,))),
    "handled": ((ANSWERED,), ((RECEIVED,), WORKLOAD)),
    "to_handle": (WORKLOAD, ()),
    "requests/carried_in": ((CARRIED_IN,), ()),
    "requests/carried_forward": ((CARRIED_FORWARD,), ()),
    "carried_dated": ((CARRIED_IN,), ()),
    "carried_year": ((CARRIED_FORWARD,), ((CARRIED_IN,),)),
    "in_progress": ((CARRIED_FORWARD,), ()),
    "carried": ((CARRIED_FORWARD,), ((CARRIED_IN,),)),
    "requests/outcome_total": ((ANSWERED,), ()),
}
#: Said of many other things too: they count requests only where the text is about requests.
VAGUE = frozenset(("requests/outcome_total", "to_handle", "receive", "in_progress", "carried"))
#: What a clause is about, where it names several kinds of concepts: the first of these.
RANK = (
    "fee",
    "result",
    "result_part",
    "applicant",
    "outcome",
    "outcome_part",
    "proceeding",
    "proactive",
    "flow",
    "other",
)

#: Between a concept and its number: words that leave the subject what it is.
FILLER = (
    "(?>申请(?:件|公开)?|案件|案|决定书?|数量?|量|总[数量计]|[共合总累]计|共|计|为|是|有|达到?|的|了|件数?|答复|处理|"
    "办理|情况|情形|类型?|其中|均|各|都|全部|已经?|被|经|获|依法|及时|按[时期]|予以|仍|还|尚|全年|本年度?|全[市县区]|"
    "[约近超逾]|超过|突破|不足|不到|接近|将近|至少|方面|分别|提交|提出|递交|渠道|方式|形式|途径|由|以|原因|因|涉及|属于|告知|要求|结果|新增|提起|发生|为主|视为放弃|"
    '[（(][^（()）\\d]*[）)]|[，,、:：（()）“”"]|——?)*+'
)
#: The same for documents and decisions, where a noun more is another thing (规范性文件解读, 行政许可信息).
NARROW_FILLER = (
    "(?>(?:处理)?决定书?|案件|案|数量?|总[数量计]|[共合总]计|共|计|为|是|有|达到?|的|了|件数?|总?金额|总额|超过|[约近超逾]|"
    "[:：，,])*+"
)
#: A bracket that explains the words before it; what it holds is not counted.
ASIDE = "[（(](?!包?含|包括|加|其中)[^（()）\\d]*[）)]"
#: Papers of a proceeding, which are no cases.
PAPER = "决定书|意见书|建议书|通知书"
#: Joins two subjects of one number.
CONNECTOR = (
    "”?(?:申请件?|案件|案|答复|情况)?(?:、|和|及其?|与|或者?|以及|加上?|连同|并|，?(?:并|包)?含|"
    "[（(]?(?:其中)?(?:包?含|包括))(?:其中|被|已)?“?"
)
#: Before a number whose subject follows it (``另有3件顺延至下年度``).
LEADING = (
    "(?>[，,、:：；;（()）“”]|其中|全[省市县区州旗镇]|另外?|此外|尚|还|仍|有|共|对|将|把|已|均|就|中|余下?|其余|剩余|截至|目前|年内|全年|"
    "20\\d\\d年度?)*+"
)
#: Opens a list whose members are parts of the count before it; a bracket alone does so only for what was
#: carried in and what is new.
LIST = "其中|包括|(?<!不)[（(](?:包)?含|^[（(]?[:：]|^(?:申请)?中[，,:：]|^[（(](?!其中|包括|包?含)"
#: Ends such a list although the sentence goes on.
LIST_END = "[二三四五六七八九]是|另[有外]|此外|同时|累计|全年共|合计"

#: Unit -> what may not follow it, because it is then another word (条例).
UNITS: dict[str, str] = {
    **dict.fromkeys(
        (
            "个工作日", "工作日", "个百分点", "百分点", "个月", "件次", "条次", "项次", "场次", "篇次",
            "人次", "家次", "批次", "户次", "万元", "亿元", "元", "%", "‰", "倍", "小时", "分钟",
            "秒", "天", "课时", "学时", "宗", "例", "户", "套", "张", "页", "则", "轮", "支", "座",
            "辆", "吨", "幅", "集", "讲", "封", "卷", "册", "平方米", "公里", "亩", "项",
        ),
        "",
    ),
    "篇": "章", "件": "套|事|实事", "条": "例|件|款", "个": "性", "次": "元|生|序|日|年",
    "场": "所|景|地|馆|面|合", "期": "间|限|货|望", "份": "额",
    "人": "大|民|员|均|事|社|才|口|工|类|行|物|们|士", "名": "单|录|称|义", "家": "庭|园|长|具",
    "部": "门|署|委|分|级|队", "起": "来|草|诉|到|着|步|点|止", "类": "别|似", "种": "植",
    "批": "复|准|示", "本": "级|市|县|区|年|机关|单位|部门|地|报告|身|次|着|办",
    "处": "理|罚|置|于|室|分", "台": "账|湾|州|阶", "组": "织|成|建|合", "位": "于|列|居|数|置",
    "分": "之|别|析|类|布|级|享|散|为|工|组|支|公|局|管|解|配|开|办|会|钟|秒", "版": "权|本|面|块",
    "所": "有|属|需|在|以|辖", "字": "号", "款": "项", "站": "点|式|在", "门": "户|类|口|槛",
    "栏": "目",
    "日": "(?!之?内|以内)",
}  # fmt: skip
#: With a numeral in characters only words that count cases and occasions; 一个, 三项 and the like are prose.
NUMERAL_UNITS = (
    "件次|件(?!套|事|实事|[^，。、；]?大事)|人次|场次|宗|起(?!来|草|诉|到|着|步|点)|例(?!外|如|行|会)|"
    "次(?!元|生|序|数|性)|场(?!所|景|地|馆|面|合)|期(?!间|限|货|望)|篇(?!章)|万元|元(?!旦)|条(?!例|件|款)"
)

#: Over and under: what 余, 近 and their like say of the number beside them.
OVER_BEFORE = "超过|超出|超|逾|突破|不少于|不低于|至少|多达|上"
UNDER_BEFORE = "(?<![最附])近|将近|接近|不足|不到|不超过|至多"
ABOUT_BEFORE = "(?<![预节公制合])(?:大)?约|大概"
OVER_AFTER = "余|多|以上|有余"
ABOUT_AFTER = "左右|上下|来"

UP = "增长|增加|上升|提高|提升|上涨|攀升|增幅|升幅|多"
DOWN = "下降|减少|回落|降低|下滑|降幅|少"
#: Directly before the number: change of what was spoken of.
CHANGE = f"(?P<word>{UP}|{DOWN})(?:幅度|比例|率)?(?:了|约|近|超过|超|达到?|为|是|[:：])*$"
#: Between a number and the words behind it that say what it counts (22件已办结).
OF_NUMBER = "(?:已经?|均|都|被|予以|为|系|是|属于?|由|尚|仍|还)*"
#: Before a number that this year's is compared with.
BASE = "(?:[较比由从与]|对比|相比)?(?:去年|上年|上一年|(?P<year>20\\d\\d)年)度?(?:同期)?(?:的|为|有|（)?$"
COMPARED = "同比|环比|较|比|相比|去年|上年"
#: Months are compared, not years.
NOT_YEARLY = "环比|上月|上季"

#: Directly before a percentage: 占, the whole if it is named, nothing else.
SHARE = "占比?(?P<whole>[^占]*)$"
#: Between a count and the percentage that is its share.
ONLY_SHARE = "[，,、（(]*(?:分别|各)?(?:占比?|比例|比重)?(?:约|近|为|达|[:：])*"
#: In front of 占 where the share is that of the count before.
RESTATES = "[，,、；（(]*(?:分别|各|约|数量|总数|件数|也|仅)*"
_JOINT = (
    "[，,、；;）)]*(?:以上|上述|这)?(?:(?P<many>[两二三四五六七八九])(?:项|者|类|种)(?:申请|情形|情况|结果|答复|方式)*)?"
    "的?(?:数量|件数|比例|占比)?(?:合计|总计|共计|之和|总和|相加|总共|共)"
)
#: All words between a number and one that is the share, or the sum, of several counts before it.
JOINT_SHARE = f"{_JOINT}(?:占比?|比例)?(?P<whole>[^，。；占]*?)(?:比例|比重)?[为达约近是]*"
JOINT_COUNT = f"{_JOINT}(?:数量)?[为达约近是有]*"
#: Names of rates -> the concept in the numerator; what they are divided by is not said.
RATES: tuple[tuple[str, str], ...] = (
    ("(?:答复|办结|回复)率", "requests/outcome_total"),
    ("败诉率", "result/lost"),
    ("纠错率|纠正率", "result/corrected"),
    ("维持率", "result/upheld"),
)
AFTER_RATE = "(?:均|为|达到?|是|约|[:：])*$"

#: Whose figure it is, where the words say so.
POPULATIONS: tuple[tuple[str, str], ...] = (
    ("filed", "备案|立案|复议(?:机关|机构|委员会)|司法局|(?:审理|受理|审结)[^，。；\\d]{0,12}复议"),
    ("applicants", "(?:自然人|公民|法人|企业|组织|机构)(?:提出的?|提交的?|的)?申请(?:件)?[中里]"),
    (
        "parts",
        "(?:区县|县区|县市区?|县（市、区）|区（[县市、]+）)(?:政府|及其部门)*(?=[^，。；]{0,4}(?:收到|接收|受理|办理|办结|答复))|(?<!各级)各(?:县|市(?!级)|区|州|旗|镇|乡|街道|园区|部门|单位|开发区)",
    ),
    (
        "own",
        "本级|[省市县区州]直|[省市县区州]级(?:各)?(?:部门|机关|单位)|以[^，。；\\d]{0,20}名义|"
        "(?:办公[厅室]|[局委])(?:本?年度?|20\\d\\d年度?|全年|累计|共计?|总计)*(?:新收|收到|接收|受理|办理|答复|办结)",
    ),
    (
        "region",
        "全[省市县区州旗镇](?:各级?[^，。；、\\d]{0,4}?(?:部门|单位|机关|政府|乡镇|街道))?|各级(?:各(?:部门|单位))?",
    ),
)
#: Another span of time than the report's year.
OTHER_TIME = (
    "[二三四五]五”?(?:时期|期间)|上半年|下半年|[一二三四1-4]季度|每[年月季周]|平均|人均|(?<!今年)(?<!本年)以来|近[一二三四五六七八九十两\\d]+年|历年|历史|"
    "(?:(?<!\\d)[1-9]|1[01]|12(?!月[底末]))月份?(?!\\d)|明年|截[至止][^。；]{0,20}累计"
)
#: Several years, whose figures follow one after the other.
SEVERAL_YEARS = "20\\d\\d年?度?(?:[、和及至]20\\d\\d年?度?)+"
#: The report's own year.
THIS_YEAR = "今年|本年|本报告年|全年"
#: Requests that others handed over are a part of those received.
HANDED_OVER = "转[办来送交]|移送|交办|批转"
LAST_YEAR = "(?:去年|上年|上一年)(?!度?(?:末|底)?的?(?:申请)?(?:结转|转结|转入|转来|遗留|顺延|未办结|结余))"
OTHER_YEAR = "(?<!结转)(?<!结转[至到自])(?<!顺延至)(20\\d\\d)年(?!度?(?:结转|转入|转来|遗留))"

#: What is done with documents when the count is not of documents made or published.
NOT_PUBLISHED = (
    "刊[登发载]|编发|公报|备案|报备|审[查核]|清理|解读|征求|评估|起草|修[订改]|部门规范性|部门规章|党内|检查|"
    "评查|培训|等$"
)
#: Decisions told of, not taken.
NOT_DECIDED = "公示|公开|发布|归集|录入|上传|报送|典型|案例"
#: What is handled, answered and closed: requests for information, or something else.
REQUESTS = "信息公开申请|依申请|公开申请|申请公开|(?<!复议)申请(?!人|(?:行政)?复议)"
NOT_REQUESTS = (
    "复议(?!机关)|建议|提案|热线|留言|信箱|来信|诉求|信访(?!举报)|咨询|工单|意见|网民|12345|政务服务|审批|许可"
)
#: Column of a document by edition: (pattern, edition -> column); the first that fits, the last always does.
MEASURES: tuple[tuple[str, dict[int, str]], ...] = (
    ("废止|失效|宣布.{0,4}无效", {2021: "repealed"}),
    ("现行有效|继续有效|有效", {2021: "in_force"}),
    ("对外公开总|累计公开|公开总数", {2019: "published_total"}),
    ("制[定作发]|出台|印发", {2019: "made_new", 2021: "issued"}),
    ("", {2019: "published_new", 2021: "issued"}),
)
#: 公开3件 among other outcomes.
SHORT_GRANT = ("公开", "同意", "准予")
#: In front of a short clause, and behind its word.
CLAUSE_ENDS = "^[，,、；：（]*(?:其中|截[至止](?:20\\d\\d年|年)?底?)?[，,、：]?|(?:申请|的|为)*$"

#: There was nothing: the words before the subject, alone before it (零败诉), and behind it.
NOTHING = (
    "(?<![尚从如若毫])(?P<no>未|没有(?!现成)|"
    "暂?无(?!法|正当|需|关|偿|障|纸|论|线|人|锡|为|不|效|故|条件))"
    "(?P<verb>(?:再|曾|被|有|收到|接到|接收|受理|发生|产生|出现|新增|引发|引起|涉及|收取|征收|存在|提起|办理|制发|"
    "制定|出台|过|任何|一[件起例])*)"
    "(?P<object>[^，。；！？,;：:\\d]{0,45})"
)
NO_SINGLE = "零(?P<object>[^，。；、！？,;：:\\d]{2,8})"
NOTHING_AFTER = "(?:均|都|皆|全部)?(?:未发生|没有发生|未产生|无发生|为“?零”?(?![\\d一-九])|[:：]无(?=[，。；、]|$))"
#: Behind the subject of such a clause only these may follow.
NOTHING_TAIL = "(?>案件|案|申请|的?情况|的?情形|事件|发生|现象|的|等|费用|记录|件|”)*+"
#: Conditions and instructions are no statements.
CONDITION = "如果?|若|申请人|可以|可向|应当|逾期|超过"
#: Every case was upheld.
ALL_UPHELD = "(?:均|全部|都|皆)(?:已|获|被|得|予以|得到|依法|结果|为|法院|复议机关)*(?:维持|胜诉)"

#: Clauses of law that name everybody, not a kind of applicant.
ANYBODY = "公民、?(?:和|或者?)?法人(?:、|或者?|和|及|以及|与)?(?:者)?其[他它]组织"
