import Classifiers
import Datasets
import Testing

@Suite struct `the classes of two models` {
  private let first = Model.tiny(classes: ["negative", "positive"], name: "first")

  @Test func `are matched by name, and answers come in the first one's order`() throws {
    let second = Model.tiny(classes: ["POSITIVE", "NEGATIVE"], name: "second")
    let match = try ClassMatch(second, beside: first)
    #expect(match.assumed == nil)
    let judgement = match.judgement(ModelAnswer(logits: [3, 0]), gold: .one(1))
    #expect(judgement.predicted == .one(1))
    #expect(judgement.probabilities[1] > 0.9)
  }

  @Test func `are assumed where only numbers in their names say it`() throws {
    let second = Model.tiny(classes: ["LABEL_0", "LABEL_1"], name: "second")
    let match = try ClassMatch(second, beside: first)
    #expect(match.names == (second: "second", first: "first"))
    let assumed = try #require(match.assumed)
    #expect(assumed.map(\.label) == ["LABEL_0", "LABEL_1"])
    #expect(assumed.map(\.className) == ["negative", "positive"])
  }

  @Test func `are what the user says`() throws {
    let second = Model.tiny(classes: ["x", "y"], name: "second")
    let match = try ClassMatch(
      second, beside: first, given: [("x", "positive"), ("y", "negative")])
    #expect(match.judgement(ModelAnswer(logits: [3, 0]), gold: .unknown).predicted == .one(1))
  }

  @Test func `can't be matched where they are others, or of another kind`() throws {
    let other = Model.tiny(classes: ["x", "y"], name: "second")
    #expect(
      throws: ClassMatchError.noSuchClass(
        "z", label: "z", className: "positive", model: "second", classes: ["x", "y"])
    ) { try ClassMatch(other, beside: first, given: [("z", "positive")]) }
    #expect(
      throws: ClassMatchError.noSuchClass(
        "good", label: "x", className: "good", model: "first", classes: ["negative", "positive"])
    ) { try ClassMatch(other, beside: first, given: [("x", "good")]) }
    let three = Model.tiny(classes: ["a", "b", "c"], name: "second")
    #expect(throws: ClassMatchError.self) { try ClassMatch(three, beside: first) }
    let several = Model.tiny(classes: ["negative", "positive"], link: .sigmoid, name: "second")
    #expect(throws: ClassMatchError.otherKind(second: "second", first: "first")) {
      try ClassMatch(several, beside: first)
    }
  }
}
