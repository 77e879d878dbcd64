import Attribution
import Reports
import Testing

@Test func `measures of methods are a table, with what is better below it`() {
  var table = MeasureTable()
  table.add(Sample.explained())
  #expect(table.text.isEmpty)
  var explained = Sample.explained()
  explained.measurements = [
    .init(name: "comprehensiveness", result: MeasureResult(0.25, evaluations: 4)),
    .init(name: "sufficiency", result: MeasureResult(notApplicable: "too short")),
  ]
  table.add(explained)
  let lines = table.text.text.split(separator: "\n").map(String.init)
  #expect(lines.first == "         comprehensiveness  sufficiency")
  #expect(lines.dropFirst().first == "by-hand              0.250            –")
  #expect(lines.contains("comprehensiveness: higher is better"))
}
