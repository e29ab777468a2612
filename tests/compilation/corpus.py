"""Reports of other servers: a city's units and those of two counties, told by events, laid out and signed elsewhere."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

from tests.documents import certificates
from tests.reports import story
from tests.verification.conftest import lay_out, sign
from walkthrough_app.documents.signing import Signer
from walkthrough_app.reports import proof

UNITS = (
    ("示例市公安局", "city_dept", "局长"),
    ("示例市医疗保障局", "city_dept", "局长"),
    ("示例市委组织部", "party_dept", "部长"),
    ("示例市总工会", "mass_org", "主席"),
    ("示例县", "county", "县长"),
    ("示例县", "county", "县委书记"),
    ("示例县公安局", "city_dept", "局长"),
    ("示例县民政局", "city_dept", "局长"),
    ("样例区市场监督管理局", "city_dept", "局长"),
)
WORDINGS = ("取号机旁没有提示牌", "取号机附近没有提示", "取号机旁边无提示", "办事指南没有写清材料")
CODES = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def walk(n: int, place: int) -> story.Walk:
    """A walk of unit n: its own minutes, and a second problem in every other one."""
    at = f"2018-07-{5 + place:02}T{8 + n % 8:02}:{10 + n:02}:00+08:00"
    made = story.short(("居住证申领", "普通护照首次申请", "医疗费用报销")[place], at=at)
    if (n + place) % 2:
        wording = WORDINGS[n % len(WORDINGS)]
        found = made.finding(wording, "A4" if "指南" in wording else "C4", fact="问了两个人才知道要先取号")
        made.measure(found, "deadline", "补上提示牌", steps="7月底前完成", due_on="2018-07-30", resp_person="副局长")
    return made


def data(n: int, *, number: int = 1, **changes: Any) -> dict[str, Any]:
    """The frozen data of unit n, on the server of its city or county."""
    name, org_class, post = UNITS[n]
    walks = [walk(n, place) for place in range(1 + n % 3)]
    server = "county-1" if "示例县" in name else "county-2" if "样例区" in name else "city"
    campaign = {**story.CAMPAIGN, "id": story.name_of("campaign", server)}
    if server != "city":
        campaign |= {"title": f"{name[:3]}“一把手走流程”活动", "opens_on": "2018-07-06", "report_due": "2018-07-22"}
    marks = {
        "number": number,
        "confirmed_at": f"2018-07-{15 + n:02}T0{number}:02:03.000Z",
        "code": "ABCDEFGH" + CODES[n] + CODES[number],
        "verify_url": "",
    }
    made = story.report(
        walks,
        unit={"id": story.name_of("unit", server, name), "name": name, "org_class": org_class},
        head={"post": post},
        lane="coord" if org_class == "county" else "style",
        **({"campaign": campaign} | marks | changes),
    )
    return made | {"proof": proof.of_data(made)}


def pdf(content: dict[str, Any], signer: Signer | None) -> bytes:
    pictures: dict[str, bytes] = {}
    for n, (name, _, post) in enumerate(UNITS):
        if (name, post) == (content["unit"]["name"], content["head"]["post"]):
            for place in range(3):
                pictures |= walk(n, place).pictures
    laid_out = lay_out(content, pictures)
    return sign(laid_out, signer) if signer else laid_out


def signer(name: str) -> Signer:
    one = certificates.issue(name)
    return Signer(one.certificate, key=one.key)


def with_a_changed_byte(content: bytes) -> bytes:
    """Change one byte of the data inside."""
    with pikepdf.open(io.BytesIO(content)) as opened:
        inside = opened.attachments["report.json"].obj.EF.F.read_raw_bytes()
    place = content.index(inside) + len(inside) // 2
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def with_a_changed_page(content: bytes) -> bytes:
    """Change what the first page shows, as an editor of PDFs does, and leave the rest."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as opened:
        page = opened.pages[0]
        page.contents_coalesce()
        page.Contents.write(page.Contents.read_bytes() + b"\n0 0 10 10 re f")
        opened.save(out)
    return out.getvalue()


@dataclass(frozen=True)
class Corpus:
    """Twelve files: nine good ones, an older version of the first, and two that were altered."""

    good: list[Path]
    old: Path
    byte: Path
    page: Path
    data: list[dict[str, Any]]

    @property
    def files(self) -> list[Path]:
        return [self.old, *self.good[:4], self.byte, *self.good[4:], self.page]


def make(folder: Path) -> Corpus:
    signers = {name: signer(name) for name in ("示例市", "示例县", "样例区")}
    contents = [data(n, number=2 if n == 0 else 1) for n in range(len(UNITS))]
    good = []
    for n, content in enumerate(contents):
        by = next(one for name, one in signers.items() if content["unit"]["name"].startswith(name))
        good.append(folder / f"{n + 1}号 {content['unit']['name']}{content['head']['post']}.pdf")
        good[-1].write_bytes(pdf(content, by))
    old, byte, page = (folder / f"{name}.pdf" for name in ("公安局旧版", "改了数据", "改了正文"))
    old.write_bytes(pdf(data(0), signers["示例市"]))
    byte.write_bytes(with_a_changed_byte(good[1].read_bytes()))
    page.write_bytes(with_a_changed_page(good[2].read_bytes()))
    return Corpus(good, old, byte, page, contents)
