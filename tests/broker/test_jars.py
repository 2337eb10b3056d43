import pytest

from streams.broker.errors import BrokerError
from streams.broker.jars import Jar, locked, resolve

ABSENT = Jar("org.example", "absent", "1.0", "0" * 64)


def test_the_lock_names_45_jars_each_once_with_a_sha256_and_no_host():
    jars = locked()
    assert len(jars) == len({jar.coordinates for jar in jars}) == 45
    assert all(len(bytes.fromhex(jar.sha256)) == 32 for jar in jars)
    assert not any("/" in part for jar in jars for part in jar)


def test_a_jar_whose_bytes_are_not_the_locked_ones_is_refused_by_its_path(tmp_path):
    path = tmp_path / "org" / "example" / "absent" / "1.0" / "absent-1.0.jar"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"not a jar")
    with pytest.raises(BrokerError, match=f"not the locked org.example:absent:1.0 .*{path}; delete it"):
        resolve((ABSENT,), tmp_path)


def test_a_jar_with_the_locked_bytes_is_taken_from_the_cache(tmp_path):
    path = tmp_path / "org" / "example" / "absent" / "1.0" / "absent-1.0.jar"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"abc")
    # FIPS 180-2, appendix B.1: the digest of "abc".
    abc = Jar("org.example", "absent", "1.0", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    assert resolve((abc,), tmp_path) == (path,)


def test_a_first_start_without_a_network_says_so_and_leaves_nothing(tmp_path, monkeypatch):
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with pytest.raises(BrokerError, match=r"cannot fetch org.example:absent:1.0: no Maven repository answers"):
        resolve((ABSENT,), tmp_path)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
