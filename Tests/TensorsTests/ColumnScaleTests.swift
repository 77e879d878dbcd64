import Tensors
import Testing

struct ColumnScaleTests {
  private let x = Matrix(rows: 2, columns: 3, elements: [1, 2, 3, 4, 5, 6])

  @Test func `each column has its factor and its shift`() {
    #expect(x.adding(toEachRow: [10, 20, 30]).elements == [11, 22, 33, 14, 25, 36])
    #expect(x.scalingColumns(by: [2, 0, -1]).elements == [2, 0, -3, 8, 0, -6])
    #expect(
      x.scalingColumns(by: [2, 0, -1], adding: [1, 2, 3]).elements == [3, 2, 0, 9, 2, -3])
  }

  @Test func `columns are chosen by a range`() {
    let chosen = x.selecting(columns: 1..<3)
    #expect(chosen.rows == 2 && chosen.columns == 2 && chosen.elements == [2, 3, 5, 6])
    #expect(x.selecting(columns: 1..<1).elements.isEmpty)
  }
}
