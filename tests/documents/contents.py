"""Believable contents for the papers of the groups, with nobody's name."""

from datetime import date, datetime

from walkthrough_app.documents.charts import Heat, Sample, Tally
from walkthrough_app.documents.papers import (
    AnnexTable,
    AssignedProblem,
    AssignmentLetter,
    Bulletin,
    Column,
    Contact,
    Extension,
    GroupReport,
    Inspection,
    LetterHead,
    Overview,
    Practice,
    ProblemClass,
    Rectification,
    Reply,
    Review,
    Signed,
    SupervisedProblem,
    SupervisionNotice,
    TopProblem,
    Urge,
)

OFFICE = "示例市深化机关作风整顿领导小组办公室"
CONTACT = Contact("督办科科长", "0453-0000000")
CAMPAIGN = "“一把手走流程”"
NOTICE = SupervisionNotice(
    head=LetterHead(OFFICE, "市作风督〔2018〕5号", urgency="特急"),
    unit="示例市公安局",
    co_units=("示例市政务服务中心",),
    matter="居民身份证补领重复取号排队问题限期整改",
    basis=(
        "《关于进一步做好“一把手走流程”工作的通知》（〔2018〕13号）：“不能马上整改的，要明确整改时限和步骤”",
        "《政府督查工作条例》第十六条",
    ),
    problems=(
        SupervisedProblem("WT-2018-市直-公安局-0007", "照相与受理分在两层，群众须两次取号，7月9日两次等候共41分钟。"),
        SupervisedProblem("WT-2018-市直-公安局-0011", "网上公布午间不休，现场11时40分停止取号。"),
    ),
    requirement="一事一报：写明整改措施、完成日期和责任人职务，附整改前后照片；不能按期办结的，须在时限前说明理由并申请延期。",
    due_on=date(2018, 8, 20),
    contact=CONTACT,
    feedback="书面材料加盖单位公章，报市作风整顿办作风评议组（市直机关工委）",
    issued_by="市作风整顿办主任",
    issued_on=date(2018, 8, 6),
    copies_to=("市纪委监委机关", "市委督查室", "市政府督查室"),
)
ANSWERED = SupervisionNotice(
    **vars(NOTICE)
    | {
        "received": Signed("示例市公安局办公室主任", datetime(2018, 8, 6, 15, 20)),
        "reply": Reply(
            done="8月8日召开专题会，调整户籍大厅布局，照相设备由二楼移至一楼；8月15日起照相、受理一次取号、一窗办结。",
            result="8月16日复测3次，取号1次，平均等候12分钟。佐证：照片3张（ZJ-0031至ZJ-0033）。",
            confirmed=Signed("示例市公安局局长", datetime(2018, 8, 17, 9, 0)),
        ),
        "review": Review(
            "closed",
            "现场复核属实，取号一次，未再要求到二楼照相。",
            Signed("作风评议组组长", datetime(2018, 8, 21, 10, 5)),
        ),
        "urges": (Urge(date(2018, 8, 13), "电话", "设备已移装，正在调试"),),
        "extensions": (Extension(date(2018, 8, 14), "取号系统接口调试需要3天", date(2018, 8, 23), "市作风整顿办主任"),),
    }
)
LETTER = AssignmentLetter(
    head=LetterHead(OFFICE, "市作风办函〔2018〕21号", copy_number="000003", secrecy="", urgency=""),
    addressee="示例市不动产登记中心",
    campaign="“一把手走流程”",
    source="根据市直有关单位主要负责同志“走流程”记录和市作风整顿办7月18日现场核查",
    problems=(
        AssignedProblem(
            "WT-2018-市直-不动产-0002",
            "新建商品房转移登记",
            "7月12日9时20分，综合受理窗口要求申请人另交已联网核验的婚姻状况证明，申请人往返民政窗口，多跑1趟、多用50分钟。",
            "《优化营商环境条例》第三十六条",
            "较重",
            "取消可以共享核验的证明，公布取消清单，窗口人员逐人培训",
            date(2018, 8, 10),
        ),
        AssignedProblem(
            "WT-2018-市直-不动产-0005",
            "不动产抵押登记",
            "7月13日10时许，12个窗口开放5个，取号后等候的有46人，最长等候92分钟。",
            "“窗口、人员、设施、场地等资源配备是否合理”",
            "严重",
            "高峰时段窗口全部开放，推行网上预约，等候超过30分钟的由值班主任现场调度",
            date(2018, 8, 3),
        ),
    ),
    reply_by=date(2018, 8, 15),
    objection_days=5,
    receiver="市作风整顿办作风评议组",
    contact=CONTACT,
    issued_on=date(2018, 7, 23),
    copies_to=("示例市自然资源局", "示例市政务服务中心"),
)
BULLETIN = Bulletin(
    mark=f"{OFFICE}文件",
    issuer=OFFICE,
    number="市作风办〔2018〕28号",
    issue=3,
    campaign=CAMPAIGN,
    addressee="各县（市）、区作风整顿领导小组办公室，市委各部委，市直各党组（党委）",
    scope="此件发至各单位主要负责同志",
    from_on=date(2018, 7, 16),
    to_on=date(2018, 8, 3),
    basis="为推动“一把手走流程”发现问题整改到位，市作风整顿办会同市直机关工委对窗口单位开展了明查暗访",
    inspection=Inspection(times=46, people=112, units=38, units_with_problems=11, problems=27, letters=8),
    praise=(
        "示例市公安局主要负责同志2次到户籍大厅取号排队，当场决定照相与受理合并，8月15日起一次取号、一窗办结，平均等候由41分钟减到12分钟。",
        "示例市市场监督管理局把个体工商户设立登记材料由6份减到4份，填写范例张贴在每个填表台，当场办结率达到96.5%。",
    ),
    problems=(
        ProblemClass(
            "部分窗口首问负责、一次性告知不落实",
            (
                "示例市不动产登记中心综合受理窗口，7月12日两次要求申请人补交材料，未出具一次性告知书，申请人往返3趟。",
                "示例市医疗保障局零星报销窗口，7月19日答复“先回去等电话”，未告知办理时限和联系方式。",
            ),
        ),
        ProblemClass(
            "部分窗口纪律松散",
            (
                "示例县政务服务中心社会保障窗口，7月25日10时05分至10时32分无人在岗，9名群众等候，最长等候27分钟。",
                "示例市住房公积金管理中心提取窗口，7月26日11时40分停止取号，与公布的午间不休不一致。",
            ),
        ),
        ProblemClass("部分事项等候时间长", ("示例市不动产登记中心，7月13日12个窗口开放5个，最长等候92分钟。",)),
    ),
    demands=(
        "各单位主要负责同志要对通报的问题亲自过问，能改的立即改，一时不能改的明确时限、步骤和责任人，不得以材料代替整改。",
        "市作风整顿办将对整改情况开展“回头看”，对反弹的问题升级督办。",
    ),
    due_on=date(2018, 8, 31),
    receiver="市作风整顿办作风评议组",
    contact=CONTACT,
    issued_on=date(2018, 8, 9),
    printer=OFFICE,
    copies_to=("市纪委监委机关", "市委督查室", "市政府督查室"),
)
UNITS = (
    "示例市公安局",
    "示例市人力资源和社会保障局",
    "示例市市场监督管理局",
    "示例市不动产登记中心",
    "示例市住房公积金管理中心",
    "示例市医疗保障局",
    "示例市民政局",
    "示例市住房和城乡建设局",
    "示例县",
    "示例区",
)
KINDS = ("信息公开", "制度落实", "场所与资源", "流程与时限", "网上办事", "审批改革", "作风纪律", "评价与队伍")
CELLS = tuple(tuple(max(0, (unit * 7 + kind * 5) % 11 - 4) for kind in range(8)) for unit in range(len(UNITS)))
MINUTES = {
    "查询": "4 6 8 8 10 12 12 15 18 22 25 31 40",
    "准备材料": "9 12 18 20 25 30 34 35 41 48 52 66 90",
    "排队": "2 5 9 12 18 22 22 31 35 41 46 60 92",
    "受理": "5 6 8 8 9 12 15 17 18 20 22 25 30",
    "跟踪进程": "2 3 5 10",
    "拿结果": "1 2 2 4 5 6 6 8 9 10",
}
REPORT = GroupReport(
    issuer="示例市深化机关作风整顿领导小组办公室作风评议组",
    addressee="示例市深化机关作风整顿领导小组",
    campaign=CAMPAIGN,
    basis="《关于进一步做好“一把手走流程”工作的通知》（〔2018〕13号）",
    as_of=date(2018, 7, 31),
    overview=Overview(
        due=64,
        handed_in=61,
        late=4,
        items_listed=812,
        items_walked=705,
        walks=741,
        in_person=518,
        full=633,
        on_behalf=96,
        accompanied=121,
        simulated=57,
    ),
    practices=(
        Practice(
            "不亮身份走全程",
            "各单位主要负责同志从电话咨询、网上搜索开始，自己准备材料、取号排队，直到窗口正式受理、拿到结果。",
        ),
        Practice("当场发现当场改", "对不需要论证的问题立行立改，整改前后照片一并留存。"),
    ),
    tallies=tuple(Tally(name, sum(row[n] for row in CELLS)) for n, name in enumerate(KINDS)),
    samples=tuple(
        Sample(step, tuple(map(int, minutes.split())), "wait" if step in {"排队", "拿结果"} else "do")
        for step, minutes in MINUTES.items()
    ),
    top=(
        TopProblem("重复取号、重复排队", 14, 9),
        TopProblem("网上公布的信息与现场不一致", 12, 8),
        TopProblem("一次性告知不落实", 11, 8),
        TopProblem("指南之外另要材料", 9, 6),
    ),
    shared_items=("居民身份证补领", "新建商品房转移登记"),
    heat=Heat("单位", UNITS, KINDS, CELLS),
    rectification=Rectification(
        problems=sum(map(sum, CELLS)), immediate=61, deadline=32, due=20, on_time=17, overdue=3, closed=70, relapsed=1
    ),
    models=("示例市公安局照相与受理合并，一次取号、一窗办结。",),
    warnings=("示例市不动产登记中心反复要求补交材料，未出具一次性告知书。",),
    shortcomings=("3个单位未报送专项报告。", "5份报告没有发现问题，也没有写明原因；7次体验没有佐证照片。"),
    advice=("对逾期未改的3个问题发出督办通知单。", "把重复取号、信息不一致列为下一阶段集中整治的重点。"),
    contact=CONTACT,
    made_on=date(2018, 8, 2),
    annexes=(
        AnnexTable(
            "报送情况一览表",
            (
                Column("序号", 2),
                Column("单位", is_text=True),
                Column("报送时间", 8),
                Column("是否逾期", 4),
                Column("状态", 5),
            ),
            tuple((str(n), unit, f"7月{n + 12}日", "否", "已接收") for n, unit in enumerate(UNITS, 1)),
        ),
        AnnexTable(
            "体验事项汇总表",
            (
                Column("序号", 2),
                Column("单位", is_text=True),
                *(
                    Column(name, 3)
                    for name in (
                        "应体验",
                        "已体验",
                        "必须亲自",
                        "已亲自",
                        "委托",
                        "亲身办",
                        "代理办",
                        "陪同办",
                        "模拟",
                        "全程",
                        "待结果",
                    )
                ),
            ),
            tuple(
                (str(n), unit, *(str((n * k) % 17 + k) for k in range(11, 0, -1))) for n, unit in enumerate(UNITS, 1)
            ),
            is_wide=True,
        ),
    ),
)
