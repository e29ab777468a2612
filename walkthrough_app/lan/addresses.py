"""Where other machines of the network find this one."""

import re
import socket
import struct

IF_ADDRESS = 0x8915  # SIOCGIFADDR


def addresses() -> list[str]:
    """Return this machine's IPv4 addresses that others may reach, the one of the way out first."""
    found = [_way_out(), *(_address_of(name) for _, name in socket.if_nameindex())]
    return [one for one in dict.fromkeys(found) if one and not one.startswith("127.")]


def _way_out() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing; only asks which of our addresses would be used
            return str(probe.getsockname()[0])
        except OSError:
            return ""


def _address_of(interface: str) -> str:
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            answer = fcntl.ioctl(probe, IF_ADDRESS, struct.pack("256s", interface.encode()[:15]))
        except OSError:
            return ""  # has none
    return socket.inet_ntoa(answer[20:24])


def host_name() -> str:
    """Return this machine's own name; empty when a certificate could not carry it."""
    name = socket.gethostname()
    return name if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.-]{0,60}", name) else ""
