from pathlib import Path

import pytest

from api.settings import Settings, SettingsError, read_settings


def test_without_variables_everything_lies_under_var() -> None:
    settings = read_settings({"PATH": "/bin"})
    assert settings == Settings()
    assert settings.models == Path("var/models")
    assert settings.embedded
    assert settings.database_url.endswith("/var/rounds.db")


def test_groups_are_written_with_two_underscores() -> None:
    settings = read_settings(
        {
            "ROUNDS_HOME": "/srv/rounds",
            "ROUNDS_DATABASE__URL": "postgresql://h/d",
            "ROUNDS_SPEECH__LANGUAGES": "en,de",
            "ROUNDS_SERVER__PORT": "9000",
            "ROUNDS_SERVER__HTTPS": "false",
        }
    )
    assert settings.home == Path("/srv/rounds")
    assert not settings.embedded
    assert settings.speech.languages == ("en", "de")
    assert (settings.server.port, settings.server.https) == (9000, False)


@pytest.mark.parametrize(
    "name", ["ROUNDS_HOEM", "ROUNDS_SPEECH__MODLE", "ROUNDS_SPEECH", "ROUNDS_SERVER__PORT__X", "ROUNDS_"]
)
def test_an_unknown_name_fails(name: str) -> None:
    with pytest.raises(SettingsError, match="is no setting"):
        read_settings({name: "1"})


def test_a_value_that_does_not_fit_fails() -> None:
    with pytest.raises(SettingsError, match="port"):
        read_settings({"ROUNDS_SERVER__PORT": "many"})


def test_what_clients_and_tests_read_is_no_setting() -> None:
    assert read_settings({"ROUNDS_TOKEN": "x"}) == Settings()


def test_a_map_gets_its_pictures_from_one_place() -> None:
    settings = read_settings({"ROUNDS_MAP__TILES": "https://tiles.example:8443/light/{z}/{x}/{y}.png"})
    assert settings.map.origin == "https://tiles.example:8443"
    assert Settings().map.origin == ""


@pytest.mark.parametrize("source", ["https://tiles.example", "/{z}/{x}/{y}", "https://a;b/{z}/{x}/{y}", "x"])
def test_a_tile_source_that_is_none(source: str) -> None:
    with pytest.raises(SettingsError, match="tile source"):
        read_settings({"ROUNDS_MAP__TILES": source})
