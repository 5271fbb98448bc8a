"""Pure rules: who needs a second factor, and which numbers are refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.people.rules import (
    PersonalNumber,
    is_national_number,
    needs_second_factor,
    personal_number,
)

NATIONAL, BIRTH = PersonalNumber.NATIONAL_NUMBER, PersonalNumber.BIRTH_DATE


@pytest.mark.parametrize(
    ("roles", "external", "expected"),
    [
        ([], False, False),
        (["facilitator", "manager", "board", "works_council"], False, False),
        (["facilitator", "administrator"], False, True),
        (["privacy_officer"], False, True),
        ([], True, True),
    ],
)
def test_who_needs_a_second_factor(roles: list[str], external: bool, expected: bool) -> None:
    assert needs_second_factor(roles=roles, is_external=external) is expected


@pytest.mark.parametrize(
    ("digits", "expected"),
    [
        ("111222333", True),
        ("123456782", True),
        ("123456789", False),
        ("000000000", False),
        ("12345672", True),
        ("١١١٢٢٢٣٣٣", False),
        ("1112223330", False),
    ],
)
def test_the_elfproef(digits: str, expected: bool) -> None:
    assert is_national_number(digits) is expected


@given(st.integers(10_000_000, 99_999_999), st.integers(0, 9), st.integers(1, 9))
def test_a_slip_of_one_digit_is_always_caught(first: int, place: int, shift: int) -> None:
    eight = str(first)
    last = sum((9 - i) * int(d) for i, d in enumerate(eight)) % 11
    if last == 10:
        return
    number = f"{eight}{last}"
    assert is_national_number(number) is True
    at = place % 9
    slipped = number[:at] + str((int(number[at]) + shift) % 10) + number[at + 1 :]
    assert is_national_number(slipped) is False


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Noor de Wit", None),
        ("bel 06-11122233", None),
        ("mijn bsn 111222333", NATIONAL),
        ("1112.22.333", NATIONAL),
        ("111 222 333", NATIONAL),
        ("geboren 3-4-1980", BIRTH),
        ("1980-04-03", BIRTH),
        ("team 2024", None),
        ("A-0012345", None),
        ("tel 0111222333", None),
    ],
)
def test_what_may_not_be_kept(text: str, expected: PersonalNumber | None) -> None:
    assert personal_number(text) == expected
