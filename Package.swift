// swift-tools-version: 6.2
// The architecture as one list: every module, what it may import, and nothing else.
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  // So that a linker can leave out single functions that nothing calls.
  .unsafeFlags(["-Xfrontend", "-function-sections"]),
]

// Tests are compiled plainly: optimising them takes the compiler longer than it saves them. Their
// modules come out of the compilation itself, not of one beside it, which took a quarter of the time.
let testSettings = settings + [.unsafeFlags(["-Onone", "-no-emit-module-separately-wmo"])]

// Screens, sentences and commands compute nothing that takes time: compiled for size they take the
// compiler a sixth less and are smaller.
let sizeSettings = settings + [.unsafeFlags(["-Osize"])]

let arguments = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let numerics = Target.Dependency.product(name: "Numerics", package: "swift-numerics")

func module(
  _ name: String, _ dependencies: [Target.Dependency], _ swiftSettings: [SwiftSetting] = settings
) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

func tests(
  _ module: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
  .testTarget(
    name: module + "Tests", dependencies: [.byName(name: module), "TestSupport"] + dependencies,
    exclude: exclude, swiftSettings: testSettings)
}

let package = Package(
  name: "whylight",
  products: [
    .executable(name: "whylight", targets: ["whylight"]),
    .library(name: "Classifiers", targets: ["Classifiers"]),
    .library(name: "Attribution", targets: ["Attribution"]),
    .library(name: "Reports", targets: ["Reports"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-numerics", exact: "1.1.1"),
  ],
  targets: [
    // numbers: text -> pieces -> logits -> scores
    .target(name: "CKernels"),
    module("Tensors", ["CKernels", numerics]),
    module("Documents", []),
    module("Checkpoints", ["Documents", "Tensors"]),
    .target(
      name: "CTokenizerData", exclude: ["NOTICE", "export_facts.py", "export_unicode.py"]),
    module("Tokenizers", ["CTokenizerData", "Documents"]),
    .target(name: "CSupervisor"),
    module("Classifiers", ["Tensors", "Documents", "Checkpoints", "Tokenizers", "CSupervisor"]),
    .systemLibrary(name: "CNettle", providers: [.apt(["nettle-dev"])]),
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    module(
      "Datasets",
      ["Documents", "Tensors", "Checkpoints", "Tokenizers", "Classifiers", "CNettle", "CSQLite"]),
    module("Attribution", ["Tensors", "Tokenizers", "Classifiers"]),
    .target(name: "CEmbeddedModels"),
    .target(
      name: "EmbeddedModels", dependencies: ["CEmbeddedModels", "Checkpoints", "Classifiers"],
      exclude: ["molecules", "sentiment"], swiftSettings: settings),

    // structures: SMILES -> atoms and bonds -> places in the plane
    .target(name: "CCoordGen", linkerSettings: [.linkedLibrary("coordgen")]),
    module("Molecules", ["CCoordGen"]),

    // screens
    .target(name: "CThemes"),
    module("TerminalUI", ["CThemes"]),
    .target(
      name: "CNcurses", exclude: ["terminfo"],
      linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
    module("Ncurses", ["CNcurses", "TerminalUI"]),

    // where the two chains meet
    module(
      "Reports",
      [
        "Documents", "Tokenizers", "Classifiers", "Attribution", "Datasets", "Molecules",
        "TerminalUI",
      ],
      sizeSettings),
    module(
      "Workbench",
      [
        "Checkpoints", "Tokenizers", "Classifiers", "Attribution", "Datasets", "Reports",
        "TerminalUI",
      ],
      sizeSettings),
    module(
      "Explorer",
      [
        "Tensors", "Tokenizers", "Classifiers", "Attribution", "Datasets", "Molecules", "Reports",
        "Workbench", "TerminalUI",
      ],
      sizeSettings),
    .executableTarget(
      name: "whylight",
      dependencies: [
        "Tensors", "Documents", "Checkpoints", "Tokenizers", "Classifiers", "Attribution",
        "Datasets", "EmbeddedModels", "Molecules", "Reports", "Workbench", "TerminalUI", "Ncurses",
        "Explorer", arguments,
      ],
      swiftSettings: sizeSettings,
      // One file that runs where there is no Swift, and starts faster with less memory. The option
      // --static-swift-stdlib would have every module compiled once more for the tests, which need
      // the shared libraries.
      linkerSettings: [
        .unsafeFlags(
          [
            "-static-stdlib", "-l_FoundationCShims",
            "-l_FoundationCollections",
          ], .when(platforms: [.linux]))
      ]),

    // tests
    .target(
      name: "TestSupport", dependencies: ["Tensors", "Tokenizers", "Classifiers", "TerminalUI"],
      path: "Tests/TestSupport", swiftSettings: settings),
    tests("Tensors", ["CKernels"]),
    tests("Documents"),
    tests("Checkpoints", ["Documents", "Tensors"]),
    tests("Tokenizers", ["Documents"]),
    tests("Classifiers", ["Tensors", "Documents", "Checkpoints", "Tokenizers"]),
    tests(
      "EmbeddedModels",
      ["Checkpoints", "Tokenizers", "Classifiers", "Attribution", "Molecules", "Reports"]),
    tests("Attribution", ["Tensors", "Documents", "Checkpoints", "Tokenizers", "Classifiers"]),
    tests("Datasets", ["CSQLite", "Documents", "Tokenizers", "Classifiers"]),
    tests("Molecules", ["CCoordGen"]),
    tests("TerminalUI", exclude: ["Snapshots"]),
    tests("Ncurses", ["TerminalUI"]),
    tests(
      "Reports",
      [
        "Documents", "Tokenizers", "Classifiers", "Attribution", "Datasets", "Molecules",
        "TerminalUI",
      ],
      exclude: ["Molecules/Snapshots"]),
    tests(
      "Workbench",
      ["Checkpoints", "Tokenizers", "Classifiers", "Attribution", "Datasets", "Reports"]),
    tests(
      "Explorer",
      [
        "Tensors", "Checkpoints", "Tokenizers", "Classifiers", "Attribution", "Datasets",
        "Molecules", "Reports", "Workbench", "TerminalUI",
      ],
      exclude: ["Snapshots"]
    ),
    .testTarget(
      name: "EndToEndTests",
      dependencies: ["Documents", "Attribution", "Datasets", "Explorer", "TerminalUI"],
      swiftSettings: testSettings),
  ],
  cxxLanguageStandard: .cxx17
)

// Only `make fuzz` builds it: libFuzzer's main stands in for the program's.
if Context.environment["WHYLIGHT_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "fuzz", dependencies: ["Checkpoints", "Documents", "Molecules", "Tokenizers"],
      path: "Tests/Fuzz", swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])]))
}
