"""Boxes drawn on a phone become a masked copy, whichever comes first, and however often we are interrupted."""

import io

import pytest
from PIL import Image

from tests.sync.conftest import picture
from walkthrough_app.media import service as media
from walkthrough_app.sync import masks

BOX = [[0.25, 0.25, 0.5, 0.5]]


def test_a_mask_on_a_kept_photo_is_made_at_once(phone, state, store):
    photo = phone.photo()
    phone.upload(photo, picture("navy"))
    mask = phone.event("mask", photo=photo, boxes=BOX)
    masked = phone.send(mask)["events"]
    assert [(one["kind"], one["payload"]["mask"]) for one in masked] == [("masked", mask["id"])]
    known = state().photos[photo]
    assert known["masked"] == masked[0]["payload"]["media"] != known["media"]
    with store.open(known["masked"]) as file:
        assert Image.open(io.BytesIO(file.read())).size == (320, 240)


def test_a_mask_drawn_before_the_photo_came_is_made_when_it_comes(phone, state):
    photo = phone.photo()
    assert phone.send(phone.event("mask", photo=photo, boxes=BOX))["events"] == []
    raw = picture()
    phone.slice(raw)
    events = phone.finish_file(photo, raw).get_json()["events"]
    assert [one["kind"] for one in events] == ["kept", "masked"]
    assert state().photos[photo]["masked"] == events[1]["payload"]["media"]


def test_a_photo_said_to_need_no_mask_needs_no_copy(phone, state):
    photo = phone.photo()
    phone.send(phone.event("mask", photo=photo, boxes=[], clear=True))
    kept = phone.upload(photo, picture())
    assert state().photos[photo]["masked"] == kept["payload"]["media"]
    assert phone.send()["events"] == []


def test_the_latest_mask_counts(phone, state):
    photo = phone.photo()
    phone.upload(photo, picture())
    first, second = (
        phone.event("mask", photo=photo, boxes=BOX),
        phone.event("mask", photo=photo, boxes=[[0, 0, 1, 0.5]]),
    )
    answer = phone.send(first, second)
    assert [one["payload"]["mask"] for one in answer["events"]] == [second["id"]]
    phone.send(phone.event("mask", photo=photo, boxes=[]))
    assert state().photos[photo]["masked"] is None


def test_a_lost_answer_is_given_again(phone):
    photo = phone.photo()
    phone.upload(photo, picture())
    mask = phone.event("mask", photo=photo, boxes=BOX)
    first = phone.send(mask)["events"]
    assert phone.send(mask)["events"] == first
    assert phone.send()["events"] == []


def test_what_was_interrupted_is_made_up_by_the_next_request(phone, state, monkeypatch):
    photo = phone.photo()
    phone.upload(photo, picture())
    with monkeypatch.context() as power:
        power.setattr(media, "mask_photo", cut_off)
        with pytest.raises(PowerCutError):
            phone.send(phone.event("mask", photo=photo, boxes=BOX))
    assert state().photos[photo]["boxes"] == BOX
    assert state().photos[photo]["masked"] is None
    assert [one["kind"] for one in phone.send()["events"]] == ["masked"]


def test_many_masks_are_made_in_turns(phone, monkeypatch):
    monkeypatch.setattr(masks, "AT_ONCE", 1)
    photos = [phone.photo(), phone.photo()]
    for photo, colour in zip(photos, ("red", "blue"), strict=True):
        phone.upload(photo, picture(colour))
    answer = phone.send(*(phone.event("mask", photo=photo, boxes=BOX) for photo in photos))
    assert (len(answer["events"]), answer["pending"]) == (1, 1)
    answer = phone.send()
    assert (len(answer["events"]), answer["pending"]) == (1, 0)


def test_boxes_outside_the_picture_stop_nothing(phone):
    photo = phone.photo()
    phone.upload(photo, picture())
    odd = phone.event("mask", photo=photo, boxes=[[0.5, 0.5, 0, 0]])
    note = phone.event("note", "queue", text="好的")
    assert note["id"] in phone.send(odd, note)["accepted"]


class PowerCutError(Exception):
    pass


def cut_off(*_: object, **__: object) -> None:
    raise PowerCutError
