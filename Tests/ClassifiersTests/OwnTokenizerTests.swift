import Checkpoints
import Classifiers
import Foundation
import TestSupport
import Testing
import Tokenizers

private let opener = ModelOpener(embedded: [])

private func path(_ name: String) -> String { fixture("fastai-own/\(name)").path }

private func open(_ name: String, _ tokenizer: String?) throws -> Model {
  try opener.open(path(name), with: OpeningOptions(tokenizer: tokenizer))
}

/// fastai exports whose tokenizer is a class of their owner's.
struct OwnTokenizerTests {
  @Test(
    arguments: [
      ("mol-tokenizer", nil), ("mol-tokenizer", "[BOS] smiles-characters"),
      ("first-mol-tokenizer", nil), ("first-regression", "smiles-characters"),
      ("smiles-pattern", "xxbos smiles"),
      (
        "smiles-pattern",
        #"xxbos regex:\[[^\]]+\]|Br|Cl|%\d\d|@@|[BCNOPSFIbcnops]|[0-9]|[()=#\-+\\/.~*:$@]"#
      ),
      ("letters", "characters"), ("white-space", "spaces"),
    ] as [(String, String?)])
  func `a learner whose tokenizer is said says what learn.predict said`(
    name: String, tokenizer: String?
  ) throws {
    let model = try open(name + ".pkl", tokenizer)
    try expectAnswers(of: model, at: fixture("fastai-own/\(name).json"))
    #expect(model.facts.tokenizer.contains("split as"))
  }

  @Test func `a tokenizer that people have published is known by its name`() throws {
    let model = try open("mol-tokenizer.pkl", nil)
    let note = ModelNote.ownTokenizer(
      className: "MolTokenizer", splitting: "[BOS] smiles-characters")
    #expect(model.facts.notes.contains(note))
    let pieces = model.tokenizer.encode("C[13CH4]Br").pieces
    #expect(pieces.map(\.text) == ["[BOS]", "C", "[13CH4]", "Br"])
    #expect(pieces.map(\.isFrame) == [true, false, false, false])
    // MolPMoFiT's [UNK] has a place of its own; its vocabulary begins with the padding.
    #expect(model.tokenizer.vocabulary[pieces[2].id] == "[UNK]")
    #expect(pieces.map(\.utf8Range) == [0..<0, 0..<1, 1..<8, 8..<10])
    #expect(pieces.map(\.word) == [nil, 0, 1, 2])
  }

  @Test func `a refusal shows tokens and guesses`() throws {
    func refusal(_ name: String) throws -> UnknownSplitting? {
      do {
        _ = try open(name + ".pkl", nil)
        return nil
      } catch ModelOpeningError.tokenizer(_, .unknownSplitting(let unknown)) {
        return unknown
      }
    }
    let pattern = try #require(try refusal("smiles-pattern"))
    #expect(pattern.className == "SmilesPattern")
    #expect(pattern.examples.contains("Cl") && pattern.examples.contains("C"))
    // The learner's own regular expression stands in the file.
    guard case .regex(let found) = pattern.guess.splitting.method else {
      Issue.record("\(pattern.guess)")
      return
    }
    #expect(found.hasPrefix(#"\[[^\]]+\]|Br|Cl"#))
    #expect(pattern.guess.whole == pattern.guess.tokens)
    #expect(try refusal("letters")?.guess.splitting.method == .characters)
    #expect(try refusal("white-space")?.guess.splitting.method == .words)
  }

  @Test func `weights take the tokenizer that is said`() throws {
    let model = try open("weights.pth", "xxbos smiles")
    #expect(model.facts.notes.contains(.assumed(setting: "rules", value: "none")))
    let peer = try open("smiles-pattern.pkl", "xxbos smiles")
    for text in ["C[C@@H](Cl)Br", "O=C1COCCN1c1ccc(cc1)N1CC(CNC(=O)c2ccc(Cl)s2)OC1=O"] {
      #expect(model.tokenizer.encode(text).ids == peer.tokenizer.encode(text).ids)
    }
    let guessed = try open("weights.pth", nil)
    #expect(guessed.facts.notes.contains(.assumed(setting: "tokenizer", value: "smiles")))
    #expect(guessed.tokenizer.encode("ClC").pieces.map(\.text) == ["Cl", "C"])
  }

  @Test func `an import keeps the tokenizer that was said`() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "whylight-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let options = OpeningOptions(tokenizer: "xxbos smiles")
    let imported = try opener.read(path("smiles-pattern.pkl"), with: options)
    for file in try imported.files(card: "") {
      var bytes = Data()
      try file.write { bytes.append(contentsOf: $0) }
      try bytes.write(to: folder.appending(path: file.name))
    }
    let model = try opener.open(folder.path)
    #expect(model.classifier.classes == ["logp"] && model.classifier.link == .identity)
    try expectAnswers(of: model, at: fixture("fastai-own/smiles-pattern.json"))
    let unused = ModelOpeningError.unusedOption(name: "tokenizer", path: folder.path)
    #expect(throws: unused) { try opener.open(folder.path, with: options) }
  }

  @Test func `a tokenizer that is of no use or can't be is refused`() throws {
    let words = fixture("checkpoints/words-one-layer.pkl").path
    #expect(throws: ModelOpeningError.unusedOption(name: "tokenizer", path: words)) {
      try opener.open(words + " --tokenizer smiles")
    }
    let file = path("letters.pkl")
    let unknown = TokenizerProblem.splitting(.unknown(name: "letter"))
    #expect(throws: ModelOpeningError.tokenizer(model: file, unknown)) {
      try opener.open(file + " --tokenizer letter")
    }
    #expect(throws: ModelOpeningError.self) { try opener.open(file + " --tokenizer regex:(") }
  }

  @Test func `a model and its tokenizer are one line`() throws {
    let argument = ModelArgument("~/my models/a.pkl --tokenizer [BOS] smiles [EOS]")
    #expect(argument.model == "~/my models/a.pkl" && argument.tokenizer == "[BOS] smiles [EOS]")
    #expect(ModelArgument(argument.line) == argument)
    #expect(ModelArgument("exec:x --tokenizer y").tokenizer == nil)
    let model = try opener.open(path("letters.pkl") + " --tokenizer characters")
    try expectAnswers(of: model, at: fixture("fastai-own/letters.json"))
  }
}

/// fastai exports that predict numbers.
struct FastaiRegressionTests {
  @Test(arguments: [("regression", ["stars"]), ("regression-of-three", ["plot", "cast", "score"])])
  func `numbers are those of learn.predict, called as their columns`(
    name: String, columns: [String]
  ) throws {
    let model = try open(name + ".pkl", nil)
    #expect(model.classifier.link == .identity && model.classifier.classes == columns)
    try expectAnswers(of: model, at: fixture("fastai-own/\(name).json"))
  }

  @Test func `numbers in a range are squeezed into it`() throws {
    let model = try open("smiles-pattern.pkl", "xxbos smiles")
    #expect(model.facts.settings.contains { $0 == (name: "y_range", value: "-3.0 to 6.0") })
    let values = try ["CCO", "Cl", "c1ccccc1"].map { try model.predict($0).logits[0] }
    #expect(values.allSatisfy { (-3...6).contains($0) } && Set(values).count == 3)
  }

  @Test func `a regression of fastai 1 has no columns`() throws {
    let model = try open("first-regression.pkl", nil)
    #expect(model.classifier.link == .identity && model.classifier.classes == ["value"])
    try expectAnswers(of: model, at: fixture("fastai-own/first-regression.json"))
  }

  @Test func `tasks whose labels are numbers are each for itself`() throws {
    let model = try open("tasks.pkl", nil)
    #expect(model.classifier.link == .sigmoid && model.classifier.classes == ["toxic", "rude"])
    try expectAnswers(of: model, at: fixture("fastai-own/tasks.json"))
  }
}
