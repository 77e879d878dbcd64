"""Holds every import to Package.swift: what a target imports it has to declare, and what it declares it has to import.

SwiftPM builds all modules into one folder, where the compiler finds them whether they were declared or not.

Usage: swift package dump-package | imports.py PACKAGE_FOLDER
"""

import json
import pathlib
import re
import sys

# Of the toolchain. All of Foundation is for tests alone: it would bring ICU into the program.
SYSTEM = {"Dispatch", "FoundationEssentials", "Glibc", "Synchronization"}
TESTING = {"Foundation", "Testing"}
# Products whose modules have other names than the product.
MODULES = {"Numerics": {"Numerics", "RealModule", "ComplexModule"}}
# Without these an import is public by default, and a member may come from a module that the file does not name.
FEATURES = {"InternalImportsByDefault", "MemberImportVisibility"}
IMPORT = re.compile(
    r"^(?P<attributes>(?:@\w+(?:\([^)]*\))?\s+)*)(?:(?:public|package|internal|fileprivate|private)\s+)?"
    r"import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(?P<module>\w+)")


def problems(target, folder):
    declared = {next(iter(d.values()))[0] for d in target["dependencies"]}
    known = {name: MODULES.get(name, {name}) for name in declared}
    modules = set().union(*known.values()) if known else set()
    is_test = folder.parts[-2] == "Tests"
    allowed = modules | SYSTEM | (TESTING if is_test else set())
    imported = set()
    files = sorted(folder.rglob("*.swift"))
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            match = IMPORT.match(line)
            if not match:
                continue
            module, attributes = match["module"], match["attributes"]
            imported.add(module)
            place = f"{file}:{number}"
            if module not in allowed:
                yield f"{place}: {target['name']} imports {module}, which Package.swift does not name as a dependency"
            if "@_exported" in attributes or ("@testable" in attributes and not is_test):
                yield f"{place}: {attributes.strip()} lets other modules in; import {module} plainly"
    if not files:
        return
    for name, names in sorted(known.items()):
        # every test target is given TestSupport
        if not names & imported and not (is_test and name == "TestSupport"):
            yield f"Package.swift: {target['name']} names {name} as a dependency and imports it nowhere"
    features = {value["_0"] for s in target["settings"]
                for kind, value in s["kind"].items() if kind == "enableUpcomingFeature"}
    for feature in sorted(FEATURES - features):
        yield f"Package.swift: {target['name']} is built without {feature}"


def main():
    package, root = json.load(sys.stdin), pathlib.Path(sys.argv[1])
    found = []
    for target in package["targets"]:
        base = "Tests" if target["type"] == "test" else "Sources"
        found += problems(target, root / (target.get("path") or f"{base}/{target['name']}"))
    print("\n".join(found), end="\n" if found else "")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
