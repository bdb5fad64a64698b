"""What people write or send without a form: answered once, by themselves, with what they can do."""

import io
import zipfile
from pathlib import Path

import pytest

from sandbox.persona import Message
from tests.scenarios.company import ON_SQLITE, Company, dm

PNG = b"\x89PNG\r\n\x1a\n" + b"pixels"
PDF = b"%PDF-1.7 ..."


def word() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        parts.writestr("word/document.xml", "<w:document/>")
    return content.getvalue()


async def offer(company: Company) -> Message:
    await company.settle()
    return dm(company.sam, "Which visit is this for?")


async def add(company: Company, use: str = "Photograph") -> str:
    """Choose the one visit in the open form of files; what the bot says to it."""
    form = await company.sam.modal("Add to the visit")
    if "Visit" in form.labels():
        await form.fill("Visit", "V-2026-0001 · Acme · Tue 15 Dec")
    await form.fill("What it is", use)
    result = await form.submit()
    assert result.view is not None, result.errors
    words = result.view.text().replace("*", "")
    await result.view.close()
    await company.settle()
    return words


def stored(tmp_path: Path) -> list[str]:
    root = tmp_path / "files"
    return sorted(str(each.relative_to(root)) for each in root.rglob("*") if each.is_file())


async def test_words_to_the_bot_are_answered_once_and_can_be_kept(company: Company) -> None:
    await company.request(company.sam)
    before = len(company.sam.dms())
    await company.sam.write_to_bot("Dr. Smith wants a *second* offer")
    await company.settle()
    assert len(company.sam.dms()) == before + 1
    answer = dm(company.sam, "I can keep what you wrote")
    assert answer.buttons == ["Add to a visit", "Guests of a visit", "New visit", "My visits"]
    await company.sam.click("Add to a visit", message=answer)
    form = await company.sam.modal("Add to the visit")
    assert form.field("What was said or happened").value == "Dr. Smith wants a *second* offer"
    assert "Visit" in form.labels()
    await company.sam.modals[-1].close()
    await company.sam.click("New visit", message=answer)
    assert (await company.sam.modal()).title == "New visit"


async def test_a_mention_is_answered_by_itself(company: Company) -> None:
    await company.lin.mention("please note that they come by train", "visits")
    await company.settle()
    answer = company.lin.last_dm()
    assert "I can keep what you wrote" in answer.text
    assert not any("I can keep" in each.text for each in company.lin.channel("visits"))
    await company.request(company.lin)
    await company.lin.click("Add to a visit", message=answer)
    form = await company.lin.modal("Add to the visit")
    words = form.field("What was said or happened").value
    assert words == "please note that they come by train"


async def test_what_is_no_new_message_of_a_person_is_left_alone(company: Company) -> None:
    posted = (await company.sam.write_to_bot("3 guests")).posted
    await company.settle()
    assert posted is not None
    count = len(company.sam.dms())
    company.sam.edit(posted, "4 guests")
    company.sam.delete(posted)
    await company.lin.say("Lunch?", channel="visits")
    await company.lin.upload(("menu.png", PNG), channel="visits")
    await company.settle()
    assert (len(company.sam.dms()), company.lin.dms()) == (count, [])


def event(company: Company, **more: object) -> dict[str, object]:
    dm_id = company.sandbox.workspace.app_dm(company.sam.id).id
    said: dict[str, object] = {
        "type": "message",
        "channel": dm_id,
        "channel_type": "im",
        "user": company.sam.id,
        "text": "Hello",
        "ts": "1765000000.000100",
        "client_msg_id": "c1",
    }
    return {
        "type": "event_callback",
        "team_id": "T1",
        "api_app_id": company.sandbox.workspace.app.id,
        "event_id": "Ev1",
        "event": said | more,
    }


async def test_a_message_that_slack_tells_of_again_is_answered_once(company: Company) -> None:
    for _ in range(3):
        await company.dispatch(event(company))
    await company.settle()
    assert len(company.sam.dms()) == 1


@pytest.mark.parametrize(
    "mark",
    [
        {"bot_id": "B1"},
        {"app_id": "A1"},
        {"subtype": "bot_message"},
        {"subtype": "message_changed", "hidden": True},
        {"subtype": "channel_join"},
        {"edited": {"user": "U1", "ts": "1"}},
        {"user": "USLACKBOT"},
        {"user": None},
        {"channel_type": "channel"},
    ],
    ids=str,
)
@ON_SQLITE
async def test_machines_and_replays_are_not_answered(
    company: Company, mark: dict[str, object]
) -> None:
    await company.dispatch(event(company, **mark))
    await company.settle()
    assert company.sam.dms() == []


async def test_the_apps_own_words_are_not_answered(company: Company) -> None:
    own = company.sandbox.workspace.app
    await company.dispatch(event(company, user=own.bot_user, bot_id=own.bot_id))
    await company.settle()
    assert company.sam.dms() == []


async def test_a_file_sent_to_the_bot_is_kept_and_sent_to_who_asks(
    company: Company, tmp_path: Path
) -> None:
    await company.request(company.sam)
    await company.sam.write_to_bot("", ("合同 v1.docx", word()), ("stand.png", PNG))
    await company.sam.click("Add to a visit", message=await offer(company))
    said = await add(company, "Signed original")
    assert "Added to V-2026-0001, visit of Acme: 合同 v1.docx, stand.png" in said
    assert sorted(place.rpartition("-")[2] for place in stored(tmp_path)) == [
        "stand.png",
        "合同 v1.docx",
    ]

    await company.chen.click("Details", message=company.card())
    details = await company.chen.modal()
    assert "Files" in details.text()
    assert "Signed original, 1 kB, added by @Sam Carter" in details.text()
    await details.click("Send to me", near="stand.png")
    assert "on its way" in (await company.chen.modal()).text()
    await company.settle()
    sent = dm(company.chen, "From the files of V-2026-0001")
    [file] = sent.stored.files
    assert (file.name, file.content) == ("stand.png", PNG)
    assert sent.stored.metadata is not None
    assert file.channels == [sent.channel], "nobody else was shown it"


async def test_a_file_in_the_thread_of_a_card_knows_its_visit(
    company: Company, tmp_path: Path
) -> None:
    await company.request(company.sam)
    await company.sam.upload(("room.png", PNG), thread=company.card())
    await company.sam.click("Add to a visit", message=await offer(company))
    form = await company.sam.modal("Add to the visit")
    assert form.labels() == ["What it is"]
    assert "room.png" in await add(company)
    assert len(stored(tmp_path)) == 1


async def test_who_may_not_see_the_visit_is_not_asked(company: Company) -> None:
    await company.request(company.sam)
    await company.tom.upload(("room.png", PNG), thread=company.card())
    await company.settle()
    assert company.tom.dms() == []


async def test_the_same_form_twice_keeps_one(company: Company, tmp_path: Path) -> None:
    await company.request(company.sam)
    await company.sam.write_to_bot("", ("stand.png", PNG))
    answer = await offer(company)
    for _ in range(2):
        await company.sam.click("Add to a visit", message=answer)
        assert "stand.png" in await add(company)
    assert len(stored(tmp_path)) == 1
    await company.sam.click("Details", message=company.card())
    assert (await company.sam.modal()).text().count("📎 stand.png") == 1


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("run.exe", b"MZ\x90\x00" + b"x" * 50, "only pictures"),
        ("photo.png", b"MZ\x90\x00" + b"x" * 50, "only pictures"),
        ("page.txt", b"<!doctype html><script>", "only pictures"),
        ("drawing.svg", b"<svg onload='x'/>", "only pictures"),
        ("photo.png", PDF, "another kind"),
        ("empty.txt", b"", "is empty"),
        ("big.txt", b"x" * (10 * 1024 * 1024 + 1), "larger than 10 MB"),
    ],
    ids=["program", "disguised", "page", "drawing", "mismatch", "empty", "large"],
)
@ON_SQLITE
async def test_what_is_not_kept_says_why(
    company: Company, tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    await company.request(company.sam)
    await company.sam.write_to_bot("", (name, content), ("ok.pdf", PDF))
    await company.sam.click("Add to a visit", message=await offer(company))
    said = await add(company)
    assert why in said
    assert "Added to V-2026-0001, visit of Acme: ok.pdf" in said
    assert len(stored(tmp_path)) == 1


async def test_a_file_deleted_meanwhile_leaves_nothing(company: Company, tmp_path: Path) -> None:
    await company.request(company.sam)
    await company.sam.write_to_bot("", ("stand.png", PNG))
    await company.sam.click("Add to a visit", message=await offer(company))
    await company.sam.modal("Add to the visit")
    workspace = company.sandbox.workspace
    for file in list(workspace.files.values()):
        workspace.delete_file(file)
    assert "stand.png is not in Slack any more" in await add(company)
    assert stored(tmp_path) == []


async def test_a_slack_that_fails_leaves_nothing(company: Company, tmp_path: Path) -> None:
    await company.request(company.sam)
    await company.sam.write_to_bot("", ("stand.png", PNG))
    await company.sam.click("Add to a visit", message=await offer(company))
    company.sandbox.faults.add("files.info", "500")
    form = await company.sam.modal("Add to the visit")
    await form.fill_all({"Visit": "V-2026-0001 · Acme · Tue 15 Dec", "What it is": "Photograph"})
    await form.submit()
    assert stored(tmp_path) == []
    await company.sam.modals[-1].close()
    assert (await company.sam.modal("Add to the visit")).is_open, "it can be sent again"
    assert "stand.png" in await add(company)


async def test_an_answer_lost_while_a_file_goes_out_is_looked_up(company: Company) -> None:
    await company.request(company.sam)
    await company.sam.write_to_bot("", ("stand.png", PNG))
    await company.sam.click("Add to a visit", message=await offer(company))
    await add(company)
    await company.sam.click("Details", message=company.card())
    company.sandbox.faults.add("chat.postMessage", "drop_answer")
    await (await company.sam.modal()).click("Send to me")
    await company.until(company.clock.now().replace(minute=59))
    sent = [each for each in company.sam.dms() if "From the files" in each.text]
    assert [len(each.stored.files) for each in sent] == [1]
