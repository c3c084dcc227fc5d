"""nginx on loopback, with the configuration that the archive ships."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from ssl import SSLContext, create_default_context

import pytest
import trustme

CONFIGURATION = Path(__file__).parents[2] / "deploy/nginx.conf"
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
MAIN = """\
daemon off;
master_process off;
pid nginx.pid;
error_log stderr;
{load}
events {{ }}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    access_log off;
    client_body_temp_path temporary;
    proxy_temp_path temporary;
    fastcgi_temp_path temporary;
    uwsgi_temp_path temporary;
    scgi_temp_path temporary;
    include archive.conf;
}}
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A site's addresses: both ports, and the certificate of whoever vouches for it."""

    http: int
    https: int
    authority: Path

    def url(self, path: str) -> str:
        """The address of a page by its path within the site: ``/tag/north-korea/``."""
        return f"https://localhost:{self.https}{path}"

    def connected(self) -> HTTPSConnection:
        """Connect to the site as its readers do."""
        trusted: SSLContext = create_default_context(cafile=str(self.authority))
        return HTTPSConnection("localhost", self.https, timeout=10, context=trusted)

    def connected_plainly(self) -> HTTPConnection:
        """Connect without encryption."""
        return HTTPConnection("localhost", self.http, timeout=10)


@contextmanager
def served(site: Path, folder: Path, root: str = "") -> Iterator[Server]:
    """Serve a published site below a path; ``folder`` is for what nginx needs besides."""
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if not program:
        pytest.fail("There is no nginx; run make test, which finds or installs one", pytrace=False)
    folder.mkdir()
    if root:
        (folder / "www").mkdir()
        (folder / f"www{root}").symlink_to(site)
        site = folder / "www"
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "authority.pem")
    certificate = authority.issue_cert("localhost")
    for number, part in enumerate(certificate.cert_chain_pems):
        part.write_to_path(folder / "fullchain.pem", append=number > 0)
    certificate.private_key_pem.write_to_path(folder / "privkey.pem")
    server = Server(_free_port(), _free_port(), folder / "authority.pem")
    (folder / "archive.conf").write_text(
        _configuration(site, folder, root, server), encoding="utf-8"
    )
    load = f"load_module {BROTLI};" if BROTLI.is_file() else ""
    (folder / "nginx.conf").write_text(MAIN.format(load=load), encoding="utf-8")
    command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", "stderr"]
    with (folder / "errors.txt").open("wb") as errors:
        nginx = subprocess.Popen(command, stderr=errors)  # noqa: S603  # our own command
    try:
        _wait_for(server, nginx, folder / "errors.txt")
        yield server
    finally:
        nginx.terminate()
        nginx.wait()


def _configuration(site: Path, folder: Path, root: str, server: Server) -> str:
    """Put this site's own in the places that the configuration names, and loopback's ports."""
    text = CONFIGURATION.read_text(encoding="utf-8")
    for ours, here in (
        ("    listen [::]:80;\n", ""),
        ("    listen [::]:443 ssl http2;\n", ""),
        ("listen 80;", f"listen 127.0.0.1:{server.http};"),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{server.https} ssl http2;"),
        ("/srv/archive/public/current/data;", f"{site};"),
        (" /404.html;", f" {root}/404.html;"),
        ('"~^/search/"', f'"~^{root}/search/"'),
        ("/etc/letsencrypt/live/example.org/", f"{folder}/"),
        ("https://example.org$request_uri", f"https://localhost:{server.https}$request_uri"),
        ("server_name example.org;", "server_name localhost;"),
    ):
        assert ours in text
        text = text.replace(ours, here)
    return text.replace("# brotli_static on;", "brotli_static on;") if BROTLI.is_file() else text


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def _wait_for(server: Server, nginx: subprocess.Popen[bytes], errors: Path) -> None:
    while nginx.poll() is None:
        with closing(socket.socket()) as client:
            if client.connect_ex(("127.0.0.1", server.https)) == 0:
                return
        time.sleep(0.02)
    pytest.fail(f"nginx did not start: {errors.read_text()}", pytrace=False)
