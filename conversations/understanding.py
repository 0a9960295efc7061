"""What a story says besides what happened, so that nothing is asked for that was said."""

from msgspec.structs import replace

from conversations.answers import Day, DayReader, find_day, is_story
from conversations.effects import Place, Say
from conversations.places import Found, find_place, read_place
from conversations.reading.category import categories
from conversations.reading.completeness import Known, completeness
from conversations.reading.danger import danger
from conversations.reading.elsewhere import elsewhere
from conversations.reading.opening import Opening
from conversations.script import Script
from conversations.session import Draft
from conversations.turn import Turn


def addressed(draft: Draft, letter: Opening, turn: Turn) -> Draft:
    """Return a new draft with what stands around the story: whom it is for, and the parts of what#where#when."""
    draft = replace(draft, agency=letter.agency, region=letter.region)
    if letter.place:
        draft = located(draft, read_place(letter.place, turn.knowledge.places))
    day = DayReader()(letter.day, turn.today)
    return replace(draft, day=day) if isinstance(day, Day) else draft


def understood(draft: Draft, text: str, script: Script, turn: Turn) -> Draft:
    """Return the draft with what a text of the citizen's tells and the draft does not know yet."""
    if draft.day is None:
        draft = replace(draft, day=find_day(text, turn.today))
    if draft.place is None and (found := find_place(text, turn.knowledge.places)):
        draft = located(draft, found) if found.region or draft.region else draft
    if not draft.category:
        draft = replace(draft, category=next(iter(categories(text, script.phrases("category"))), ""))
    return draft


def located(draft: Draft, found: Found) -> Draft:
    """Return the draft with a place; where its name means several, with the regions to choose from.

    What names no region lies in that of the agency the report is for. A point on the map that was shared before
    is kept.
    """
    regions = tuple(region.code for region in found.choices)
    code = found.region.code if found.region else draft.region
    if draft.region in regions:
        code, regions = draft.region, ()
    place = replace(draft.place or Place(), text=found.said, region_code=code)
    vague = found.vague and not (draft.region and found.region is None)
    return replace(draft, place=place, pin=False, regions=regions, vague=vague)


def tells(text: str, script: Script) -> bool:
    """Tell whether a message that nobody asked for tells of a problem, be it in two words."""
    return is_story(text) or bool(
        categories(text, script.phrases("category"))
        or danger(text, script.phrases("emergency"))
        or elsewhere(text, script.phrases("elsewhere"))
    )


def told_whole(draft: Draft) -> Draft:
    """Return a draft whose first message said what, where and when: it goes straight to the review.

    It is open and without evidence unless the citizen says otherwise there.
    """
    if draft.place is None or draft.vague or draft.day is None or draft.privacy:
        return draft
    return replace(draft, privacy="open", evidence_asked=True, whole=True)


def open_question(draft: Draft, name: str) -> bool:
    """Tell whether an officer must still know `what` or `who`."""
    text = draft.place.text if draft.place else ""
    place = Known(draft.place is not None, bool(draft.place and draft.place.region_code))
    missing = completeness(f"{draft.story}\n{text}", draft.day, place)
    if name == "who":
        return bool(missing.who) and not draft.agency
    return bool(missing.what) and not (draft.category or draft.remarked)


def remarked(draft: Draft, text: str, script: Script) -> tuple[Draft, tuple[Say, ...]]:
    """Return what must be said of a text first, each once: whom to call, or who takes such a matter."""
    kind, topic = danger(text, script.phrases("emergency")), elsewhere(text, script.phrases("elsewhere"))
    say = Say("emergency", kind) if kind else Say("elsewhere", topic) if topic else None
    if say is None or say.text in draft.remarked:
        return draft, ()
    return replace(draft, remarked=(*draft.remarked, say.text)), (say,)
