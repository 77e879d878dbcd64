import Attribution
import Classifiers
import Documents
import Reports
import Testing

@Suite struct `the curve of a measure` {
  private let model = Sample.model

  private func explained() throws -> ExplainedText {
    var explained = Sample.explained()
    let request = MeasureRequest(
      request: ExplanationRequest(
        model: model, encoding: explained.prediction.encoding, target: explained.target),
      explainer: RandomControl(), attribution: explained.attribution)
    explained.measurements = try [DeletionAUC() as any Measure, InsertionAUC(), Sufficiency()].map {
      .init(name: $0.card.name, result: try $0.measure(request))
    }
    return explained
  }

  @Test func `is in the details of its measure, and others have none`() throws {
    let explained = try explained()
    let line = JSONReport(model: model).whole(explained, record: Sample.record()).text
    let details = try #require(JSON(Array(line.utf8))["measure_details"])
    for (name, result) in explained.measurements.prefix(2).map({ ($0.name, $0.result) }) {
      let curve = try #require(details[name]?["curve"])
      let expected = try #require(result.curve)
      #expect(curve["direction"] == .string(expected.direction.rawValue))
      #expect(curve["order"]?.items.map(\.number) == expected.order.map { Float($0) })
      #expect(curve["counts"]?.items.map(\.number) == expected.counts.map { Float($0) })
      #expect(curve["values"]?.items.map(\.number) == expected.values.map { Float($0) })
      #expect(details[name]?["evaluations"] == .integer(expected.values.count))
    }
    #expect(details["sufficiency"]?["curve"] == nil)
  }

  @Test func `is a row of blocks in a text, and says what falls`() throws {
    let explained = try explained()
    let text = TextReport(model: model).whole(explained, record: Sample.record()).text
    let lines = text.split(separator: "\n").filter { $0.contains("p(good) ") }
    let curve = try #require(explained.measurements[0].result.curve)
    #expect(lines.count == 2)
    #expect(lines[0].hasSuffix("(deletion-auc)") && lines[1].hasSuffix("(insertion-auc)"))
    #expect(lines[0].contains(" as tokens are removed, the highest scores first: area "))
    #expect(lines[1].contains(" as tokens are put back, "))
    let blocks = lines[0].prefix { $0 != " " }
    #expect(blocks.count == curve.values.count && blocks.allSatisfy { "▁▂▃▄▅▆▇█".contains($0) })
  }

  @Test func `is a line on a page, with its sentence`() throws {
    let page = HTMLReport(model: model).whole(try explained(), record: Sample.record()).text
    #expect(page.matches(of: #/<polyline points="0\.0,/#).count == 2)
    #expect(page.matches(of: #/<title>p\(good\) [^<]*\(deletion-auc\)<\/title>/#).count == 1)
    #expect(!HTMLReport(model: model).sample().contains("<polyline"))
  }
}
