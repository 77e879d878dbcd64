# The commands that the README names. Each installs what the machine lacks first, says what, and does nothing twice.
# A pipe fails where one of its parts does.
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c

# Packages of Debian and Ubuntu, named once. A name may be one that another package provides: newer systems have
# libcurl4t64 for libcurl4, and any libstdc++-12-dev or later is a libstdc++-dev.
TOOLCHAIN := git binutils libstdc++-dev libcurl4 libncurses6 libsqlite3-0 libxml2 zlib1g
LIBRARIES := libncurses-dev libsqlite3-dev nettle-dev libcoordgen-dev
PICTURES := librsvg2-bin fonts-dejavu-core
TESTING := tmux python3

# Where `make install` puts the program, its manual page, completions and themes.
PREFIX ?= /usr/local

.PHONY: run build lint test bench fuzz release install deb wheel check-release check-kernels

run: build
	.build/release/whylight

build:
	@$(PREPARE) $(TOOLCHAIN) $(LIBRARIES) $(PICTURES)
	@$(BUILD) --product whylight

# What needs no build: the layout of the code by .swift-format, and every import by Package.swift.
lint:
	@$(PREPARE) $(TOOLCHAIN) python3
	swift format lint --strict --parallel --recursive Sources Tests Package.swift
	swift package dump-package | python3 .ci/imports.py .

test:
	@$(PREPARE) $(TOOLCHAIN) $(LIBRARIES) $(PICTURES) $(TESTING)
	@$(BUILD) --build-tests
	swift test -c release --skip-build --disable-xctest 2>&1 | tee .build/test-log || \
	  { echo "failed:"; grep -E "recorded an issue|with [0-9]+ issue" .build/test-log; exit 1; }

# One stripped file that runs on any Linux with glibc 2.35 or newer, with nothing installed: .build/dist/whylight.
release: build
	@$(PREPARE) $(TOOLCHAIN) $(LIBRARIES)
	packaging/link

install:
	@test -x .build/dist/whylight || { echo "There is no release yet. First, and not as root: make release" >&2; exit 1; }
	packaging/tree .build/dist/whylight "$(DESTDIR)$(PREFIX)"

deb wheel: release
	@$(PREPARE) python3
	packaging/$@

# Starts the release in a root with nothing but libc, libm and the loader, and installs its packages there. As root.
check-release:
	packaging/check

# The kernels beside their definitions, on this processor and, under qemu, on AArch64.
check-kernels:
	@$(PREPARE) $(TOOLCHAIN) g++-aarch64-linux-gnu qemu-user
	@mkdir -p .build/kernels
	clang++ -std=c++17 -O2 -ISources/CKernels/include Tests/Kernels/check.cpp Sources/CKernels/*.cpp -o .build/kernels/check
	.build/kernels/check
	clang++ --target=aarch64-linux-gnu -std=c++17 -O2 -static -fuse-ld=lld -ISources/CKernels/include Tests/Kernels/check.cpp \
	  Sources/CKernels/*.cpp -o .build/kernels/check-aarch64
	qemu-aarch64 .build/kernels/check-aarch64

# Whylight beside PyTorch, Captum, lime and shap on the same weights, in turns; writes the table of docs/figures.md.
bench: build
	@$(PREPARE) python3-venv
	@test -x .peers/bin/python || { echo "installing with pip into .peers:" && cat Tests/Benchmarks/requirements.txt && \
	  python3 -m venv .peers && .peers/bin/pip install --quiet -r Tests/Benchmarks/requirements.txt; }
	.build/release/whylight bench
	.peers/bin/python Tests/Benchmarks/peers.py .build/release/whylight Sources/EmbeddedModels/sentiment --figures docs/figures.md

# One reader of foreign files under libFuzzer: make fuzz READER=pickle SECONDS=600. What it finds and what it learns
# stays in .build-fuzz/READER.
READER ?= pickle
SECONDS ?= 60
fuzz:
	@$(PREPARE) $(TOOLCHAIN) libcoordgen-dev
	WHYLIGHT_FUZZ=$(READER) swift build -c release --sanitize=fuzzer --product fuzz --scratch-path .build-fuzz
	@mkdir -p .build-fuzz/$(READER)
	cd .build-fuzz/$(READER) && mkdir -p corpus && WHYLIGHT_FUZZ=$(READER) ../release/fuzz corpus ../../Tests/Fixtures/$(SEEDS_$(READER)) \
	  -max_total_time=$(SECONDS) -timeout=10 -rss_limit_mb=1024 -malloc_limit_mb=64 -max_len=200000 -print_final_stats=1
SEEDS_pickle = pickles
SEEDS_zip = checkpoints
SEEDS_export = checkpoints
SEEDS_safetensors = parity
SEEDS_tokenizer = parity/tokenizers
SEEDS_sentencepiece = parity/tokenizers
SEEDS_smiles = parity/molecules

# Installs the packages that are not there, as root or with sudo. Where that can't be, it shows the line for root.
define INSTALL_PACKAGES
command -v swift > /dev/null || { echo "Swift 6.3 is not installed: see https://www.swift.org/install" >&2; exit 1; }
if ! command -v dpkg-query > /dev/null; then
  echo "This is neither Debian nor Ubuntu. The build needs what these packages of theirs contain: $$*"
  exit 0
fi
present=$$(dpkg-query -W -f='$${db:Status-Status} $${Package} $${Provides} \n' \
  | sed -n 's/^installed / /p' | sed 's/([^)]*)//g; s/,/ /g')
missing=
for package; do grep -qF -- " $$package " <<< "$$present" || missing+=" $$package"; done
[ -n "$$missing" ] || exit 0
# Several packages provide it; this one depends on the right one.
missing=$${missing/libstdc++-dev/g++}
refuse() {
  printf '%s\n' "$$1 As root, run this, then make again:" \
    "  apt-get update && apt-get install -y --no-install-recommends$$missing" >&2
  exit 1
}
as_root=
if [ "$$(id -u)" != 0 ]; then
  as_root=sudo
  command -v sudo > /dev/null || refuse "Packages are missing, and there is no sudo to install them with."
fi
echo "Installing with apt-get:$$missing"
# Without a network apt-get tries each file again, for minutes, and says so once for each: three lines are enough.
exec 3>&1
set -o pipefail
{
  $$as_root apt-get -o Acquire::Retries=0 update -qq && $$as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -o Acquire::Retries=0 install -y -qq --no-install-recommends $$missing
} 2>&1 >&3 | sed -n 1,3p >&2 || refuse "apt-get could not install the packages; the reason is above."
endef
export INSTALL_PACKAGES
PREPARE = bash -c "$$INSTALL_PACKAGES" make

# The first build fetches the packages that Package.swift names, which is the only use of the network beside apt-get.
# What the compiler is at is one line that changes, with the time so far; in a pipe it is a line each.
define BUILD_PRODUCTS
fetched=(.build/checkouts/{swift-argument-parser,swift-numerics}/Package.swift)
no_network="The packages in Package.swift could not be fetched. The first build needs https://github.com."
if ! ls "$${fetched[@]}" > /dev/null 2>&1 && [ ! -d ~/.cache/org.swift.swiftpm/repositories ]; then
  GIT_TERMINAL_PROMPT=0 timeout 60 git ls-remote --quiet https://github.com/apple/swift-numerics HEAD > /dev/null || {
    echo "$$no_network" >&2
    exit 1
  }
fi
if [ ! -d .build/release ]; then
  echo "The first build fetches two packages from https://github.com and takes 5 to 15 minutes on two cores."
fi
show() {
  local line width=$$(tput cols 2> /dev/null || echo 80)
  while IFS= read -r line; do
    if [ ! -t 1 ]; then printf '%4ds  %s\n' $$SECONDS "$$line"
    elif [[ $$line == \[*/*\]* ]]; then line=$$(printf '%4ds  %s' $$SECONDS "$$line"); printf '\r\033[K%s' "$${line:0:$$width-1}"
    else printf '\r\033[K%s\n' "$$line"
    fi
  done
  if [ -t 1 ]; then printf '\r\033[K'; fi
}
set -o pipefail
# With colours the compiler's call is another one, and a build into a pipe would begin anew after one in a terminal.
swift build -c release --no-color-diagnostics "$$@" 2>&1 | show && exit 0
if ! ls "$${fetched[@]}" > /dev/null 2>&1; then echo "$$no_network" >&2; fi
exit 1
endef
export BUILD_PRODUCTS
BUILD = bash -c "$$BUILD_PRODUCTS" make
