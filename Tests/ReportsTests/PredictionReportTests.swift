import Classifiers
import Datasets
import Documents
import Reports
import TestSupport
import Testing
import Tokenizers

@Suite struct `a prediction` {
  private func written(_ report: any PredictionReport, _ prediction: Prediction) -> String {
    report.opening.text
      + report.output(of: prediction, record: Sample.record(), index: 3, rank: nil).text
  }

  @Test func `is its classes by falling probability, then the text`() {
    #expect(
      written(PredictionText(model: Sample.model), Sample.prediction())
        == "good 0.750   bad 0.250\tVery good film & plot\n")
  }

  @Test func `is a row of CSV with a probability for each class`() {
    #expect(
      written(PredictionCSV(ReportSettings(model: Sample.model)), Sample.prediction("a, b"))
        == "index,class,bad,good,text,truncated,pair\n3,good,0.25,0.75,\"a, b\",,\n")
    let settings = ReportSettings(model: Sample.model, csvForm: .spreadsheet)
    #expect(written(PredictionCSV(settings), Sample.prediction("=1")).contains(",'=1,"))
  }

  @Test func `is a line of JSON with the text's tokens, and the fields of the record`() throws {
    var record = Sample.record("a bb")
    record.fields = [.init("id", .string("r1")), .init("text", .string("mine"))]
    let output = PredictionJSON(model: Sample.model)
      .output(of: Sample.prediction("a bb"), record: record, index: 3, rank: nil).text
    #expect(output.hasSuffix("}\n") && output.dropLast().allSatisfy { $0 != "\n" })
    let json = try JSON(Array(output.utf8))
    #expect(json["index"] == .integer(3) && json["schema"] == .integer(1))
    // a field of the user's own never replaces one of ours
    #expect(json["id"] == .string("r1") && json["text"] == .string("a bb"))
    #expect(json["prediction"]?["class"] == .string("good"))
    #expect(json["prediction"]?["probabilities"]?.items.map(\.number) == [0.25, 0.75])
    #expect(json["tokens"]?.items.count == 3 && json["truncated"] == .null)
    #expect(json["model"]?["classes"] == .array([.string("bad"), .string("good")]))
  }

  @Test func `of a candidate has its rank, in every format`() throws {
    let settings = ReportSettings(model: Sample.model, isRanked: true)
    func ranked(_ format: OutputFormat) throws -> String {
      let report = try #require(format.predictions?(settings))
      let prediction = Prediction(
        encoding: TinyTokenizer().encode("a", pair: "bb"), logits: [-0.5, 0.5],
        probabilities: [0.25, 0.75], classIndex: 1)
      return report.opening.text
        + report.output(of: prediction, record: Sample.record(), index: 3, rank: 2).text
    }
    #expect(try ranked(.text) == "2   good 0.750   bad 0.250\ta | bb\n")
    #expect(
      try ranked(.csv)
        == "index,class,bad,good,text,truncated,pair,rank\n3,good,0.25,0.75,a,,bb,2\n")
    for format in [OutputFormat.json, .jsonl] {
      let json = try JSON(Array(try ranked(format).utf8))
      #expect(json["rank"] == .integer(2) && json["index"] == .integer(3))
    }
    #expect(
      try JSON(Array(written(PredictionJSON(model: Sample.model), Sample.prediction()).utf8))[
        "rank"]
        == nil)
  }

  @Test func `of several labels says which are given`() {
    var classifier = TinyClassifier(classes: 2, link: .sigmoid)
    classifier.classes = ["loud", "long"]
    let model = Model.tiny(classifier)
    let prediction = Prediction(
      encoding: "a".tiny, logits: [2, -1], probabilities: [0.88, 0.27], classIndex: 0)
    let csv = written(PredictionCSV(ReportSettings(model: model)), prediction)
    #expect(csv.hasPrefix("index,class,given,loud,long,text,truncated,pair\n3,loud,loud,"))
    #expect(
      written(PredictionText(model: model), prediction).contains("given (p > 0.5): loud\ta\n"))
    #expect(written(PredictionJSON(model: model), prediction).contains("\"given\": [\"loud\"]"))
  }
}
