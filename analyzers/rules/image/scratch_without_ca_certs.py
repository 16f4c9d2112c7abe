from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Fix, Related
from analyzers.fixes.lines import insert_before
from analyzers.model.image import Image
from analyzers.model.images.base_image import official_name
from analyzers.model.images.library_paths import CERTIFICATES, is_bare, may_have
from analyzers.model.programs.trusted_roots import find_tls_client
from analyzers.model.service import Service
from analyzers.model.services.mounting import may_be_given
from analyzers.rule import Problem, rule

_BUNDLE = "/etc/ssl/certs/ca-certificates.crt"
_NAMES = (".crt", ".pem", "cacert", "ca-bundle", "ca-cert")
_VARIABLES = ("SSL_CERT_FILE", "SSL_CERT_DIR")


@rule
def check(service: Service) -> Iterator[Problem]:
    image, program = service.image, service.program
    if image is None or program is None or not is_bare(image.final):
        return
    if may_have(image.final, CERTIFICATES, *_NAMES) or may_be_given(service, CERTIFICATES, _VARIABLES):
        return
    client = find_tls_client(program)
    if client is not None:
        yield Problem(
            image.final.base_at,
            values={"program": service.name, "what": client.what, "partner": client.at},
            related=(Related(client.at, "connects by TLS"),),
            fix=_fix(image),
            evidence=service.name,
        )


def _fix(image: Image) -> Fix | None:
    """Copy the bundle that the official Go images bring, from where the binary comes from."""
    for copy in image.final.copies:
        source = image.stage(copy.from_)
        base = source.root.base.value if source and source.root.base else None
        if official_name(base) == "golang":
            return Fix((insert_before(copy.at, f"COPY --from={copy.from_} {_BUNDLE} /etc/ssl/certs/"),))
    return None
