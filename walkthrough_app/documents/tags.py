"""What WeasyPrint 70 leaves out of a tagged PDF, put right before the file is written; works on pydyf's objects."""

from collections.abc import Iterator
from typing import Any

import pydyf

UA_PART = 1
# PDF/A asks of a property it does not know that the file itself says what it means.
UA_CLAIM = f"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"\
 pdfuaid:part="{UA_PART}" /><rdf:Description rdf:about=""\
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"\
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>\
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>part of ISO 14289 the file follows</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


def complete(pdf: Any) -> None:
    """Complete the structure of a finished pydyf.PDF and claim PDF/UA-1."""
    elements = [one for one in pdf.objects if isinstance(one, dict) and one.get("Type") == "/StructElem"]
    _drop_margins(pdf)
    for element in elements:
        if element.get("S") == "/TH":
            element["A"]["Scope"] = "/Column" if _is_in_head(pdf, element) else "/Row"
        elif element.get("S") == "/Figure":
            _turn_over(pdf, element)
    _list_attachments_once(pdf)
    _claim_ua(pdf)


def _at(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _is_in_head(pdf: Any, cell: Any) -> bool:
    group = _at(pdf, _at(pdf, cell["P"])["P"])
    return bool(group["S"] == "/THead")


def _turn_over(pdf: Any, figure: Any) -> None:
    """Give the place of a picture in points from the lower left corner: WeasyPrint gives pixels from the top."""
    top = _at(pdf, figure["Pg"])["MediaBox"][3]
    left, upper, right, lower = (0.75 * value for value in figure["A"]["BBox"])
    figure["A"]["BBox"] = pydyf.Array([left, top - lower, right, top - upper])


def _drop_margins(pdf: Any) -> None:
    """Mark what stands in the margins as no part of the text: page numbers are not read out.

    WeasyPrint gives them elements that hang in the document without being named by it.
    """
    root = _at(pdf, pdf.catalog["StructTreeRoot"])
    document = _at(pdf, root["K"][0])
    named = set(document["K"])
    loose = [
        one
        for one in pdf.objects
        if isinstance(one, pydyf.Dictionary) and one.get("P") == document.reference and one.reference not in named
    ]
    pages = _at(pdf, root["ParentTree"])["Nums"]
    for element in loose:
        page = _at(pdf, element["Pg"])
        ids = set(_content(pdf, element))
        _mark_as_artifact(_at(pdf, page["Contents"]).stream, ids)
        parents = pages[2 * page["StructParents"] + 1]
        for number in ids:
            parents[number] = b"null"


def _content(pdf: Any, element: Any) -> Iterator[int]:
    """Yield the ids of the marked content below an element, and empty the elements."""
    for kid in element["K"]:
        if isinstance(kid, int):
            yield kid
        else:
            yield from _content(pdf, _at(pdf, kid))
    element.clear()


def _mark_as_artifact(stream: list[Any], ids: set[int]) -> None:
    for place, item in enumerate(stream):
        if item == b"BDC" and stream[place - 1].get("MCID") in ids:
            stream[place - 2 : place] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"})]


def _list_attachments_once(pdf: Any) -> None:
    """Name each attachment once in /AF: WeasyPrint 70 lists those of PDF/A-3 twice."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])


def _claim_ua(pdf: Any) -> None:
    metadata = _at(pdf, pdf.catalog["Metadata"])
    (packet,) = metadata.stream
    metadata.stream[:] = [packet.replace(b"</rdf:RDF>", UA_CLAIM.encode() + b"</rdf:RDF>")]
    metadata.compress = False  # catalogues look for it without opening the file
