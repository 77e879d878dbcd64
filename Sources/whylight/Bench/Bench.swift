internal import ArgumentParser
internal import Attribution
internal import Classifiers
internal import Datasets
internal import Documents
internal import EmbeddedModels
internal import Reports
internal import Tensors
internal import Tokenizers

struct Bench: ParsableCommand {
  enum Subject: String, CaseIterable, ExpressibleByArgument {
    case sentiment
    case fullSize = "full-size"
  }

  static let configuration = CommandConfiguration(
    abstract: "How fast this machine is: first frame, loading, prediction and explainers.",
    discussion: """
      Medians for the embedded model and for an AWD-LSTM of ULMFiT's full size (400, 1152, 3 \
      layers, 60,000 words) with random weights, or for --model alone. Each row also has the \
      operations per second of a computation that reads every text in full, and the bytes of \
      weights per second of one that reads them again in each call of the model and, for a \
      recurrence, at each token: more than the machine can do if work is shared or a cache \
      holds the weights.
      """)

  @OptionGroup var model: ModelOption

  @Option(help: "Only this one: sentiment or full-size.")
  var only: Subject?

  @Option(help: "Lengths of the texts.")
  var tokens: [Int] = [40, 120]

  @Option(
    help: "What to time; may be repeated: \(Workload.Work.allValueStrings.joined(separator: ", "))."
  )
  var work: [Workload.Work] = Workload.Work.usual

  @Option(help: "How often each work is timed.")
  var repeats = 5

  @Option(help: ArgumentHelp(stringLiteral: Facts.help))
  var format = FormatArgument<Facts>.text

  @Option(help: .hidden)
  var folder: String?

  func validate() throws {
    if !(1...1000).contains(repeats) { throw ValidationError("--repeats must be from 1 to 1000") }
    if tokens.contains(where: { !(1...100_000).contains($0) }) {
      throw ValidationError("--tokens must be from 1 to 100000")
    }
  }

  func run() throws {
    var rows: [BenchRow] = []
    if let path = model.model {
      rows += try measure(path, name: path)
    } else {
      if only != .fullSize { rows += try measure(nil, name: Subject.sentiment.rawValue) }
      if only != .sentiment {
        let made = try FullSizeModel(folder: folder)
        rows += try measure(made.path, name: Subject.fullSize.rawValue)
      }
    }
    if only == nil {
      rows.insert(contentsOf: try Roofline.rows(repeats: repeats), at: 0)
      // Last, because the memory for starting the program is not freed.
      let times = try FirstFrame.seconds(repeats: repeats, model: model.model)
      let row = BenchRow(model: "program", tokens: nil, work: "start to first frame", times)
      rows.insert(row, at: 0)
    }
    if let output = format.format.facts?(BenchReport(rows: rows)) {
      try Sink(path: nil).write(output)
    }
  }

  private func measure(_ path: String?, name: String) throws -> [BenchRow] {
    // Frees what the previous model has left.
    returnFreedMemory()
    PeakMemory.reset()
    let clock = ContinuousClock()
    let start = clock.now
    var options = path == nil || path != self.model.model ? OpeningOptions() : self.model.options
    options.precision = self.model.opening.precision
    let model = try ModelOption.open(path, with: options)
    let load = (clock.now - start) / .seconds(1)
    var rows = [BenchRow(model: name, tokens: nil, work: "load", [load])]
    let text = Workload.text(bytes: 100_000)
    rows.append(
      BenchRow(
        model: name, tokens: nil, work: "tokenize 100 KB",
        try Workload.seconds(repeats: repeats) { _ = model.tokenizer.encode(text) }))
    for length in tokens {
      let workload = Workload(model: model, tokens: length)
      for work in work {
        guard let body = workload.body(of: work) else { continue }
        let counter = PassCounter()
        let seconds = try Workload.seconds(repeats: repeats) { try body(counter) }
        var row = BenchRow(model: name, tokens: length, work: work.title, seconds)
        // The first run is counted, but not timed.
        row.operations = workload.operations(of: work, passes: counter.passes / (repeats + 1))
        row.readBytes = workload.readBytes(of: work, calls: counter.calls / (repeats + 1))
        rows.append(row)
      }
    }
    if let difference = try ModelOption.difference(of: model, at: path, with: options) {
      rows.append(BenchRow(model: name, difference))
    }
    if let bytes = PeakMemory.bytes {
      rows.append(
        BenchRow(
          model: name, work: "peak memory", bytes: bytes, ofWeights: model.facts.weightBytes))
    }
    return rows
  }
}

/// What was timed.
struct BenchReport: FactsReport {
  var rows: [BenchRow]

  var text: PlainText { rows.map { $0.line + "\n" }.joined() }

  var json: JSON {
    .object([.init("schema", .integer(1)), .init("rows", .array(rows.map(\.json)))])
  }
}

/// One line of the results.
struct BenchRow {
  var model: String
  var tokens: Int?
  var work: String
  /// The median.
  var seconds: Double?
  var bytes: Int?
  var weightBytes: Int?
  /// Multiplications and additions of one run.
  var operations: Double?
  /// Bytes of weights read in one run.
  var readBytes: Double?
  /// From single precision.
  var difference: PrecisionDifference?

  init(model: String, tokens: Int?, work: String, _ times: [Double]) {
    self.model = model
    self.tokens = tokens
    self.work = work
    seconds = times.sorted()[times.count / 2]
  }

  init(model: String, work: String, bytes: Int, ofWeights weightBytes: Int) {
    self.model = model
    self.work = work
    self.bytes = bytes
    self.weightBytes = weightBytes
  }

  init(model: String, _ difference: PrecisionDifference) {
    self.model = model
    work = "difference from single precision"
    self.difference = difference
  }

  var line: PlainText {
    let size = tokens.map { "\($0) tokens" } ?? ""
    var value = seconds.map { Numerals.fixed(Float($0 * 1000), 2) + " ms" } ?? ""
    if let bytes, let weightBytes {
      value = "\(Numerals.bytes(bytes)) with weights of \(Numerals.bytes(weightBytes))"
    }
    if let difference {
      value =
        "\(Numerals.fixed(difference.largest, 5)), \(difference.changedClasses) of \(difference.texts) classes"
    }
    let head =
      PlainText(model + " ").padded(to: 11) + PlainText(size).padded(to: 12)
      + PlainText(work).padded(to: 34)
    guard operations != nil || readBytes != nil else { return head + "\(value)" }
    let columns =
      [value.rightAligned(in: 12)]
      + [(operations, "GFLOP/s"), (readBytes, "GB/s")].map { count, unit in
        rate(count, unit).rightAligned(in: 17)
      }
    return (head + "\(columns.joined())").withoutTrailingSpaces
  }

  /// The amount per second; empty if unknown.
  private func rate(_ count: Double?, _ unit: String) -> String {
    guard let count, count > 0, let seconds, seconds > 0 else { return "" }
    return "\(Numerals.fixed(Float(count / seconds / 1e9), 1)) \(unit)"
  }

  var json: JSON {
    .object([
      .init("model", .string(model)), .init("tokens", tokens.map(JSON.integer) ?? .null),
      .init("work", .string(work)), .init("seconds", seconds.map(JSON.number) ?? .null),
      .init("bytes", bytes.map(JSON.integer) ?? .null),
      .init("weight_bytes", weightBytes.map(JSON.integer) ?? .null),
      .init("operations", operations.map(JSON.number) ?? .null),
      .init("read_bytes", readBytes.map(JSON.number) ?? .null),
      .init("difference", difference.map { .float($0.largest) } ?? .null),
      .init("changed_classes", difference.map { .integer($0.changedClasses) } ?? .null),
    ])
  }
}

extension String {
  fileprivate func rightAligned(in columns: Int) -> String {
    String(repeating: " ", count: max(0, columns - count)) + self
  }
}
