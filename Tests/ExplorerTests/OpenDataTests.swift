import Explorer
import TerminalUI
import Testing
import Workbench

@Test func `the empty screen of errors opens the sample with Enter`() {
  var stage = Stage("good")
  stage.answer()
  stage.press(.escape)
  stage.type("2")
  #expect(stage.screen.contains("Enter   opens a sample"))
  stage.press(.enter)
  #expect(stage.log.contains(.openSample))
  stage.send(.dataOpened)
  #expect(
    stage.log.contains { effect in
      if case .ask(_, let question) = effect { question.base is ScoreRows } else { false }
    })
  // It is not opened twice.
  stage.forget()
  stage.press(.enter)
  #expect(!stage.log.contains(.openSample))
}

@Test(arguments: ["/tmp/reviews.csv", "reviews.TSV", "a.jsonl", "texts.txt"])
func `O takes labelled texts as well as models`(path: String) {
  var stage = Stage("good")
  stage.answer()
  stage.press(.escape)
  stage.type("O" + path)
  stage.press(.enter)
  #expect(stage.log.contains(.openData(path)))
  stage.send(.dataRefused(path: path, reason: "there is no file \(path)"))
  #expect(stage.screen.contains("Open a model, or a data set"))
  #expect(stage.screen.contains("there is no file") && stage.screen.contains(path))
}

@Test(arguments: ["folder/model.pth", "exec:python model.py a.csv", ".csv", "a.csv/b"])
func `a path that is not named like a table is opened as a model`(path: String) {
  var stage = Stage("good")
  stage.answer()
  stage.press(.escape)
  stage.type("O" + path)
  stage.press(.enter)
  #expect(!stage.log.contains(.openData(path)))
  #expect(
    stage.log.contains { effect in
      if case .ask(_, let question) = effect { question.base is OpenModel } else { false }
    })
}
