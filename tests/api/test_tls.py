import ssl
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.x509.verification import PolicyBuilder, Store

from api.tls import (
    AUTHORITY_LIFE,
    CERTIFICATE_LIFE,
    ensure_certificate,
    local_addresses,
    local_names,
    make_certificate,
    reachable_address,
)

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def certificates(file: Path) -> list[x509.Certificate]:
    return x509.load_pem_x509_certificates(file.read_bytes())


def test_keys_are_the_owners_alone(tmp_path: Path) -> None:
    files = ensure_certificate(tmp_path / "tls", NOW)
    for key in (files.key, tmp_path / "tls" / "authority.key"):
        assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_the_authority_vouches_for_this_machine(tmp_path: Path) -> None:
    files = ensure_certificate(tmp_path, NOW)
    server, authority = certificates(files.chain)
    builder = PolicyBuilder().store(Store(certificates(files.authority))).time(NOW)
    for name in local_names():
        builder.build_server_verifier(x509.DNSName(name)).verify(server, [])
    for address in local_addresses():
        builder.build_server_verifier(x509.IPAddress(address)).verify(server, [])
    assert authority.not_valid_after_utc - NOW == AUTHORITY_LIFE
    assert server.not_valid_after_utc - server.not_valid_before_utc <= CERTIFICATE_LIFE


def test_the_authority_is_bound_to_private_names_and_addresses(tmp_path: Path) -> None:
    (authority,) = certificates(ensure_certificate(tmp_path, NOW).authority)
    bound = authority.extensions.get_extension_for_class(x509.NameConstraints)
    assert bound.critical
    assert x509.DNSName("localhost") in (bound.value.permitted_subtrees or [])


def test_nothing_changes_while_it_fits(tmp_path: Path) -> None:
    files = ensure_certificate(tmp_path, NOW)
    before = files.chain.read_bytes()
    assert ensure_certificate(tmp_path, NOW + timedelta(days=300)).chain.read_bytes() == before


def test_it_is_made_anew_before_it_expires_by_the_same_authority(tmp_path: Path) -> None:
    files = ensure_certificate(tmp_path, NOW)
    before, authority = files.chain.read_bytes(), files.authority.read_bytes()
    ensure_certificate(tmp_path, NOW + timedelta(days=370))
    assert files.chain.read_bytes() != before
    assert files.authority.read_bytes() == authority


def test_it_is_made_anew_when_the_addresses_change(tmp_path: Path) -> None:
    files = ensure_certificate(tmp_path, NOW)
    make_certificate(files, tmp_path / "authority.key", ["localhost"], [], NOW)
    before = files.chain.read_bytes()
    ensure_certificate(tmp_path, NOW)
    assert files.chain.read_bytes() != before


def test_python_serves_it(tmp_path: Path) -> None:
    files = ensure_certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files.chain, files.key)


def test_phones_are_led_to_an_address_that_is_certified() -> None:
    assert reachable_address() in [str(address) for address in local_addresses()]
