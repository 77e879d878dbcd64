import Classifiers
import TestSupport
import Testing

/// A threshold of the user's in place of the model's own.
@Suite struct `a user's threshold` {
  private let model = Model.tiny(TinyClassifier(link: .sigmoid))

  @Test func `decides in place of the model's own, and predicts the same`() throws {
    let other = try model.reading(ReadingOptions(threshold: 0.9))
    let before = try model.predict("an able text")
    #expect(try other.predict("an able text") == before)
    #expect(model.rule.thresholds == [0.5] && other.rule.thresholds == [0.9])
    let high = try #require(before.probabilities.max())
    let low = try model.reading(ReadingOptions(threshold: high * 0.99))
    #expect(low.rule.given(before.probabilities)?.isEmpty == false)
    let above = try model.reading(ReadingOptions(threshold: (high + 1) / 2))
    #expect(above.rule.given(before.probabilities) == [])
  }

  @Test(arguments: [OutputLink.softmax, .identity])
  func `is refused where classes are not decided by themselves`(link: OutputLink) {
    let model = Model.tiny(TinyClassifier(link: link))
    #expect(throws: ModelOpeningError.noThreshold(model: "tiny")) {
      _ = try model.reading(ReadingOptions(threshold: 0.9))
    }
  }

  @Test func `is between 0 and 1`() {
    for number: Float in [0, 1, -1, .nan, .infinity] {
      #expect(!ReadingOptions.isThreshold(number))
    }
    for number: Float in [0.001, 0.5, 0.999] { #expect(ReadingOptions.isThreshold(number)) }
  }
}
