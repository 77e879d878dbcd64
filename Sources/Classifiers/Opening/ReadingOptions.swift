/// How the user wants a model to read its texts and to decide: for labels of their own, in windows,
/// or above another threshold.
public struct ReadingOptions: Sendable, Hashable {
  public var labels: ZeroShotLabels?
  public var windows: WindowReading?
  /// The probability above which a class applies, for a model that decides each by itself; nil for
  /// the model's own.
  public var threshold: Float?

  public init(
    labels: ZeroShotLabels? = nil, windows: WindowReading? = nil, threshold: Float? = nil
  ) {
    self.labels = labels
    self.windows = windows
    self.threshold = threshold
  }

  /// Whether a number can be a threshold: neither all nor no probabilities are above it.
  public static func isThreshold(_ number: Float) -> Bool { number > 0 && number < 1 }

  /// Parses, and removes, the options after a model's name in a line. What cannot be parsed is left
  /// there.
  init(cutFrom line: inout String) {
    let found = Option.allCases.compactMap { option in
      option.range(in: line).map { (option, $0) }
    }.sorted { $0.1.lowerBound < $1.1.lowerBound }
    guard let first = found.first else { return }
    var values: [Option: String] = [:]
    for (index, (option, range)) in found.enumerated() {
      let end = index + 1 < found.count ? found[index + 1].1.lowerBound : line.endIndex
      values[option] = line[range.upperBound..<end].split(separator: " ").joined(separator: " ")
    }
    let start = first.1.lowerBound
    if let names = values[.labels] {
      labels = ZeroShotLabels(
        ZeroShotLabels.labels(in: names),
        hypothesis: values[.hypothesis] ?? ZeroShotLabels.usualHypothesis,
        isMany: values[.many] != nil)
    }
    if let size = values[.windows] {
      windows = WindowReading(
        tokens: Int(size),
        pooling: values[.pooling].flatMap(WindowReading.Pooling.init) ?? .mean)
    }
    threshold = values[.threshold].flatMap(Float.init).flatMap { Self.isThreshold($0) ? $0 : nil }
    line = String(line[..<start])
  }

  /// The options as written after a model's name; empty if there are none.
  public var line: String {
    words.map { word in
      " --" + ([word.option] + (word.value.map { [$0] } ?? [])).joined(separator: " ")
    }
    .joined()
  }

  /// The options and their values in the form of the command line.
  public var words: [(option: String, value: String?)] {
    var words: [(option: String, value: String?)] = []
    if let labels {
      words.append((Option.labels.rawValue, labels.labels.joined(separator: ", ")))
      if labels.hypothesis != ZeroShotLabels.usualHypothesis {
        words.append((Option.hypothesis.rawValue, labels.hypothesis))
      }
      if labels.isMany { words.append((Option.many.rawValue, nil)) }
    }
    if let windows {
      words.append((Option.windows.rawValue, windows.tokens.map { "\($0)" }))
      if windows.pooling != .mean {
        words.append((Option.pooling.rawValue, windows.pooling.rawValue))
      }
    }
    if let threshold { words.append((Option.threshold.rawValue, "\(threshold)")) }
    return words
  }

  private enum Option: String, CaseIterable {
    case labels, hypothesis, many, windows, threshold
    case pooling = "window-pooling"

    /// The range of an option in a line, before its value or at the end.
    func range(in line: String) -> Range<String.Index>? {
      line.ranges(of: " --" + rawValue).first {
        $0.upperBound == line.endIndex || line[$0.upperBound] == " "
      }
    }
  }
}

extension Model {
  /// The model with the user's reading options.
  /// - Throws: `ModelOpeningError`; errors of the network.
  package func reading(_ options: ReadingOptions) throws -> Model {
    var model = self
    do {
      if let labels = options.labels { model = try model.answering(labels) }
      if let windows = options.windows { model = try model.windowed(windows) }
      if let threshold = options.threshold {
        guard model.classifier.link == .sigmoid else {
          throw ModelOpeningError.noThreshold(model: name)
        }
        model.threshold = threshold
      }
    } catch let problem as LabelsProblem {
      throw ModelOpeningError.labels(model: name, problem)
    } catch let problem as WindowsProblem {
      throw ModelOpeningError.windows(model: name, problem)
    }
    return model
  }
}
