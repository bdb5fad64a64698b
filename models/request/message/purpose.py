"""Why the customer comes, as a message says it (R1.2)."""

import re

from models.base.words import Purpose
from models.request.message.said import Read, Span

_WORDS = {
    Purpose.SITE_AUDIT: (
        r"\b(?:site|factory|supplier|plant|on-?site|quality system|system|process|vda"
        r"|iso) audits?\b|\baudit(?:s|ing)?\b"
        r"|验厂|驗廠|审厂|審廠|供应商审核|工厂审核|现场审核|体系审核|厂审"
    ),
    Purpose.PROJECT_NEGOTIATION: (
        r"\bnegotiat\w+|\bcommercial (?:terms|talks|discussion)"
        r"|\bdiscuss(?:ing)? (?:the )?(?:prices?|terms|contract|project|offer|quotation"
        r"|conditions)\b"
        r"|\bprice (?:talks|negotiations?)\b|\bbusiness talks\b"
        r"|谈判|洽谈|洽談|商谈|谈项目|谈合作|谈一?下.{0,4}(?:价格|合作|合同|项目)|议价"
    ),
    Purpose.GOODS_INSPECTION: (
        r"\b(?:goods|pre-?shipment|final|shipment|product) inspections?\b"
        r"|\binspect(?:ing)? (?:the |our )?(?:goods|order|products|shipment)\b"
        r"|验货|驗貨|出货检验|货物检验|验收货"
    ),
    Purpose.COMPLAINT: r"\bcomplaints?\b|\bquality claim\b|\b8D\b|投诉|客诉|客訴|质量索赔|质量异议",
    Purpose.COURTESY: r"\bcourtesy (?:visit|call)\b|礼节性|礼节拜访|禮節性|礼貌性拜访",
    Purpose.TECHNICAL_EXCHANGE: (
        r"\btechnical (?:exchange|discussion|talks|meeting|workshop|review)s?\b"
        r"|\btechnology exchange\b"
        r"|技术交流|技術交流|技术研讨|技术讨论|技术对接"
    ),
    Purpose.SIGNING: (
        r"\bsigning(?: ceremony| of)?\b|\bsign (?:the |our |a )?(?:new )?(?:contract|agreement|mou"
        r"|deal)\b"
        r"|签约|簽約|签合同|签署|签订|签协议"
    ),
    Purpose.STUDY_TOUR: (
        r"\bstudy (?:tour|trip|visit)s?\b|\bbenchmark(?:ing)? (?:visit|tour)\b|考察|参观学习"
        r"|參觀學習|研学|游学|对标"
    ),
    Purpose.GOVERNMENT_INSPECTION: (
        r"\bgovernment inspection\b|\bofficial inspection\b|\binspection by the (?:ministry"
        r"|authorit\w+|government)\b"
        r"|视察|視察|政府(?:检查|调研|考察)|领导调研"
    ),
}
_COMPILED = [(purpose, re.compile(words, re.IGNORECASE)) for purpose, words in _WORDS.items()]
_LABEL = re.compile(
    r"^[ \t]*(?:purpose|reason|topic|subject of (?:the )?visit|来访目的|來訪目的|目的|事由|来意"
    r"|内容|主题)(?: of (?:the )?visit)?\s*(?:[:：]|为|為)\s*(?P<said>.+)$",
    re.IGNORECASE | re.MULTILINE,
)
_DENIED = re.compile(
    r"(?:\bnot (?:for|about|a|an)\b|\bno\b|不是|并非|无需|不用)[^,.;，。；]{0,12}$", re.IGNORECASE
)


def purpose_in(text: str) -> Read[str] | None:
    """Why they come, as the code of a Purpose; several are candidates. What stands behind a label
    counts before all else."""
    for match in _LABEL.finditer(text):
        found = _purposes(match["said"], match.start("said"))
        if found is not None:
            return found
    return _purposes(text, 0)


def _purposes(text: str, begin: int) -> Read[str] | None:
    found: dict[str, Span] = {}
    for purpose, pattern in _COMPILED:
        for match in pattern.finditer(text):
            if not _DENIED.search(text[max(0, match.start() - 24) : match.start()]):
                place = Span(begin + match.start(), begin + match.end())
                found.setdefault(str(purpose), place)
    if not found:
        return None
    if len(found) == 1:
        return Read(*next(iter(found.items())))
    spans = sorted(found.values())
    whole = Span(spans[0].begin, max(span.end for span in spans))
    return Read(None, whole, tuple(found))
