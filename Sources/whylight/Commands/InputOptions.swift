internal import ArgumentParser
internal import Datasets
internal import Glibc
internal import Reports

/// The input and output of commands that process texts.
struct InputOptions: ParsableArguments {
  @Option(
    name: .customLong("input"),
    help: ArgumentHelp(
      "Many texts: .jsonl or .json ({\"text\": …} or {\"tokens\": […]}), .csv, .tsv, .txt (one per line), or - for standard input.",
      valueName: "file"))
  var path: String?

  @OptionGroup(title: "Options of --input") var table: TableOptions

  @Option(help: ArgumentHelp("Where to write; standard output if not given.", valueName: "file"))
  var output: String?

  @Option(
    name: .customLong("pair"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "The second text, for a model that reads two; may be repeated.",
      discussion: """
        One for each text, one for all texts, or several for one text: a query with its candidates, \
        which 'predict' ranks. In --input each row has its own; the one given here is for rows without.
        """, valueName: "text"))
  var pairs: [String] = []

  @Argument(help: "Texts. Without any, and without --input, standard input is one text.")
  var texts: [String] = []

  /// The candidates for one text, which are ranked: several second texts for it; else empty.
  var candidates: [String] { path == nil && texts.count < 2 && pairs.count > 1 ? pairs : [] }

  /// Whether the texts are in a file rather than typed or piped line by line.
  var isFile: Bool {
    var facts = stat()
    guard let path, path != "-" else { return false }
    return unsafe stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFREG
  }

  /// The files that results must not overwrite.
  func inputs(_ model: ModelOption) -> InputFiles {
    model.inputs(and: [path ?? (texts.isEmpty ? "-" : nil)])
  }

  /// Calls `body` with each line of the input in order.
  /// - Parameter readsPairs: whether the second text of a pair is read, too.
  func forEachLine(readsPairs: Bool, _ body: (TextLine) throws -> Void) throws {
    if let path {
      guard pairs.count < 2 else {
        throw Failure.usage(
          "--pair is given \(pairs.count) times and --input has many texts; give one")
      }
      guard texts.isEmpty else {
        throw Failure.usage("texts are given and --input too; give one of the two")
      }
      var opened = try table.file(path: path).open()
      try opened.format.readTexts(
        &opened.source, textColumn: table.textColumn,
        pairColumn: table.pairColumn, readsPairs: readsPairs,
        understood: { facts in
          var notes = DatasetNotes.repeated(names: [], keys: facts.repeatedKeys)
          if !facts.unreadTexts.isEmpty { notes.append(DatasetNotes.unread(facts.unreadTexts)) }
          for note in notes { StandardError.write(line: "whylight: \(note)") }
        }, { try body(paired($0)) })
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
      try forEach(of: [Self.standardInputText()], body)
    } else {
      try forEach(of: texts, body)
    }
  }

  private func forEach(of texts: [String], _ body: (TextLine) throws -> Void) throws {
    guard pairs.count < 2 || texts.count < 2 || pairs.count == texts.count else {
      throw Failure.usage(
        "\(texts.count) texts and \(pairs.count) of --pair; give one for each text, one for all, or one"
          + " text")
    }
    for index in 0..<max(texts.count, pairs.count) {
      let pair = pairs.isEmpty ? nil : pairs[pairs.count == 1 ? 0 : index]
      let content = TextRecord.Content(text: texts[texts.count == 1 ? 0 : index], pair: pair)
      try body(.record(TextRecord(line: index + 1, content: content)))
    }
  }

  /// Adds the second text that all rows share, if a row has none of its own.
  private func paired(_ line: TextLine) -> TextLine {
    guard let pair = pairs.first, case .record(var record) = line,
      case .text(let text) = record.content
    else { return line }
    record.content = .pair(text, pair)
    return .record(record)
  }

  /// Standard input as a single text, without its last line end; invalid UTF-8 is replaced with
  /// U+FFFD.
  private static func standardInputText() throws -> String {
    var bytes = try InputBytes(path: "-").all()
    if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
