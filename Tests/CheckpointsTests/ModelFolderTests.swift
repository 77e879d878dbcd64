import Checkpoints
import Testing

/// The files of a small model, to be spoilt one at a time.
private struct TinyModel {
  var config = """
    {"format": "whylight-model", "version": 1, "name": "tiny", "architecture": "awd-lstm",
     "classes": ["no", "yes"], "problem": "single-label",
     "awd_lstm": {"emb_sz": 2, "n_hid": 3, "n_layers": 1, "bidir": false, "pad_token": 1,
                  "bptt": 72, "max_len": 1440, "backwards": false, "y_range": null},
     "tokenizer": {"kind": "fastai-words", "language": "en", "rules": ["lowercase"],
                   "special_tokens": ["xxunk", "xxpad"], "vocabulary": "vocab.json"}}
    """
  var vocabulary = #"["xxunk", "xxpad", "a"]"#
  var selfChecks = #"[{"text": "a", "ids": [2], "probabilities": [0.25, 0.75]}]"#

  var files: ModelFiles {
    ModelFiles([
      "config.json": ByteSource(Array(config.utf8)),
      "vocab.json": ByteSource(Array(vocabulary.utf8)),
      "selfcheck.json": ByteSource(Array(selfChecks.utf8)),
      "model.safetensors": safetensorsFile(header: "{}"),
    ])
  }

  func with(_ old: String, _ new: String) -> TinyModel {
    var copy = self
    copy.config = config.replacing(old, with: new)
    #expect(copy.config != config)
    return copy
  }
}

private let sizes = "a whole number from 1 to 1000000"
private let kinds = SavedTokenizer.Kind.allCases.map(\.rawValue).joined(separator: " or ")
private let problems = "single-label or multi-label or regression"
private let range = "null or two numbers in order"
private let beside = "the name of a file in the same folder"

struct ModelFolderTests {
  @Test func `a folder is read whole`() throws {
    let saved = try ModelFolder.read(TinyModel().files)
    #expect(saved.name == "tiny")
    #expect(saved.classes == ["no", "yes"])
    #expect(saved.problem == .singleLabel)
    let settings = AWDLSTMSettings(embeddingSize: 2, hiddenSize: 3, layers: 1)
    #expect(saved.architecture as? AWDLSTMSettings == settings)
    #expect(saved.tokenizer.kind == .fastaiWords)
    #expect(saved.tokenizer.vocabulary == ["xxunk", "xxpad", "a"])
    #expect(saved.selfChecks == [SelfCheck(text: "a", ids: [2], probabilities: [0.25, 0.75])])
  }

  @Test func `nullable settings may be numbers and null`() throws {
    let model = TinyModel().with(#""y_range": null"#, #""y_range": [-1, 2.5]"#)
      .with(#""max_len": 1440"#, #""max_len": null"#)
    let settings = AWDLSTMSettings(
      embeddingSize: 2, hiddenSize: 3, layers: 1, maxLength: nil, outputRange: -1...2.5)
    #expect(try ModelFolder.read(model.files).architecture as? AWDLSTMSettings == settings)
  }

  @Test(
    arguments: [
      (#""version": 1"#, #""version": 2"#, "version", "1", "2"),
      (#""awd-lstm""#, #""bert""#, "architecture", "awd-lstm", "bert"),
      (#""single-label""#, #""sum""#, "problem", problems, "sum"),
      (#""fastai-words""#, #""x""#, "tokenizer.kind", kinds, "x"),
      (#""emb_sz": 2"#, #""emb_sz": 0"#, "awd_lstm.emb_sz", sizes, "0"),
      (#""n_hid": 3"#, #""n_hid": "3""#, "awd_lstm.n_hid", sizes, "3"),
      (#""y_range": null"#, #""y_range": [2, 1]"#, "awd_lstm.y_range", range, "a list"),
      (#""bidir": false"#, #""bidir": 0"#, "awd_lstm.bidir", "true or false", "0"),
      (#"["no", "yes"]"#, "[]", "classes", "at least one class", "an empty list"),
      (#"["no", "yes"]"#, "[1]", "classes", "a list of strings", "a list"),
      (#""vocab.json""#, #""../vocab.json""#, "tokenizer.vocabulary", beside, "../vocab.json"),
      (#""vocab.json""#, #""..""#, "tokenizer.vocabulary", beside, ".."),
    ])
  func `a wrong setting is named`(
    old: String, new: String, key: String, expected: String, found: String
  ) {
    let error = CheckpointError.wrongValue(key: key, expected: expected, found: found)
    #expect(throws: CheckpointError.inFile(name: "config.json", error)) {
      try ModelFolder.read(TinyModel().with(old, new).files)
    }
  }

  @Test func `a missing key or file is named`() {
    let model = TinyModel().with(#""bptt": 72, "#, "")
    let error = CheckpointError.missingKey(key: "awd_lstm.bptt")
    #expect(throws: CheckpointError.inFile(name: "config.json", error)) {
      try ModelFolder.read(model.files)
    }
    #expect(throws: CheckpointError.missingFile(name: "words.json")) {
      try ModelFolder.read(TinyModel().with("vocab.json", "words.json").files)
    }
    #expect(throws: CheckpointError.missingFile(name: "config.json")) {
      try ModelFolder.read(ModelFiles(folder: "/nonexistent"))
    }
  }

  @Test func `an error in a file comes with the file's name`() {
    var model = TinyModel()
    model.vocabulary = "[1]"
    let error = CheckpointError.wrongValue(key: "", expected: "a list of strings", found: "a list")
    #expect(throws: CheckpointError.inFile(name: "vocab.json", error)) {
      try ModelFolder.read(model.files)
    }
    model = TinyModel()
    model.selfChecks = #"[{"text": "a", "ids": [-1], "probabilities": []}]"#
    let negative = CheckpointError.wrongValue(
      key: "[0].ids", expected: "a list of whole numbers", found: "a list")
    #expect(throws: CheckpointError.inFile(name: "selfcheck.json", negative)) {
      try ModelFolder.read(model.files)
    }
  }

  @Test func `what is no file is not waited for`() {
    #expect(throws: CheckpointError.notAFile) { try ByteSource(path: "/dev/zero") }
    #expect(throws: CheckpointError.notAFile) { try ByteSource(path: "/") }
    #expect(throws: CheckpointError.unreadable(code: 2)) { try ByteSource(path: "/nonexistent") }
  }
}
