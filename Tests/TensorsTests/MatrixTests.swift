import Tensors
import Testing

@Test func `a row of a matrix is a copy of that row`() {
  let matrix = Matrix(rows: 2, columns: 3, elements: [1, 2, 3, 4, 5, 6])
  #expect(matrix[row: 1] == [4, 5, 6])
}
