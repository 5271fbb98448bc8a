"""Small protocols for tests of the machinery (what steps do is tested with the engine)."""

from typing import Any

from kring.methods.format.shapes import Protocol


def both(text: str) -> dict[str, str]:
    return {"nl": text, "en": text}


def phase(name: str, *steps: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": name, "title": both(name), "minutes": 5, "steps": list(steps), **more}


def step(name: str, kind: str, speaking: str, **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "kind": kind,
        "speaking": speaking,
        "prompts": [{"text": both("Wat zie je?")}],
        **more,
    }


CARD = {"label": both("Kaart"), "most_per_seat": 50}


def talk(**changed: Any) -> Protocol:
    """Open talk (kept, unnamed), silent writing (volatile, unnamed), a round, harvest."""
    return Protocol.model_validate(
        {
            "id": "test_talk",
            "title": both("Een gesprek"),
            "version": 1,
            "purpose": both("Proberen"),
            "roles": [{"id": "contributor", "title": both("Inbrenger"), "max": 1}],
            "group": {"min": 1, "normal": 8, "max": 30},
            "minutes": {"min": 10, "normal": 60, "max": 90},
            "phases": [
                phase("hello", step("hello_lead", "lead", "LEAD")),
                phase(
                    "talk",
                    step("talk_open", "open", "OPEN", visibility="V3", record="K", entry=CARD),
                ),
                phase(
                    "write",
                    step(
                        "write_cards", "write", "SILENT", visibility="V2a", record="E", entry=CARD
                    ),
                ),
                phase(
                    "round",
                    step("round_all", "round", "ROUND", visibility="V3", record="K", entry=CARD),
                ),
                phase(
                    "harvest",
                    step("harvest_it", "harvest", "OPEN", visibility="V3", record="H", entry=CARD),
                ),
            ],
            "outputs": [{"type": "agreement"}, {"type": "working_factor"}],
            "core_note": both("De ronde."),
            "attribution": {"inspired_by": "own", "licence": "EUPL-1.2", "wording": "own"},
            **changed,
        }
    )
