internal import ArgumentParser
internal import Datasets
internal import Glibc
internal import Reports

/// Where the texts come from and where the results go: the same for every command over texts.
struct InputOptions: ParsableArguments {
  @Option(
    name: .customLong("input"),
    help: ArgumentHelp(
      "Many texts: .jsonl or .json ({\"text\": …} or {\"tokens\": […]}), .csv, .tsv, .txt (one a line), or - for standard input.",
      valueName: "file"))
  var path: String?

  @OptionGroup(title: "Options of --input") var table: TableOptions

  @Option(help: ArgumentHelp("Where to write; standard output if not given.", valueName: "file"))
  var output: String?

  @Argument(help: "Texts. With none and no --input, standard input is one text.")
  var texts: [String] = []

  /// What the results must not replace.
  func inputs(_ model: ModelOption) -> InputFiles {
    model.inputs(and: [path ?? (texts.isEmpty ? "-" : nil)])
  }

  /// Calls `body` with each line of the input in order.
  func forEachLine(_ body: (TextLine) throws -> Void) throws {
    if let path {
      guard texts.isEmpty else {
        throw Failure.usage("texts are given and --input too; give one of the two")
      }
      var opened = try table.file(path: path).open()
      try opened.format.readTexts(
        &opened.source, textColumn: table.textColumn,
        understood: { facts in
          var notes = DatasetNotes.repeated(names: [], keys: facts.repeatedKeys)
          if !facts.unreadTexts.isEmpty { notes.append(DatasetNotes.unread(facts.unreadTexts)) }
          for note in notes { StandardError.write(line: "whylight: \(note)") }
        }, body)
      for note in DatasetNotes.repeated(names: opened.source.repeatedNames, keys: []) {
        StandardError.write(line: "whylight: \(note)")
      }
      let fields = opened.source.decoder.singleByteFields
      if fields > 0 {
        StandardError.write(line: "whylight: \(DatasetNotes.singleBytes(fields))")
      }
    } else if texts.isEmpty {
      guard isatty(0) == 0 else {
        throw Failure.usage("no text; give one, or --input FILE, or pipe one in")
      }
      try body(.record(TextRecord(line: 1, content: .text(Self.standardInputText()))))
    } else {
      for (index, text) in texts.enumerated() {
        try body(.record(TextRecord(line: index + 1, content: .text(text))))
      }
    }
  }

  /// Standard input as one text, without its last line end; what is not UTF-8 is replaced with U+FFFD.
  private static func standardInputText() throws -> String {
    var bytes = try InputBytes(path: "-").all()
    if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
