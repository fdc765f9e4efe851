"""The electronic stamp: an invisible PAdES-B-B signature added after the very bytes it covers.

The certificate is local to the installation, under STAMP_DIR, and called a test stamp: whoever
runs the system for real replaces root.pem, stamp.pem and stamp.key with an issued certificate.
"""

import hashlib
import os
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from django.conf import settings

from documents.rules import NoStamp

FIELD: Final = "Stampel"
ROOT_NAME: Final = "Uppsikt testrot"
STAMP_NAME: Final = "Uppsikt teststämpel"
ROOT_YEARS: Final = 30
STAMP_YEARS: Final = 20
KEY_BITS: Final = 3072


def stamp_exists() -> bool:
    return all(path.exists() for path in (root_path(), certificate_path(), key_path()))


def root_path() -> Path:
    return Path(settings.STAMP_DIR) / "root.pem"


def certificate_path() -> Path:
    return Path(settings.STAMP_DIR) / "stamp.pem"


def key_path() -> Path:
    return Path(settings.STAMP_DIR) / "stamp.key"


def stamp(data: bytes) -> tuple[bytes, str]:
    """The bytes with the stamp appended, and the fingerprint of the stamp's certificate."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415
    from pyhanko.sign import fields, signers  # noqa: PLC0415 -- slow to load, worker only

    signer = _signer()
    writer = IncrementalPdfFileWriter(BytesIO(data))
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        name=STAMP_NAME,
        reason="Elektronisk stämpel",
    )
    stamped: BytesIO = signers.PdfSigner(metadata, signer=signer).sign_pdf(writer)
    certificate = hashlib.sha256(signer.signing_cert.dump()).hexdigest()
    return stamped.getvalue(), certificate


def _signer() -> Any:
    from pyhanko.sign import signers  # noqa: PLC0415 -- slow to load, worker only

    if not stamp_exists():
        raise NoStamp(
            "Stämpelns certifikat saknas. Den som sköter systemet skapar det med kommandot make_stamp."
        )
    signer = signers.SimpleSigner.load(  # type: ignore[no-untyped-call]  # partly typed
        key_file=str(key_path()),
        cert_file=str(certificate_path()),
        ca_chain_files=(str(root_path()),),
    )
    if signer is None:
        raise NoStamp("Stämpelns certifikat går inte att läsa. Kontakta den som sköter systemet.")
    return signer


def make_stamp() -> None:
    """A root of our own and the stamp's certificate under it."""
    now = datetime.now(tz=UTC).replace(microsecond=0)
    root_key, stamp_key = _key(), _key()
    root = _certificate(ROOT_NAME, root_key, issuer=None, now=now, issuer_key=root_key)
    certificate = _certificate(STAMP_NAME, stamp_key, issuer=root, now=now, issuer_key=root_key)
    root_path().parent.mkdir(parents=True, exist_ok=True)
    _write(key_path(), _private_pem(stamp_key), mode=0o600)
    _write(certificate_path(), certificate.public_bytes(serialization.Encoding.PEM), mode=0o644)
    _write(root_path(), root.public_bytes(serialization.Encoding.PEM), mode=0o644)


def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)


def _private_pem(key: rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _certificate(
    name: str,
    key: rsa.RSAPrivateKey,
    *,
    issuer: x509.Certificate | None,
    now: datetime,
    issuer_key: rsa.RSAPrivateKey,
) -> x509.Certificate:
    """A certificate authority when it has no issuer, else one that may only sign documents."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    years = ROOT_YEARS if issuer is None else STAMP_YEARS
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject if issuer is None else issuer.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * years))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(_key_usage(is_root=issuer is None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
            critical=False,
        )
    )
    return builder.sign(issuer_key, hashes.SHA256())


def _key_usage(*, is_root: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_root,
        content_commitment=not is_root,
        key_cert_sign=is_root,
        crl_sign=is_root,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _write(path: Path, data: bytes, *, mode: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
