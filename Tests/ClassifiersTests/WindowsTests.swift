import Checkpoints
import Classifiers
import Foundation
import Tensors
import TestSupport
import Testing
import Tokenizers

extension WindowReading.Pooling {
  /// What becomes of the windows' logits, for each class by itself.
  func pooled(_ logits: [[Float]]) -> [Float] {
    (logits.first ?? []).indices.map { column in
      let values = logits.map { $0[column] }
      return switch self {
      case .mean: values.reduce(0, +) / Float(values.count)
      case .max: values.max() ?? 0
      case .first: values[0]
      }
    }
  }
}

/// A text beyond the model's limit, read in windows.
struct WindowsTests {
  static let long =
    (0..<60).map { ["film", "bad", "not", "good", "the", "ending"][($0 * 7) % 6] }
    .joined(separator: " ")

  static func open(_ name: String, _ windows: WindowReading?) throws -> Model {
    var options = OpeningOptions()
    options.reading.windows = windows
    return try ModelOpener(embedded: []).open(
      fixture("parity/transformers/\(name)").path, with: options)
  }

  /// transformers 5.24: `tokenizer(long, truncation=True, max_length=N, stride=(N - 2) // 2,
  /// return_overflowing_tokens=True)` gives windows that begin so.
  @Test(arguments: [16, 17, 64]) func `a window begins in the middle of the one before it`(
    size: Int
  ) throws {
    let model = try Self.open("bert", WindowReading(tokens: size))
    let encoding = model.tokenizer.encode(Self.long)
    let count = encoding.pieces.count
    #expect(count > 64 && encoding.truncation == nil)
    let windows = try #require(model.windows(of: encoding))
    let room = size - 2
    #expect(windows.size == size && windows.tokens.first == 1..<size - 1)
    for (range, next) in zip(windows.tokens, windows.tokens.dropFirst()) {
      #expect(range.count == room && next.lowerBound - range.lowerBound == room - room / 2)
    }
    #expect(windows.tokens.last?.upperBound == count - 1)
    #expect(windows.utf8Ranges.first?.lowerBound == 0)
    #expect(windows.utf8Ranges.last?.upperBound == Self.long.utf8.count)
  }

  @Test(arguments: ["bert", "roberta", "deberta-v3"], WindowReading.Pooling.allCases)
  func `a text's logits are pooled from those of its windows`(
    name: String, pooling: WindowReading.Pooling
  ) throws {
    let base = try Self.open(name, nil)
    let model = try Self.open(name, WindowReading(tokens: 32, pooling: pooling))
    let encoding = model.tokenizer.encode(Self.long)
    let tokens = encoding.tokens
    let windows = try #require(model.windows(of: encoding)).tokens
    let rows = windows.map { [tokens[0]] + Array(tokens[$0]) + [tokens[tokens.count - 1]] }
    let parts = try rows.map { try base.classifier.logits(for: [$0])[row: 0] }
    let found = try model.predict(Self.long)
    #expect(largestDifference(found.logits, pooling.pooled(parts)) < 1e-5)
    #expect(found.encoding.truncation == nil)
  }

  @Test(arguments: WindowReading.Pooling.allCases)
  func `gradients are those of the pooled logits, and multipliers add up`(
    pooling: WindowReading.Pooling
  ) throws {
    let model = try Self.open("bert", WindowReading(tokens: 24, pooling: pooling))
    let classifier = try #require(model.classifier.differentiable)
    // No two windows say the same, so that the largest is one.
    let words = ["film", "bad", "not", "good", "the", "ending"]
    let text = (0..<60).map { words[$0 * 7919 % 61 % 6] }.joined(separator: " ")
    let tokens = model.tokenizer.encode(text).tokens
    let embeddings = try classifier.embeddings(for: [tokens])
    let target = Target(classIndex: 1, quantity: .probability)
    let gradient = try classifier.gradient(of: [target], at: embeddings).gradient
    for token in [0, 3, tokens.count / 2, tokens.count - 1] {
      let place = embeddings.range(row: 0, token: token).lowerBound + 5
      func value(_ step: Float) throws -> Float {
        var moved = embeddings
        moved.values[place] += step
        return target.value(
          logits: try classifier.logits(from: moved)[row: 0], link: classifier.link)
      }
      let slope = try (value(0.004) - value(-0.004)) / 0.008
      // A difference of single precision over a step of this length, within which no other window
      // becomes the largest.
      #expect(abs(gradient.values[place] - slope) < 2e-3 * max(1, abs(slope)), "\(token)")
    }
    let baseline = try classifier.embeddings(for: [tokens.map { $0.replaced(by: 4) }])
    let found = try classifier.backward(.chords(from: baseline), of: [target], at: embeddings)
    let sum = found.contributions(at: embeddings, from: baseline)
    #expect(abs(sum - found.change(of: target, link: classifier.link)) < 5e-5)
  }

  @Test func `a text that the model takes whole is read as by the model`() throws {
    let (base, model) = (try Self.open("bert", nil), try Self.open("bert", WindowReading()))
    for text in ["", "Not bad at all."] {
      let (expected, found) = (try base.predict(text), try model.predict(text))
      #expect(found == expected && model.windows(of: found.encoding) == nil)
    }
    // Its limit is the windows'.
    let windows = try #require(model.windows(of: model.tokenizer.encode(Self.long)))
    #expect(windows.size == 64 && windows.pooling == .mean)
    #expect(base.tokenizer.encode(Self.long).truncation != nil)
  }

  @Test func `with labels of the user's each window is asked for all of them`() throws {
    let labels = ZeroShotLabels(["good", "bad film", "a story"])
    let model = try ZeroShotTests.open("roberta", labels, windows: WindowReading(pooling: .max))
    let encoding = model.tokenizer.encode(Self.long)
    let windows = try #require(model.windows(of: encoding))
    let base = try ZeroShotTests.open("roberta", labels)
    let tokens = encoding.tokens
    let parts = try windows.tokens.map {
      try base.classifier.logits(
        for: [[tokens[0]] + Array(tokens[$0]) + [tokens[tokens.count - 1]]])[row: 0]
    }
    let expected = labels.labels.indices.map { label in parts.map { $0[label] }.max() ?? 0 }
    #expect(largestDifference(try model.predict(Self.long).logits, expected) < 1e-5)
  }

  @Test func `windows that a model can't be read in are refused by what is wrong`() throws {
    func problem(_ windows: WindowReading, _ path: String) -> WindowsProblem? {
      var options = OpeningOptions()
      options.reading.windows = windows
      do {
        _ = try ModelOpener(embedded: []).open(fixture(path).path, with: options)
      } catch ModelOpeningError.windows(_, let problem) {
        return problem
      } catch {
        Issue.record(error)
      }
      return nil
    }
    let bert = "parity/transformers/bert"
    #expect(problem(WindowReading(tokens: 65), bert) == .tooLong(65, limit: 64))
    #expect(problem(WindowReading(tokens: 2), bert) == .tooShort(2, least: 3))
    #expect(problem(WindowReading(), "checkpoints/words-one-layer.pkl") == .noLimit)
    #expect(problem(WindowReading(), "parity/sentence-encoders/bert") == .twoTexts)
  }
}
