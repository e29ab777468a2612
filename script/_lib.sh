# Set-up shared by script/server, script/test and their like. Source it; it defines ROOT, the functions and nothing else.
# Every step is skipped when it is already done, so a second run takes seconds and needs no network.
# shellcheck shell=bash

ROOT="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)"
VENV="$ROOT/.venv"
SETUP_LOG="$ROOT/var/setup.log"

# WeasyPrint's libraries (without the subset one, fonts take many times longer), the fonts of official papers, and those
# of rare characters and of Uyghur and Tibetan names.
SERVER_PACKAGES=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk fonts-lxgw-wenkai
  fonts-hanazono fonts-dejavu-core fonts-tibetan-machine)

say() { printf '%s\n' "$*"; }

die() {
  printf '%s\n' "$@" >&2
  exit 1
}

# quietly WHAT COMMAND…: run with the output in the log; on failure show its end and stop.
quietly() {
  local what=$1 from=0 start=$SECONDS
  shift
  mkdir -p "$ROOT/var"
  [ ! -f "$SETUP_LOG" ] || from=$(wc -l <"$SETUP_LOG")
  printf '%s …' "$what"
  if "$@" >>"$SETUP_LOG" 2>&1 </dev/null; then
    say " 完成（$((SECONDS - start)) 秒）"
    return
  fi
  say " 没有成功"
  tail -n "+$((from + 1))" "$SETUP_LOG" | { grep -vE '^(WARNING|Get:|Hit:|Ign:)' || true; } | tail -n 5 | cut -c1-200 >&2
  die "$what 没有成功，原因见上面几行，全部记录在 $SETUP_LOG。" \
    "如果是连不上网，请检查网络或本单位的软件源设置，再运行一次；已做完的步骤不会重做。"
}

# Print the first interpreter that is new enough.
find_python() {
  local name
  for name in python3 python3.13 python3.12 python3.11; do
    if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
      command -v "$name"
      return
    fi
  done
  return 1
}

missing_packages() {
  local name
  for name in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null)" != installed ] || continue
    printf '%s\n' "$name"
  done
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Ask for the password now, while there is someone to type it.
can_be_root() {
  [ "$(id -u)" != 0 ] || return 0
  command -v sudo >/dev/null || return 1
  if [ -t 0 ]; then sudo -v; else sudo -n true 2>/dev/null; fi
}

# need_packages NAME…: install the missing ones by apt; where that is not allowed, print the command and stop.
need_packages() {
  command -v apt-get >/dev/null || {
    say "提示：本机没有 apt，请自行确认已装好这些系统软件包（Debian 的名字）：$*"
    return 0
  }
  local -a missing
  mapfile -t missing < <(missing_packages "$@")
  [ ${#missing[@]} -gt 0 ] || return 0
  can_be_root || die "还缺系统软件包，安装要管理员权限。请用管理员身份运行下面一行，再重新运行本命令：" \
    "  apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"
  quietly "更新软件包目录（apt-get update）" as_root apt-get -q update
  quietly "安装系统软件包（apt-get）：${missing[*]}" as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -q -y --no-install-recommends -o Dpkg::Use-Pty=0 install "${missing[@]}"
}

# Debian ships Python without what `python -m venv` needs.
venv_package() {
  "$1" -c 'import ensurepip, venv' 2>/dev/null || "$1" -c 'import sys; print("python3.%d-venv" % sys.version_info[1])'
}

# packages_for COMMAND PACKAGE…: print the package of each command that is missing; one from elsewhere is left alone.
packages_for() {
  while [ $# -gt 0 ]; do
    command -v "$1" >/dev/null || printf '%s\n' "$2"
    shift 2
  done
}

# need_venv PYTHON base|dev: bring .venv to requirements/NAME.txt, every file checked by its hash.
need_venv() {
  local python=$1 lock="$ROOT/requirements/$2.txt" stamp="$VENV/.stamp-$2" made_for want
  made_for="$ROOT $("$python" -c 'import sys; print(sys.version.split()[0])')"
  want="$made_for $(sha256sum <"$lock")"
  [ "$(cat "$stamp" 2>/dev/null)" != "$want" ] || return 0
  make_venv "$python" "$made_for"
  quietly "安装 Python 库（pip）" "$VENV/bin/python" -m pip install --quiet --no-input \
    --disable-pip-version-check --require-hashes --only-binary :all: -r "$lock"
  link_project
  printf '%s\n' "$want" >"$stamp"
}

# A .venv that was moved, copied or left behind by another Python is built anew.
make_venv() {
  local marker="$VENV/.made-for"
  if "$VENV/bin/python" -m pip --version >/dev/null 2>&1 &&
    [ "$(cat "$marker" 2>/dev/null || printf '%s' "$2")" = "$2" ]; then
    return
  fi
  quietly "建立 Python 环境（.venv）" "$1" -m venv --clear "$VENV"
  printf '%s\n' "$2" >"$marker"
}

# Put the project itself into .venv without a build: a path file and the `walkthrough` command.
link_project() {
  local site
  site=$("$VENV/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
  printf '%s\n' "$ROOT" >"$site/walkthrough.pth"
  cat >"$VENV/bin/walkthrough" <<'LAUNCHER'
#!/bin/sh
'''exec' "$(dirname -- "$(readlink -f -- "$0")")/python" "$0" "$@"
' '''
import sys

from walkthrough_app.cli import main

if __name__ == "__main__":
    sys.exit(main())
LAUNCHER
  chmod +x "$VENV/bin/walkthrough"
}

# set_up base|dev [PACKAGE…]: system packages, Python libraries and fonts.
set_up() {
  local python lock=$1
  shift
  python=$(find_python) || die "需要 Python 3.11 或更新的版本，本机没有找到。Debian 12：apt-get install -y python3"
  [ -d "$VENV" ] || say "第一次运行要下载和安装软件，需要几分钟。"
  # shellcheck disable=SC2046  # no package is no word
  need_packages "${SERVER_PACKAGES[@]}" "$@" $(venv_package "$python")
  need_venv "$python" "$lock"
  "$ROOT/script/fonts"  # needs the libraries: it cuts fonts down
}
