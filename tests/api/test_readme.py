"""What the README says by name is there: every setting, every make target, every picture."""

import re
from pathlib import Path

import msgspec

from api.settings import Settings, fields

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def names(group: type[msgspec.Struct], prefix: str = "ROUNDS_") -> set[str]:
    found = set()
    for name, kind in fields(group).items():
        inside = fields(kind)
        found |= names(kind, f"{prefix}{name.upper()}__") if inside else {prefix + name.upper()}
    return found


def test_the_readme_lists_each_setting_and_no_other() -> None:
    listed = set(re.findall(r"^\| `(ROUNDS_[A-Z_]+)`", README, flags=re.MULTILINE))
    assert listed == names(Settings)


def test_the_targets_that_the_readme_names_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"(?:^|`)make ([a-z-]+)", README, flags=re.MULTILINE)):
        assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE), target


def test_the_pictures_are_there() -> None:
    for picture in re.findall(r"\]\((docs/[^)]+)\)", README):
        assert (ROOT / picture).is_file(), picture
