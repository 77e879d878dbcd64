import Foundation
import Testing

/// The program with a threshold of the user's.
struct ThresholdCommandTests {
  private let model =
    Program.packageFolder.appending(path: "Tests/Fixtures/parity/zero-shot/bert").path

  /// The classes with their probabilities, and what is given.
  private func answer(_ options: [String]) throws -> [String] {
    let arguments = ["predict", "--model", model, "--labels", "good, bad", "--many"] + options
    let result = try Program.run(arguments + ["a film"])
    #expect(result.status == 0, "\(result.error)")
    return result.output.components(separatedBy: "given ")
  }

  @Test func `what is given follows the threshold, and the probabilities stay`() throws {
    let own = try answer([])
    let low = try answer(["--threshold", "0.0001"])
    let high = try answer(["--threshold", "0.9999"])
    #expect(own.count == 2 && low.first == own.first && high.first == own.first)
    #expect(low.last?.hasPrefix("(p > 0.0001): good, bad\t") == true, "\(low)")
    #expect(high.last?.hasPrefix("(p > 0.9999): none\t") == true, "\(high)")
  }

  @Test func `a threshold that can't be, or of another kind of model, is refused`() throws {
    for number in ["0", "1", "2", "-1", "nan"] {
      let result = try Program.run("predict", "--threshold=\(number)", "good")
      #expect(result.status != 0 && result.error.contains("between 0 and 1"), "\(number)")
    }
    let result = try Program.run("predict", "--threshold", "0.3", "good")
    #expect(result.status != 0)
    #expect(result.error.contains("--threshold is for models that decide each class by itself"))
  }
}
