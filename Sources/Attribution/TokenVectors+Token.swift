internal import Classifiers

extension TokenVectors {
  /// The vector of a token.
  subscript(row row: Int, token token: Int) -> ArraySlice<Float> {
    values[range(row: row, token: token)]
  }

  /// The vectors of the first row's tokens, in order.
  var vectorsOfFirstRow: [ArraySlice<Float>] {
    batch == 0 ? [] : (0..<lengths[0]).map { self[row: 0, token: $0] }
  }
}

/// Accumulates in double precision, so that the error does not grow with the length of the text.
func dot(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>) -> Double {
  zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
}
