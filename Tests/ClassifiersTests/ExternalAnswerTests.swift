import Classifiers
import Foundation
import TestSupport
import Testing

private func fault(_ body: String) -> ExternalProcessError? {
  do {
    let script = try Script(body)
    return try withExtendedLifetime(script) {
      _ = try script.open().predict("a b")
      return nil
    }
  } catch let error as ExternalProcessError {
    return error
  } catch ModelOpeningError.external(_, let error) {
    return error
  } catch {
    Issue.record(error)
    return nil
  }
}

/// Answers that can't be used.
struct ExternalAnswerTests {
  @Test(
    arguments: [
      ("say([])", ExternalProcessError.notAnObject(found: "a list")), ("say({})", .noClasses),
      ("say({'classes': []})", .noClasses),
      ("os._exit(7)", .gaveUp(starts: 4, last: .ended(status: 7))),
      ("os.kill(os.getpid(), 9)", .gaveUp(starts: 4, last: .ended(status: -9))),
      ("say({'error': 'no weights'})", .refused(message: "no weights")),
      (
        "say({'classes': [None]})",
        .wrongPart(name: "classes[0]", expected: "a string", found: "null")
      ),
      (
        "say({'classes': ['a'], 'batch': 0})",
        .wrongPart(name: "batch", expected: "a whole number from 1 to 4096", found: "a number")
      ),
    ])
  func `a first answer that can't be used is told`(body: String, error: ExternalProcessError) {
    #expect(fault(body) == error)
  }

  @Test(
    arguments: [
      ("[]", ExternalProcessError.wrongCount(of: "probabilities", expected: 1, found: 0)),
      ("[[1]]", .wrongCount(of: "probabilities[0]", expected: 2, found: 1)),
      ("[3]", .wrongPart(name: "probabilities[0]", expected: "a list", found: "a number")),
      (
        "[['a', 'b']]",
        .wrongPart(name: "probabilities[0]", expected: "numbers", found: "a string")
      ),
      ("[[0.5, 0.6]]", .wrongSum(row: 0, sum: 1.1)),
      ("[[-1, 2]]", .noProbability(row: 0, value: -1)),
      (
        "None",
        .wrongPart(
          name: "probabilities", expected: "a list of lists of numbers", found: "null")
      ),
    ])
  func `probabilities that are none are told`(value: String, error: ExternalProcessError) {
    #expect(fault("say({'classes': ['a', 'b'], 'probabilities': \(value)})") == error)
  }

  @Test func `other classes, a message and no command are told`() {
    let other = "say({'classes': ['a' if 'hello' in request else 'b'], 'probabilities': [[1]]})"
    #expect(fault(other) == .otherClasses(expected: ["a"], found: ["b"]))
    let message = "say({'classes': ['a']} if 'hello' in request else {'error': 'too long'})"
    #expect(fault(message) == .refused(message: "too long"))
    #expect(throws: ModelOpeningError.external(command: " ", .noCommand)) {
      try ModelOpener(embedded: []).open("exec: ")
    }
  }
}
