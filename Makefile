# The commands that the README names. Each installs what the machine lacks first, says what, and does nothing twice.
# A pipe fails where one of its parts does.
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

# $(call install,PACKAGES): Debian packages that are not there yet.
define install
@missing=$$(for package in $(1); do \
  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || echo $$package; done); \
if [ -n "$$missing" ]; then \
  echo "installing with apt-get:" $$missing; \
  $(SUDO) apt-get update -qq && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; \
fi
endef

.PHONY: run build test bench fuzz

run: build
	.build/release/whylight

build:
	$(call install,libncurses-dev libdnnl-dev libsqlite3-dev nettle-dev librsvg2-bin fonts-dejavu-core)
	swift build -c release --product whylight

test:
	$(call install,libncurses-dev libdnnl-dev libsqlite3-dev nettle-dev librsvg2-bin fonts-dejavu-core tmux python3)
	swift build -c release --build-tests
	swift test -c release --skip-build --disable-xctest 2>&1 | tee .build/test-log || \
	  { echo "failed:"; grep -E "recorded an issue|with [0-9]+ issue" .build/test-log; exit 1; }

# Whylight beside PyTorch and Captum on the same weights, in turns.
bench: build
	$(call install,python3-venv)
	@test -x .peers/bin/python || { echo "installing with pip into .peers:" && cat Tests/Benchmarks/requirements.txt && \
	  python3 -m venv .peers && .peers/bin/pip install --quiet -r Tests/Benchmarks/requirements.txt; }
	.build/release/whylight bench
	.peers/bin/python Tests/Benchmarks/peers.py .build/release/whylight Sources/EmbeddedModels/sentiment

# One reader of foreign files under libFuzzer: make fuzz READER=pickle SECONDS=600. What it finds and what it learns
# stays in .build-fuzz/READER.
READER ?= pickle
SECONDS ?= 60
fuzz:
	$(call install,libdnnl-dev)
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
