"""A small company to try things in: Harbour Instruments, with its site in Shanghai."""

from sandbox.model import Avatar, User
from sandbox.workspace import Workspace

_SHANGHAI = "Asia/Shanghai"
_COLORS = (
    "#3b7dd8", "#c2517a", "#2f9e6e", "#b8742a", "#7a5cc9", "#1f8a9e", "#a8473b", "#5b7a1f",
    "#4a5fc1", "#b0508f", "#2b8f57", "#96682d", "#6a6f7d", "#0f7f86", "#9c4f5a", "#5d5ab0",
)  # fmt: skip

# id, handle, name, title, locale, zone, emoji
_PEOPLE = (
    ("U01LINWEI", "lin.wei", "林薇", "Sales · 销售", "zh-CN", _SHANGHAI, None),
    ("U02SAMCARTER", "sam.carter", "Sam Carter", "Sales", "en-US", "Europe/London", None),
    ("U03RUTHADLER", "ruth.adler", "Ruth Adler", "Account owner", "en-GB", "Europe/Berlin", None),
    ("U04ZHOUJIE", "zhou.jie", "周杰", "Account owner · 客户经理", "zh-CN", _SHANGHAI, None),
    ("U05CHENHAO", "chen.hao", "陈浩", "Department manager · 部门经理", "zh-CN", _SHANGHAI, None),
    ("U06ZHAOMIN", "zhao.min", "赵敏", "Vice president · 分管副总", "zh-CN", _SHANGHAI, None),
    ("U07HELENPARK", "helen.park", "Helen Park", "General manager", "en-US", _SHANGHAI, None),
    ("U08WANGGUO", "wang.guo", "王国", "Chairman · 董事长", "zh-CN", _SHANGHAI, None),
    ("U09MEIFANG", "mei.fang", "梅芳", "Coordinator · 综合办公室", "zh-CN", _SHANGHAI, "🗂️"),
    ("U10LIUYANG", "liu.yang", "刘洋", "Dispatcher · 车队负责人", "zh-CN", _SHANGHAI, "🚦"),
    ("U11MALONG", "ma.long", "马龙", "Driver · 司机", "zh-CN", _SHANGHAI, "🚗"),
    ("U12TOMREED", "tom.reed", "Tom Reed", "Driver", "en-US", _SHANGHAI, "🚙"),
    ("U13DEVNAIR", "dev.nair", "Dev Nair", "IT support", "en-GB", _SHANGHAI, "🖥️"),
    ("U14XULI", "xu.li", "徐丽", "Front desk · 前台", "zh-CN", _SHANGHAI, "🛎️"),
    ("U15GAOYUN", "gao.yun", "高云", "Finance · 财务", "zh-CN", _SHANGHAI, None),
    ("U16ANASILVA", "ana.silva", "Ana Silva", "Workspace admin", "en-US", _SHANGHAI, None),
)


def seed(workspace: Workspace) -> None:
    """Fill an empty workspace with the company's people and channels."""
    workspace.team.name = "Harbour Instruments"
    workspace.team.domain = "harbour-instruments"
    for number, (user_id, handle, name, title, locale, zone, emoji) in enumerate(_PEOPLE):
        admin = handle == "ana.silva"
        workspace.add_user(
            User(
                id=user_id,
                handle=handle,
                name=name,
                title=title,
                locale=locale,
                tz=zone,
                display_name=name,
                email=f"{handle}@harbour.example",
                is_admin=admin,
                is_owner=admin,
                avatar=Avatar(_COLORS[number], _initials(name), emoji),
            )
        )
    bot = workspace.bot
    bot.tz = _SHANGHAI
    bot.avatar = Avatar("#1a1d29", "U", "🛎️")
    everyone = [user_id for user_id, *_ in _PEOPLE]
    workspace.add_channel(
        "visits",
        channel_id="C01VISITS0",
        members=[bot.id, *everyone],
        topic="Customer visits · 客户来访",
        creator="U16ANASILVA",
    )
    workspace.add_channel(
        "general",
        channel_id="C02GENERAL",
        members=everyone,
        topic="Company-wide announcements · 公司公告",
        creator="U16ANASILVA",
    )
    workspace.add_channel(
        "private-deals",
        kind="private",
        channel_id="C03PRIVDEALS",
        members=["U01LINWEI", "U02SAMCARTER", "U05CHENHAO", "U06ZHAOMIN"],
        topic="Deals in progress",
        creator="U05CHENHAO",
    )
    for user_id in everyone:
        workspace.app_dm(user_id)


def _initials(name: str) -> str:
    words = name.split()
    if len(words) > 1:
        return (words[0][0] + words[-1][0]).upper()
    return name[-1]
