"""The local authority that makes a network of one's own a secure context for phones.

Made once under the home folder; phones install its certificate from `/trust`. It can vouch for local names
and this network's addresses alone, so that a stolen key opens nothing elsewhere. Keys never leave the folder.
"""

import socket
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv4Network, ip_address
from pathlib import Path

import ifaddr
import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY_LIFE = timedelta(days=3650)
CERTIFICATE_LIFE = timedelta(days=397)
"""The longest that browsers accept."""
REMAKE_BEFORE = timedelta(days=30)
CLOCK_SKEW = timedelta(days=1)
"""Phones whose clock is behind would refuse a certificate that begins now."""
PRIVATE = tuple(
    IPv4Network(n)
    for n in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "169.254.0.0/16",
        "100.64.0.0/10",
        "127.0.0.0/8",
    )
)


class Certificate(msgspec.Struct, frozen=True, kw_only=True):
    """Files in PEM: the server's chain and key, and the authority that phones install."""

    chain: Path
    key: Path
    authority: Path


def ensure_certificate(folder: Path, now: datetime | None = None) -> Certificate:
    """Makes what is missing, or no longer fits this machine's names and addresses; else changes nothing."""
    now = now or datetime.now(UTC)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    files = Certificate(
        chain=folder / "server.pem", key=folder / "server.key", authority=folder / "authority.pem"
    )
    if not files.authority.exists():
        make_authority(files.authority, folder / "authority.key", now)
    names, addresses = local_names(), vouched(files.authority, local_addresses())
    if not fits(files, names, addresses, now):
        make_certificate(files, folder / "authority.key", names, addresses, now)
    return files


def fits(files: Certificate, names: list[str], addresses: list[IPv4Address], now: datetime) -> bool:
    """The certificate is there, lasts, and names this machine as it stands in the network now."""
    if not (files.chain.exists() and files.key.exists()):
        return False
    certificate = x509.load_pem_x509_certificate(files.chain.read_bytes())
    covered = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return (
        certificate.not_valid_after_utc - now > REMAKE_BEFORE
        and set(covered.get_values_for_type(x509.DNSName)) == set(names)
        and set(covered.get_values_for_type(x509.IPAddress)) == set(addresses)
    )


def make_authority(certificate: Path, key_file: Path, now: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Rounds on {socket.gethostname()}"[:64])])
    own = [IPv4Network(address) for address in local_addresses() if not within(address, PRIVATE)]
    permitted = [x509.DNSName("localhost"), x509.DNSName("local"), *map(x509.IPAddress, [*PRIVATE, *own])]
    usage = x509.KeyUsage(
        digital_signature=False, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    made = (
        x509.CertificateBuilder(
            issuer_name=name,
            subject_name=name,
            public_key=key.public_key(),
            serial_number=x509.random_serial_number(),
            not_valid_before=now - CLOCK_SKEW,
            not_valid_after=now + AUTHORITY_LIFE,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(
            x509.NameConstraints(permitted_subtrees=permitted, excluded_subtrees=None), critical=True
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    write_key(key_file, key)
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))


def make_certificate(
    files: Certificate, authority_key: Path, names: list[str], addresses: list[IPv4Address], now: datetime
) -> None:
    authority = x509.load_pem_x509_certificate(files.authority.read_bytes())
    signer = serialization.load_pem_private_key(authority_key.read_bytes(), password=None)
    assert isinstance(signer, ec.EllipticCurvePrivateKey)
    key = ec.generate_private_key(ec.SECP256R1())
    covered = x509.SubjectAlternativeName([*map(x509.DNSName, names), *map(x509.IPAddress, addresses)])
    made = (
        x509.CertificateBuilder(
            issuer_name=authority.subject,
            subject_name=x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0][:64])]),
            public_key=key.public_key(),
            serial_number=x509.random_serial_number(),
            not_valid_before=now - CLOCK_SKEW,
            not_valid_after=now - CLOCK_SKEW + CERTIFICATE_LIFE,
        )
        .add_extension(covered, critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
        .sign(signer, hashes.SHA256())
    )
    write_key(files.key, key)
    pem = serialization.Encoding.PEM
    files.chain.write_bytes(made.public_bytes(pem) + authority.public_bytes(pem))


def write_key(path: Path, key: ec.EllipticCurvePrivateKey) -> None:
    """Readable by the owner alone from its first byte on."""
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


def local_names() -> list[str]:
    """Names that the authority may vouch for; a bare host name is resolved by few phones."""
    host = socket.gethostname().partition(".")[0].lower()
    return ["localhost"] if host in ("", "localhost") else ["localhost", f"{host}.local"]


def vouched(authority: Path, addresses: list[IPv4Address]) -> list[IPv4Address]:
    """Those that the authority may vouch for: private ones, and the others that it was made with."""
    certificate = x509.load_pem_x509_certificate(authority.read_bytes())
    bounds = certificate.extensions.get_extension_for_class(x509.NameConstraints).value
    subtrees = [tree.value for tree in bounds.permitted_subtrees or () if isinstance(tree, x509.IPAddress)]
    return [a for a in addresses if within(a, [net for net in subtrees if isinstance(net, IPv4Network)])]


def within(address: IPv4Address, networks: Iterable[IPv4Network]) -> bool:
    return any(address in network for network in networks)


def local_addresses() -> list[IPv4Address]:
    """This machine's addresses, loopback included."""
    found = (ip.ip for adapter in ifaddr.get_adapters() for ip in adapter.ips if ip.is_IPv4)
    return sorted({IPv4Address(str(ip)) for ip in found})


def reachable_address() -> str:
    """The address under which phones on the same network most likely find this machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # chooses a way out; nothing is sent
            chosen = ip_address(probe.getsockname()[0])
        except OSError:
            chosen = ip_address("127.0.0.1")
    outside = [a for a in local_addresses() if not a.is_loopback]
    return str(chosen if chosen in outside or not outside else outside[0])
