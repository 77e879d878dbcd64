import Classifiers
import Datasets
import Documents
import Reports
import Testing

private let example = Example(
  index: 7, line: 9, content: .text("good, <b>"), gold: .one(0), id: "r7")
private let judgement = Judgement(logits: [0, 2], gold: .one(0), link: .softmax)

@Suite struct `a row of a data set` {
  @Test func `is a row of CSV with a probability for each class`() throws {
    let report = try #require(OutputFormat.csv.rows?(ReportSettings(model: Sample.model)))
    #expect(
      report.opening.text
        == "index,line,id,gold,predicted,loss,probability_of_bad,probability_of_good,text,truncated,pair\n"
    )
    let row = report.output(of: example, judgement).text
    #expect(row.hasPrefix("7,9,r7,bad,good,\(judgement.loss),"))
    #expect(row.hasSuffix(",\"good, <b>\",,\n"))
    let unlabelled = Judgement(logits: [0, 2], gold: .unknown, link: .softmax)
    let bare = Example(index: 1, line: 2, content: .text("x"), gold: .unknown)
    #expect(report.output(of: bare, unlabelled).text.hasPrefix("1,2,,,good,,"))
  }

  @Test func `is a line of JSON with its loss and the model's answer`() throws {
    let report = try #require(OutputFormat.jsonl.rows?(ReportSettings(model: Sample.model)))
    #expect(report.opening.text.isEmpty)
    let line = report.output(of: example, judgement).text
    let json = try JSON(Array(line.utf8))
    #expect(json["index"] == .integer(7) && json["line"] == .integer(9))
    #expect(json["id"] == .string("r7") && json["text"] == .string("good, <b>"))
    #expect(json["gold"] == .string("bad") && json["predicted"] == .string("good"))
    #expect(json["loss"]?.number == Float(judgement.loss))
    #expect(json["probability_of_gold"]?.number == judgement.probabilities[0])
    #expect(json["probability_of_predicted"]?.number == judgement.probabilities[1])
    #expect(json["probabilities"]?.items.count == 2 && json["truncated"] == .null)
    #expect(line.hasSuffix("}\n"))
  }

  @Test func `of several labels has a list where one label has a name`() {
    let several = Judgement(logits: [1, 2], gold: .several([0]), link: .sigmoid)
    let members = LossJSON.members(
      Loss(
        example: Example(index: 0, line: 1, content: .text("x"), gold: .several([0])),
        judgement: several), classes: ["a", "b"])
    let json = JSON.object(members)
    #expect(json["gold"] == .array([.string("a")]))
    #expect(json["predicted"] == .array([.string("a"), .string("b")]))
    #expect(json["probability_of_predicted"]?.items.count == 2 && json["id"] == .null)
  }
}
