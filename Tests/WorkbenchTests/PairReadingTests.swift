import Classifiers
import Testing
import Workbench

struct PairReadingTests {
  /// What Explore knows of a program that greets with these classes.
  private func summary(_ classes: String, _ rest: String = "") throws -> ModelSummary {
    let greeting = #"{"classes": \#(classes)\#(rest), "probabilities": [[0.25, 0.75]], "batch": 1}"#
    let model = try ModelOpener(embedded: []).open(
      "exec:while read -r x; do echo '\(greeting)'; done")
    return ModelSummary(model)
  }

  @Test func `a program that announces pairs is one of two texts`() throws {
    #expect(try summary(#"["a", "b"]"#, #", "takes_pairs": true"#).pairs == .unspecified)
    #expect(try summary(#"["a", "b"]"#).pairs == nil)
    #expect(try summary(#"["a", "b"]"#, #", "takes_pairs": false"#).pairs == nil)
  }

  @Test func `its classes tell more than that`() throws {
    let classes = #"["contradiction", "entailment"]"#
    #expect(try summary(classes, #", "takes_pairs": true"#).pairs == .inference)
    // what is never told of a second text is no model of two
    #expect(try summary(classes).pairs == nil)
  }
}
