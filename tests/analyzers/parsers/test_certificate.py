"""The hosts a certificate is good for."""

from __future__ import annotations

from analyzers.parsers.certificate import names_in

LOCALHOST = """\
-----BEGIN CERTIFICATE-----
MIIBmTCCAT+gAwIBAgIUc25k+TP0KWRczFiHfApfQQs7LuwwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MB4XDTI2MTEyNzE3MzI1NFoXDTM2MTEyNDE3
MzI1NFowFDESMBAGA1UEAwwJbG9jYWxob3N0MFkwEwYHKoZIzj0CAQYIKoZIzj0D
AQcDQgAEWypXoHHJaqGfWFh0XsbDGZTZE2ZUfNI+je+UDlc0K3AYq3C34JaQD20w
yQnTkfqB3rBC5okxaNSyDz98vOVYf6NvMG0wHQYDVR0OBBYEFFDx9Z+sICHCr07j
KMcYnilIG6ISMB8GA1UdIwQYMBaAFFDx9Z+sICHCr07jKMcYnilIG6ISMA8GA1Ud
EwEB/wQFMAMBAf8wGgYDVR0RBBMwEYIJbG9jYWxob3N0hwR/AAABMAoGCCqGSM49
BAMCA0gAMEUCIQC89QSf21TOj48JBHPKg+Vcg2sfI/jWxk9XIBTHCqbdKAIgUlcX
weNpXYgbGVQLo2JPywxU2BVgPJP48vwceeqFFKI=
-----END CERTIFICATE-----
"""
TWO_NAMES = """\
-----BEGIN CERTIFICATE-----
MIIBojCCAUegAwIBAgIUEg7LDNAP6LVgTsnwlMewzAfAG+EwCgYIKoZIzj0EAwIw
ETEPMA0GA1UEAwwGb3JkZXJzMB4XDTI2MTEyNzE3MzMyNloXDTM2MTEyNDE3MzMy
NlowETEPMA0GA1UEAwwGb3JkZXJzMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE
uXt+TRCVGLkpo52ag9RCE9fy59a5vD6rtS9pXlULRPGlmwP3JF4CEPjo8RGJWpYC
s3XH9vCPWGZgKwqDhsrz66N9MHswHQYDVR0OBBYEFBG1Fo1+4n71buHlNu6zrW6Y
CQf1MB8GA1UdIwQYMBaAFBG1Fo1+4n71buHlNu6zrW6YCQf1MA8GA1UdEwEB/wQF
MAMBAf8wKAYDVR0RBCEwH4IJbG9jYWxob3N0ghJvcmRlcnMuZXhhbXBsZS5jb20w
CgYIKoZIzj0EAwIDSQAwRgIhAK+Zz1sQQiGrImTsiFV6a3M0Jq3a/8jchl5Y69oP
sFSMAiEAzHYDPwbUdvgBumhAJpyW2O+GWQzVg/iqEASOF0uDyso=
-----END CERTIFICATE-----
"""
NAMELESS = """\
-----BEGIN CERTIFICATE-----
MIIBdzCCAR2gAwIBAgIUW268d9wUThMbUENns8/bDNCiTD0wCgYIKoZIzj0EAwIw
ETEPMA0GA1UEAwwGb3JkZXJzMB4XDTI2MTEyNzE3MzMyNloXDTM2MTEyNDE3MzMy
NlowETEPMA0GA1UEAwwGb3JkZXJzMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE
Tnjm8VI0Ow9MwsYCo//NqY/TaTiCHQHoY9MfthPXRcQI/BnSvmLC2zlh5w1YAia+
l/iCtEYqBNFoKSzJNWcKNKNTMFEwHQYDVR0OBBYEFKlpLdoErKCjp2/oiYNLnKA+
xBqbMB8GA1UdIwQYMBaAFKlpLdoErKCjp2/oiYNLnKA+xBqbMA8GA1UdEwEB/wQF
MAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIgPH2w85CTW6YjiqoobUPf6E5IPpo5kVpu
5Dzpqbvc9PoCIQDd01VcqJzX5tTOComSjfwfBG7Z4d5SZrEx/XokDqiFqQ==
-----END CERTIFICATE-----
"""


def test_loopback_by_name_and_by_address() -> None:
    assert names_in(LOCALHOST) == [{"localhost"}]


def test_every_name() -> None:
    assert names_in(TWO_NAMES) == [{"localhost", "orders.example.com"}]


def test_several_and_one_without_names() -> None:
    assert names_in(LOCALHOST + NAMELESS) == [{"localhost"}, frozenset()]


def test_what_is_no_certificate() -> None:
    broken = LOCALHOST.replace("MIIBmTCC", "MIIBmTC=")
    assert names_in("") == names_in("-----BEGIN CERTIFICATE-----\n") == names_in(broken) == []


def test_one_that_is_cut_off() -> None:
    body = "".join(LOCALHOST.split("\n")[1:7])
    assert names_in(f"-----BEGIN CERTIFICATE-----\n{body[:-2]}==\n-----END CERTIFICATE-----") == [frozenset()]
