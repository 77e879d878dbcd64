import Datasets
import TestSupport
import Testing

private func example(_ index: Int) -> Example {
  Example(index: index, line: index + 1, content: .text("text \(index)"), gold: .one(0))
}

@Test func `measures of a sample are averaged, methods outer and measures inner`() throws {
  var averages = MeasureAverages(
    methods: ["a", "b"], measures: ["m", "n"], rows: 10, generator: SeededRandom(seed: 1)
  ) { [[Double($0.index), nil], [1, $0.index == 2 ? 7 : nil]] }
  for index in 0..<4 { averages.add(example(index)) }
  let found = try averages.averages()
  #expect(found.map(\.method) == ["a", "a", "b", "b"])
  #expect(found.map(\.measure) == ["m", "n", "m", "n"])
  #expect(found.map(\.estimate.count) == [4, 0, 4, 1])
  #expect(found.map(\.notApplicable) == [0, 4, 0, 3])
  #expect(found[0].estimate.mean == 1.5 && found[3].estimate.mean == 7)
}

@Test func `one seed draws the same sample, which is no larger than was asked for`() throws {
  func drawn(_ seed: UInt64) throws -> [Int] {
    var drawn: [Int] = []
    var averages = MeasureAverages(
      methods: ["a"], measures: ["m"], rows: 5, generator: SeededRandom(seed: seed)
    ) {
      drawn.append($0.index)
      return [[0]]
    }
    for index in 0..<1000 { averages.add(example(index)) }
    _ = try averages.averages()
    return drawn
  }
  let first = try drawn(1)
  #expect(first.count == 5 && first == first.sorted())
  #expect(try drawn(1) == first)
  #expect(try drawn(2) != first)
}
